using System.Globalization;
using System.Text;
using KkmpBot.Data;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>
/// <c>/city/simkopdes.csv</c>: a line a cooperative with what the ministry's Simkopdes dashboard counts, to be typed in or handed over there. The
/// ministry has published no form of a file: which columns stand for a figure of the dashboard and which are our own guess says <see cref="Columns"/>.
/// </summary>
internal static class SimkopdesFile
{
    /// <summary>The columns in order: heading, meaning, and whether the figure itself is one that the dashboard shows.</summary>
    public static IReadOnlyList<(string Heading, string Meaning, bool IsOfDashboard)> Columns { get; } =
    [
        ("tanggal_data", "Tanggal keadaan.", false),
        ("kode_wilayah", "Kode kelurahan menurut Kemendagri.", false),
        ("provinsi", "Selalu Jawa Tengah.", false),
        ("kabupaten_kota", "Selalu Kota Semarang.", false),
        ("kecamatan", "Kecamatan.", false),
        ("nama_koperasi", "Nama koperasi; di dasbor dihitung sebagai satu koperasi.", true),
        ("badan_hukum", "ya kalau sudah berbadan hukum.", false),
        ("gerai_aktif", "ya kalau gerai sudah ada dan ada penjualan dalam 30 hari; batas aktif dasbor tidak diumumkan.", true),
        ("jenis_gerai", "Potensi usaha yang dicatat kota; daftar jenis gerai dasbor mungkin lain.", true),
        ("jumlah_anggota", "Anggota yang simpanan pokoknya lunas dan belum keluar.", true),
        ("anggota_bayar_pokok", "Anggota dengan simpanan pokok yang dibukukan.", true),
        ("anggota_bayar_wajib", "Anggota dengan simpanan wajib yang dibukukan.", true),
        ("simpanan_pokok_rupiah", "Jumlah simpanan pokok.", true),
        ("simpanan_wajib_rupiah", "Jumlah simpanan wajib.", true),
        ("omzet_tahun_ini_rupiah", "Penjualan sejak 1 Januari.", false),
        ("permintaan_kemitraan", "Permintaan barang kepada distribusi kota; dasbor menghitung permintaan kepada mitra nasional.", true),
    ];

    /// <summary>Gives the file.</summary>
    public static async Task GiveAsync(OfficeCall call)
    {
        if (await CityFiles.DayAsync(call) is not { } day)
        {
            call.Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var figures = await CityFigures.ReadAsync(call.Db, day, call.Gone);
        var savings = await SavingsAsync(call.Db, day, call.Gone);
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(column => column.Heading)).Append('\n');
        foreach (var row in figures.Kelurahan)
            text.AppendJoin(',', Cells(row, day, savings)).Append('\n');
        await call.FileAsync($"simkopdes-semarang-{Written.Iso(day)}.csv", "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static IEnumerable<string> Cells(KelurahanFigures row, DateOnly day, IReadOnlyDictionary<(int, string), (int Members, long Rupiah)> savings)
    {
        var pokok = savings.GetValueOrDefault((row.Cooperative.Id, Account.Pokok.Code));
        var wajib = savings.GetValueOrDefault((row.Cooperative.Id, Account.Wajib.Code));
        return
        [
            Written.Iso(day), row.Cooperative.Code, "Jawa Tengah", "Kota Semarang", CityFiles.Cell(row.Cooperative.Kecamatan), CityFiles.Cell(row.Cooperative.Name),
            CityFiles.YesNo(row.Has(MilestoneKind.LegalEntity)), CityFiles.YesNo(row.Has(MilestoneKind.Outlet) && row.IsOperating), CityFiles.Cell(row.Business),
            CityFiles.Whole(row.Members), Shown(row, pokok.Members), Shown(row, wajib.Members), Shown(row, pokok.Rupiah), Shown(row, wajib.Rupiah),
            Shown(row, row.TurnoverRupiah), CityFiles.Whole(row.Requests),
        ];
    }

    private static string Shown(KelurahanFigures row, long figure) => row.ShowsMoney ? CityFiles.Whole(figure) : "";

    private static async Task<IReadOnlyDictionary<(int, string), (int Members, long Rupiah)>> SavingsAsync(KkmpDbContext db, DateOnly day, CancellationToken ct)
    {
        string[] accounts = [Account.Pokok.Code, Account.Wajib.Code];
        var sums = await db.Set<JournalEntry>().Where(entry => entry.BookedOn <= day && entry.Kind != Books.YearClosed)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (_, line) => line)
            .Where(line => accounts.Contains(line.Account))
            .GroupBy(line => new { line.CooperativeId, line.Account })
            .Select(same => new
            {
                same.Key,
                Members = same.Where(line => line.MemberId != null && line.CreditRupiah > 0).Select(line => line.MemberId).Distinct().Count(),
                Rupiah = same.Sum(line => line.CreditRupiah - line.DebitRupiah),
            })
            .ToListAsync(ct);
        return sums.ToDictionary(sum => (sum.Key.CooperativeId, sum.Key.Account), sum => (sum.Members, sum.Rupiah));
    }
}
