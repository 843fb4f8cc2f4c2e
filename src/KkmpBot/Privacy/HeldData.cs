using static KkmpBot.Privacy.HeldRows;

namespace KkmpBot.Privacy;

/// <summary>
/// The record of processing (UU 27/2022 art. 31) that the program itself works by: everything that is held about a person, kind by kind. What
/// <c>data saya</c> shows and what <c>hapus data saya</c> leaves follows from here, and a test refuses a table of people that is not listed.
/// </summary>
public static class HeldData
{
    private const string Register = "Buku daftar anggota wajib disimpan koperasi (UU 25/1992 pasal 30)";
    private const string BooksOfAccount = "Catatan keuangan wajib disimpan sepuluh tahun (UU 8/1997 pasal 11)";
    private const string Proof = "Bukti persetujuan wajib bisa ditunjukkan (UU 27/2022 pasal 24)";
    private const string Service = "Supaya percakapan dan layanan bisa berjalan";
    private const string OfOrder = "person_id = @person OR member_id IN (SELECT id FROM members WHERE person_id = @person)";

    /// <summary>Every kind, in the order in which it is shown and erased.</summary>
    public static IReadOnlyList<HeldRows> All { get; } =
    [
        new("members", "Keanggotaan", OfPerson, WhenErased.Blanked, Register)
        {
            Subject = "member",
            Columns =
            [
                new("full_name", "Nama", HeldForm.Sealed), new("nik", "NIK", HeldForm.SealedNumber), new("phone", "Nomor HP", HeldForm.Sealed),
                new("address", "Alamat", HeldForm.Sealed), new("is_civil_servant", "ASN", HeldForm.YesNo), new("nip", "NIP", HeldForm.SealedNumber),
                new("status", "Status"), new("number", "Nomor anggota"), new("applied_utc", "Mendaftar", HeldForm.Time),
                new("decided_utc", "Diputuskan", HeldForm.Time), new("reason", "Alasan pengurus", HeldForm.Sealed), new("active_utc", "Anggota sejak", HeldForm.Time),
            ],
            Blanks = new Dictionary<string, Blank>
            {
                ["full_name"] = Blank.Empty, ["nik"] = Blank.Empty, ["nik_index"] = Blank.Random, ["phone"] = Blank.Empty, ["address"] = Blank.Empty,
                ["nip"] = Blank.Null, ["nip_index"] = Blank.Null, ["reason"] = Blank.Null, ["is_civil_servant"] = Blank.No,
            },
        },
        new("consents", "Persetujuan", OfPerson, WhenErased.Kept, Proof)
        {
            Columns = [new("at_utc", "Waktu", HeldForm.Time), new("purpose", "Untuk"), new("text_version", "Naskah"), new("given", "Setuju", HeldForm.YesNo), new("channel", "Lewat")],
        },
        new("journal_lines", "Catatan simpanan dan belanja di buku kas", OfMember, WhenErased.Kept, BooksOfAccount)
        {
            From = "journal_lines JOIN journal_entries ON journal_entries.id = journal_lines.entry_id",
            Newest = "journal_lines.entry_id",
            Columns =
            [
                new("journal_entries.booked_on", "Tanggal", HeldForm.Day), new("journal_entries.kind", "Uraian"), new("journal_lines.account", "Akun"),
                new("journal_lines.debit_rupiah", "Debit", HeldForm.Rupiah), new("journal_lines.credit_rupiah", "Kredit", HeldForm.Rupiah),
            ],
        },
        new("deposit_claims", "Setoran yang dilaporkan", OfMember, WhenErased.Kept, BooksOfAccount)
        {
            Subject = "claim",
            Columns = [new("at_utc", "Waktu", HeldForm.Time), new("kind", "Jenis"), new("rupiah", "Jumlah", HeldForm.Rupiah), new("via", "Cara"), new("status", "Status")],
        },
        new("withdrawals", "Penarikan", OfMember, WhenErased.Kept, BooksOfAccount)
        {
            Columns = [new("at_utc", "Waktu", HeldForm.Time), new("kind", "Jenis"), new("rupiah", "Jumlah", HeldForm.Rupiah), new("status", "Status")],
        },
        new("departures", "Permintaan keluar", OfMember, WhenErased.Blanked, Register)
        {
            Columns = [new("at_utc", "Waktu", HeldForm.Time), new("reason", "Alasan"), new("heir", "Ahli waris", HeldForm.Sealed), new("status", "Status")],
            Blanks = new Dictionary<string, Blank> { ["heir"] = Blank.Null },
        },
        new("orders", "Pesanan dan belanja", OfOrder, WhenErased.Blanked, BooksOfAccount)
        {
            Subject = "order",
            // What they ordered for somebody of their household is that member's.
            ErasedWhere = OfMember,
            Columns = [new("placed_utc", "Waktu", HeldForm.Time), new("number", "Nomor"), new("status", "Status"), new("total_rupiah", "Jumlah", HeldForm.Rupiah), new("payment", "Bayar")],
            Blanks = new Dictionary<string, Blank> { ["nik_index"] = Blank.Null, ["code"] = Blank.Null },
        },
        new("order_lines", "Barang yang dipesan", OfOrder, WhenErased.Kept, BooksOfAccount)
        {
            From = "order_lines JOIN orders ON orders.id = order_lines.order_id JOIN products ON products.id = order_lines.product_id",
            Newest = "order_lines.id",
            Columns = [new("orders.number", "Pesanan"), new("products.name", "Barang"), new("order_lines.price_rupiah", "Harga", HeldForm.Rupiah)],
        },
        new("stock_waits", "Antrean barang", OfPerson, WhenErased.Removed, Service)
        {
            Columns = [new("asked_utc", "Waktu", HeldForm.Time), new("status", "Status")],
        },
        new("household_links", "Pesanan serumah", "person_id = @person OR member_id IN (SELECT id FROM members WHERE person_id = @person)", WhenErased.Removed, Service)
        {
            Columns = [new("asked_utc", "Waktu", HeldForm.Time), new("status", "Status")],
        },
        new("waste_deposits", "Setoran bank sampah", OfMember, WhenErased.Kept, BooksOfAccount)
        {
            Columns = [new("weighed_on", "Tanggal", HeldForm.Day), new("rupiah", "Nilai", HeldForm.Rupiah), new("undone_utc", "Dibatalkan", HeldForm.Time)],
        },
        new("waste_volunteers", "Relawan bank sampah", OfPerson, WhenErased.Removed, Service) { Newest = "person_id" },
        new("partners", "Usaha yang menitipkan barang", OfMember, WhenErased.Blanked, BooksOfAccount)
        {
            Columns = [new("name", "Nama usaha", HeldForm.Sealed)],
            Blanks = new Dictionary<string, Blank> { ["name"] = Blank.Empty },
        },
        new("announcement_recipients", "Pengumuman yang dikirim", OfPerson, WhenErased.Kept, Proof)
        {
            Newest = "announcement_id", Columns = [new("at_utc", "Waktu", HeldForm.Time), new("channel", "Lewat")],
        },
        new("training_seats", "Pelatihan", OfMember, WhenErased.Removed, Service)
        {
            Columns = [new("status", "Status"), new("attended_utc", "Hadir", HeldForm.Time)],
        },
        new("meeting_attendance", "Hadir di rapat anggota", OfMember, WhenErased.Kept, Register)
        {
            Newest = "meeting_id", Columns = [new("at_utc", "Waktu", HeldForm.Time)],
        },
        new("meeting_votes", "Suara di rapat anggota", OfMember, WhenErased.Kept, Register)
        {
            Newest = "meeting_id", Columns = [new("motion_number", "Usul"), new("choice", "Suara")],
        },
        new("complaints", "Keluhan", OfPerson, WhenErased.Removed, Service)
        {
            Subject = "complaint",
            Columns = [new("created_utc", "Waktu", HeldForm.Time), new("category", "Soal"), new("text", "Isi", HeldForm.Sealed), new("answer", "Jawaban", HeldForm.Sealed)],
        },
        new("handovers", "Pertanyaan kepada petugas", OfPerson, WhenErased.Removed, Service)
        {
            Subject = "handover",
            Columns = [new("asked_utc", "Waktu", HeldForm.Time), new("about", "Isi", HeldForm.Sealed), new("answer", "Jawaban", HeldForm.Sealed)],
        },
        new("data_requests", "Permintaan atas data", OfPerson, WhenErased.Blanked, Proof)
        {
            Subject = "data_request",
            Columns = [new("asked_utc", "Waktu", HeldForm.Time), new("field", "Bagian"), new("value", "Yang benar", HeldForm.Sealed), new("status", "Status")],
            Blanks = new Dictionary<string, Blank> { ["value"] = Blank.Null },
        },
        new("alerts", "Kabar harga yang diminta", OfPerson, WhenErased.Removed, Service)
        {
            Columns = [new("created_utc", "Waktu", HeldForm.Time), new("goods", "Barang"), new("kind", "Kabar"), new("rupiah", "Harga", HeldForm.Rupiah)],
        },
        new("alert_days", "Hari dikabari harga", OfPerson, WhenErased.Removed, Service) { Newest = "day", Columns = [new("day", "Hari", HeldForm.Day), new("goods", "Barang")] },
        new("announcement_recipients", "Pengumuman yang dikirim", OfPerson, WhenErased.Removed, Service)
        {
            Newest = "announcement_id", Columns = [new("at_utc", "Waktu", HeldForm.Time), new("channel", "Lewat")],
        },
        new("channel_addresses", "Alamat percakapan", OfPerson, WhenErased.Removed, Service)
        {
            Columns = [new("channel", "Lewat"), new("address", "Alamat", HeldForm.Sealed), new("last_seen_utc", "Terakhir menulis", HeldForm.Time), new("blocked", "Diblokir", HeldForm.YesNo)],
        },
        new("number_changes", "Kabar ganti nomor", OfPerson, WhenErased.Removed, Service)
        {
            Subject = "number_change",
            Columns = [new("at_utc", "Waktu", HeldForm.Time), new("new_phone", "Nomor baru", HeldForm.Sealed), new("status", "Status")],
        },
        new("conversations", "Yang sedang diisi", "id = @person", WhenErased.Removed, Service) { Columns = [new("updated_utc", "Waktu", HeldForm.Time), new("state", "Isi", HeldForm.Conversation)] },
        new("outbox", "Pesan dari kami yang masih tersimpan", "conversation_id = @person", WhenErased.Removed, Service)
        {
            Columns = [new("created_utc", "Waktu", HeldForm.Time), new("channel", "Lewat"), new("payload", "Isi", HeldForm.Message)],
        },
        new("hand_over_choices", "Cara pesan disampaikan", OfPerson, WhenErased.Kept, BooksOfAccount)
        {
            Newest = "outbox_id", Columns = [new("at_utc", "Waktu", HeldForm.Time), new("choice", "Cara")],
        },
        new("timers", "Pengingat yang dijadwalkan", OfPerson, WhenErased.Removed, Service) { Columns = [new("due_utc", "Waktu", HeldForm.Time)] },
        new("invitations", "Ajakan kepada tetangga", OfPerson, WhenErased.Removed, Service) { Columns = [new("created_utc", "Waktu", HeldForm.Time), new("code", "Kode")] },
        new("invitation_uses", "Datang lewat ajakan", OfPerson, WhenErased.Removed, Service) { Columns = [new("at_utc", "Waktu", HeldForm.Time)] },
        new("link_codes", "Kode sambung", OfPerson, WhenErased.Removed, Service) { Columns = [new("created_utc", "Waktu", HeldForm.Time)] },
        new("link_tries", "Kode sambung yang keliru", OfPerson, WhenErased.Removed, Service) { Columns = [new("at_utc", "Waktu", HeldForm.Time)] },
        new("nik_links", "Tautan untuk menulis NIK", OfPerson, WhenErased.Removed, Service) { Columns = [new("created_utc", "Waktu", HeldForm.Time)] },
        new("office_links", "Tautan masuk halaman petugas", OfPerson, WhenErased.Removed, Service) { Columns = [new("created_utc", "Waktu", HeldForm.Time)] },
        new("sent_pictures", "Foto yang dikirim sebagai petugas", OfPerson, WhenErased.Removed, Service) { Columns = [new("sent_utc", "Waktu", HeldForm.Time)] },
        new("office_sessions", "Sesi halaman petugas", OfPerson, WhenErased.Removed, Service) { Columns = [new("created_utc", "Waktu", HeldForm.Time)] },
        new("officers", "Jabatan", OfPerson, WhenErased.Kept, Register) { Columns = [new("role", "Jabatan")] },
        new("city_officers", "Jabatan di kota", OfPerson, WhenErased.Kept, Register) { Newest = "person_id", Columns = [new("role", "Jabatan")] },
        new("officer_acts", "Tindakan sebagai petugas", OfPerson, WhenErased.Kept, Register) { Columns = [new("at_utc", "Waktu", HeldForm.Time), new("kind", "Tindakan")] },
        new("people", "Panggilan dan nomor HP", "id = @person", WhenErased.Blanked, Service)
        {
            Columns = [new("nickname", "Panggilan", HeldForm.Sealed), new("phone", "Nomor HP", HeldForm.Sealed), new("created_utc", "Pertama menulis", HeldForm.Time)],
            Blanks = new Dictionary<string, Blank> { ["nickname"] = Blank.Null, ["phone"] = Blank.Null, ["phone_index"] = Blank.Null },
        },
    ];
}
