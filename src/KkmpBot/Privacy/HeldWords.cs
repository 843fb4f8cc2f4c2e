using KkmpBot.Dialogs.Texts;
using KkmpBot.Ledger;

namespace KkmpBot.Privacy;

/// <summary>Codes of the program in the words of the person who reads them.</summary>
internal static class HeldWords
{
    private const int NikLength = 16;
    private const int NipLength = 18;

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["pending"] = "menunggu keputusan",
        ["approved"] = "disetujui",
        ["active"] = "anggota",
        ["rejected"] = "ditolak",
        ["left"] = "sudah keluar",
        ["membership"] = "menjadi anggota",
        ["household_orders"] = "dipesankan orang serumah",
        ["lexicon"] = "kata yang belum dikenal",
        ["announcements"] = "pengumuman koperasi",
        ["alerts"] = "kabar harga",
        ["restriction"] = "pembatasan penggunaan data",
        ["waiting"] = "menunggu",
        ["confirmed"] = "diterima",
        ["refused"] = "ditolak",
        ["paid"] = "dibayar",
        ["settled"] = "selesai",
        ["withdrawn"] = "ditarik",
        ["draft"] = "keranjang",
        ["placed"] = "dipesan",
        ["handed_over"] = "sudah diambil",
        ["cancelled"] = "dibatalkan",
        ["expired"] = "lewat waktu",
        ["cash"] = "tunai",
        ["sukarela"] = "simpanan sukarela",
        ["qris"] = "QRIS",
        ["pokok"] = "simpanan pokok",
        ["wajib"] = "simpanan wajib",
        ["asked"] = "diminta",
        ["given"] = "diizinkan",
        ["offered"] = "ditawarkan",
        ["taken"] = "diambil",
        ["lapsed"] = "lewat waktu",
        ["open"] = "terbuka",
        ["accepted"] = "diterima",
        ["done"] = "selesai",
        ["moved"] = "pindah",
        ["asked_to_leave"] = "permintaan sendiri",
        ["name"] = "nama",
        ["phone"] = "nomor HP",
        ["address"] = "RT dan RW",
        ["other"] = "lainnya",
        ["nik"] = "NIK",
        ["restrict"] = "pembekuan",
        ["web"] = "obrolan web",
        ["telegram"] = "Telegram",
        ["whatsapp"] = "WhatsApp",
        ["console"] = "terminal",
        ["chair"] = "ketua",
        ["treasurer"] = "bendahara",
        ["warehouse"] = "petugas gudang",
        ["supervisor"] = "pengawas",
        ["template"] = "pesan berbayar",
        ["other_channel"] = "lewat percakapan lain",
        ["held"] = "disimpan sampai menulis lagi",
    };

    /// <summary>A code in words; what is none stays as it is.</summary>
    public static string Of(string code) =>
        Words.TryGetValue(code, out var word) ? word : Account.Chart.TryGetValue(code, out var account) ? account.Name : EntryWords.Of(code);

    /// <summary>What a dialog remembers, with a NIK or NIP masked.</summary>
    public static string Shown(string text) => text.Length is NikLength or NipLength && text.All(char.IsAsciiDigit) ? Masks.Nik(text) : text;
}
