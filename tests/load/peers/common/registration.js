// The same questions as dialogs/register.yaml, and answers read simply.
const fs = require("node:fs");
const path = require("node:path");

const wards = new Map();
const file = path.join(__dirname, "../../../../src/KkmpBot/Data/kelurahan-semarang.csv");
for (const line of fs.readFileSync(file, "utf8").split(/\r?\n/).slice(1)) {
  const [code, kecamatan, kelurahan] = line.split(",");
  if (kelurahan) wards.set(kelurahan.toLowerCase(), { code, kelurahan, kecamatan });
}

const masked = (nik) => nik.slice(0, 4) + "**********" + nik.slice(14);

module.exports = {
  readName: (text) => (/^[\p{L} .,'-]{2,60}$/u.test(text.trim()) ? text.trim() : undefined),
  readNik: (text) => {
    const digits = text.replace(/[ .-]/g, "");
    return /^\d{16}$/.test(digits) ? digits : undefined;
  },
  readKelurahan: (text) => wards.get(text.trim().toLowerCase().replace(/^kel(urahan)?\.? /, "")),
  readAddress: (text) => {
    const numbers = text.match(/\d+/g);
    return numbers?.length === 2 ? `RT ${numbers[0].padStart(3, "0")}/RW ${numbers[1].padStart(3, "0")}` : undefined;
  },
  readPhone: (text) => {
    const digits = text.replace(/[ +-]/g, "");
    return /^(0|62)8\d{8,11}$/.test(digits) ? digits : undefined;
  },
  texts: {
    welcome: `Selamat datang di Koperasi Kelurahan Merah Putih Kota Semarang.
Di sini Bapak/Ibu bisa mendaftar jadi anggota, melihat simpanan, dan memesan sembako.

Ada yang bisa saya bantu, Bapak/Ibu? Tekan salah satu, atau tulis saja keperluannya.`,
    consent: `Sebelum mulai, mohon dibaca sebentar.

Yang kami simpan: nama, NIK, RT/RW dan kelurahan, nomor HP, dan apakah Bapak/Ibu ASN.
Untuk apa: memeriksa syarat anggota, mengisi buku daftar anggota, dan mencatat simpanan (UU 25/1992).
Siapa yang melihat: hanya pengurus dan pengawas koperasi kelurahan Bapak/Ibu. Data disimpan terkunci.
Berapa lama: selama menjadi anggota. Buku anggota dan buku kas disimpan lebih lama karena diwajibkan undang-undang.
Hak Bapak/Ibu: melihat, membetulkan, menarik persetujuan, dan minta dihapus. Ketik petugas kapan saja.

Menjadi anggota itu sukarela. Setuju data disimpan untuk keperluan ini?`,
    refused: "Baik, tidak apa-apa. Tidak ada data Bapak/Ibu yang disimpan. Kalau berubah pikiran, ketik daftar.",
    yesOrNo: "Untuk ini saya perlu jawaban yang jelas: ya atau tidak.",
    name: "Siapa nama lengkap Bapak/Ibu, persis seperti di KTP?",
    noName: "Itu belum seperti nama orang. Tulis namanya saja dengan huruf, tanpa angka atau tanda lain.",
    nik: `Berapa NIK Bapak/Ibu? 16 angka, ada di bagian atas KTP.
Setelah saya jawab, pesan berisi NIK itu boleh Bapak/Ibu hapus supaya lebih aman. Saya tidak akan menampilkannya lengkap.`,
    noNik: "NIK ada 16 angka. Coba ditulis lagi, ya.",
    nikTaken: "NIK itu sudah tercatat di buku anggota koperasi, jadi belum bisa didaftarkan lagi.",
    kelurahan: (nik) => `NIK ${masked(nik)} sudah saya catat.\n\nKelurahan apa yang tertulis di KTP Bapak/Ibu? Tulis namanya, misalnya Jatisari.`,
    noKelurahan: "Maaf, saya tidak menemukan kelurahan itu di Kota Semarang.",
    confirmKelurahan: (k) => `Kelurahan ${k.kelurahan}, Kecamatan ${k.kecamatan}, Kota Semarang. Benar?`,
    address: "RT dan RW berapa di KTP? Misalnya RT 3 RW 5 ditulis 003/005.",
    noAddress: "Saya perlu dua angka: RT dulu, lalu RW.",
    phone: "Nomor HP yang bisa dihubungi pengurus? Tekan tombol untuk membagikan nomor ini, atau tulis nomornya.",
    noPhone: "Nomor HP itu belum bisa dibaca.",
    civilServant: `Apakah Bapak/Ibu ASN (PNS atau PPPK)?
Kami bertanya karena Surat Edaran B/4102/500.3.2/VII/2025 tanggal 24 Agustus 2025 meminta ASN Kota Semarang menjadi anggota. Keanggotaan tetap sukarela, dan jawaban ini tidak menentukan diterima atau tidaknya Bapak/Ibu.`,
    confirm: (a, k) => `Mohon diperiksa sekali lagi:
Nama: ${a.name}
NIK: ${masked(a.nik)}
Kelurahan: ${k.kelurahan}, Kecamatan ${k.kecamatan}
Alamat: ${a.address}
HP: ${a.phone}
ASN: ${a.civilServant ? "ya" : "tidak"}

Sudah benar semua?`,
    submitted: (name, k) => `Terima kasih, ${name}. Pendaftaran di KKMP ${k.kelurahan} sudah diterima dan menunggu persetujuan pengurus.
Setelah disetujui, Bapak/Ibu membayar simpanan pokok Rp100.000 satu kali, lalu simpanan wajib Rp10.000 setiap bulan.
Kabarnya saya kirim ke sini. Sambil menunggu, Bapak/Ibu sudah bisa melihat harga dan bertanya kepada petugas.`,
  },
};
