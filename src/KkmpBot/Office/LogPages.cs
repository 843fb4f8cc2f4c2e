using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>A line of the audit log.</summary>
/// <param name="Number">In the cooperative's chain.</param>
/// <param name="AtUtc">When.</param>
/// <param name="Who">How they are called; the system for nobody.</param>
/// <param name="What">The act in words.</param>
/// <param name="Subject">What it concerned, without personal data.</param>
public sealed record LogLine(int Number, DateTime AtUtc, string Who, string What, string Subject);

/// <summary>A page of the log.</summary>
/// <param name="Lines">The youngest first.</param>
/// <param name="Before">The page goes on below this number; null at the end.</param>
public sealed record LogModel(IReadOnlyList<LogLine> Lines, int? Before);

/// <summary>Who did what and who looked at whom: paged by number.</summary>
internal static class LogPages
{
    private const int PageLength = 50;

    private static readonly Dictionary<string, string> Words = new()
    {
        ["members.pending"] = "Melihat daftar pendaftar",
        ["members.show_application"] = "Melihat pendaftaran",
        ["members.approve"] = "Menyetujui pendaftar",
        ["members.reject"] = "Menolak pendaftar",
        ["members.ask"] = "Bertanya kepada pendaftar",
        ["members.enrol"] = "Mendaftarkan warga di gerai",
        ["members.register"] = "Melihat daftar anggota",
        ["members.search"] = "Mencari anggota",
        ["members.card"] = "Melihat kartu anggota",
        ["savings.find_payer"] = "Mencari penyetor",
        ["savings.receive"] = "Menerima setoran",
        ["orders.find_to_hand_over"] = "Mencari pesanan dengan kode",
        ["orders.show_to_hand_over"] = "Melihat pesanan",
        ["orders.hand_over"] = "Menyerahkan pesanan",
        ["orders.list"] = "Melihat daftar pesanan",
        ["orders.vouch"] = "Menjamin pengambil tanpa kode",
        ["counter.sell"] = "Menjual di gerai",
        ["counter.quote"] = "Menghitung penjualan untuk anggota",
        ["prices.set"] = "Mengganti harga",
        ["catalog.receive"] = "Menambah stok",
        ["catalog.add"] = "Menambah barang",
        ["handover.waiting"] = "Melihat warga yang menunggu",
        ["handover.close"] = "Menjawab warga",
        ["handover.take"] = "Mulai bicara dengan warga",
        ["handover.release"] = "Menyerahkan warga kepada petugas lain",
        ["announcements.send"] = "Mengirim pengumuman",
        ["announcements.approve"] = "Menyetujui pengumuman",
        ["announcements.pause"] = "Menjeda pengumuman",
        ["announcements.resume"] = "Melanjutkan pengumuman",
        ["announcements.stop"] = "Menghentikan pengumuman",
        ["announcements.correct"] = "Meralat pengumuman",
        ["catalog.picture"] = "Memasang gambar barang",
        ["waste.quote"] = "Menghitung timbangan sampah",
        ["waste.weigh"] = "Mencatat timbangan sampah",
        ["waste.book_batch"] = "Mencatat nota petugas RW",
        ["waste.set_price"] = "Mengganti harga sampah",
        ["waste.sell"] = "Menjual sampah ke pengepul",
        ["waste.appoint"] = "Menunjuk petugas bank sampah",
        ["papers.print"] = "Mencetak buku",
        ["officers.add"] = "Memberi peran petugas",
        ["import"] = "Memasukkan buku lama",
        ["city.verified"] = "Verifikasi oleh kota",
        ["payments.confirm"] = "Mengesahkan pembayaran QRIS",
        ["payments.refund"] = "Mengembalikan uang",
    };

    /// <summary>Shows a page of it.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        int before = int.TryParse(call.Query("sebelum"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
        var rows = await (
            from entry in call.Db.Set<AuditEntry>().AsNoTracking()
            where entry.CooperativeId == call.CooperativeId && entry.Number < before
            join person in call.Db.Set<Person>() on entry.ByPersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby entry.Number descending
            select new { entry.Number, entry.AtUtc, entry.Act, entry.Subject, Nickname = person == null ? null : person.Nickname, entry.ByPersonId })
            .Take(PageLength + 1).ToListAsync(call.Gone);
        var lines = rows.Take(PageLength).Select(row => new LogLine(
            row.Number, row.AtUtc, row.Nickname is { } name ? call.Vault.Open(name) : row.ByPersonId == 0 ? "Sistem" : $"Petugas {row.ByPersonId}",
            Words.GetValueOrDefault(row.Act) ?? row.Act, row.Subject));
        await call.PageAsync<LogView, LogModel>("Catatan petugas", new LogModel([.. lines], rows.Count > PageLength ? rows[PageLength - 1].Number : null));
    }
}
