using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>The city's figures as files that anybody may take: counts and sums by kelurahan, without personal data.</summary>
internal static class CityFiles
{
    private const string Headings =
        "tanggal_data,kode_wilayah,kecamatan,kelurahan,badan_hukum,gerai,terverifikasi,beroperasi,potensi_usaha,anggota,modal_rupiah,omzet_rupiah,"
        + "hari_stok,permintaan_barang,bantuan,pendampingan,pelatihan\n";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What each figure means, as it stands beside it.</summary>
    public static IReadOnlyDictionary<string, string> Definitions { get; } = new Dictionary<string, string>
    {
        ["cooperatives"] = "Koperasi Kelurahan Merah Putih yang dibentuk: satu di tiap kelurahan.",
        ["legalEntities"] = "Sudah berbadan hukum (akta notaris dan keputusan kementerian) pada tanggal data.",
        ["withOutlet"] = "Sudah mempunyai gerai pada tanggal data.",
        ["verified"] = "Sudah diverifikasi petugas kota: tindakan dengan tanggal dan nama petugas.",
        ["operating"] = "Ada penjualan atau layanan yang dibukukan dalam 30 hari sampai tanggal data. Setoran simpanan tidak dihitung.",
        ["members"] = "Anggota yang simpanan pokoknya lunas dan belum keluar pada tanggal data.",
        ["capitalRupiah"] = "Jumlah simpanan pokok dan wajib menurut buku kas koperasi sampai tanggal data. Simpanan sukarela tidak termasuk.",
        ["turnoverRupiah"] = "Penjualan kepada anggota dan umum sejak 1 Januari sampai tanggal data.",
        ["stapleBufferDays"] = "Stok bahan pokok yang paling tipis dibagi penjualan rata-rata sehari selama 30 hari.",
        ["replenishmentRequests"] = "Permintaan tambahan barang kepada distribusi kota sampai tanggal data.",
        ["assistance"] = "Bantuan yang dicatat sampai tanggal data.",
        ["mentoring"] = "Kunjungan pendamping yang dicatat sampai tanggal data.",
        ["trainings"] = "Pelatihan pengurus yang dicatat sampai tanggal data.",
        ["hidden"] = "Modal dan omzet koperasi dengan kurang dari 5 anggota tidak ditampilkan per kelurahan, supaya simpanan orang tidak terbaca.",
    };

    /// <summary>The day that the address asks for, or the one shown without asking; null when it cannot be read or has not come.</summary>
    public static async Task<DateOnly?> DayAsync(OfficeCall call)
    {
        if (call.Query("asOf") is { Length: > 0 } asked)
        {
            bool isDay = DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            return isDay && day <= call.Today && day.Year > 2000 ? day : null;
        }
        return await call.Db.Set<CityAsOf>().Select(row => (DateOnly?)row.Day).SingleOrDefaultAsync(call.Gone) ?? call.Today;
    }

    /// <summary><c>/city/figures.json</c>.</summary>
    public static async Task JsonAsync(OfficeCall call)
    {
        call.Http.Response.ContentType = "application/json; charset=utf-8";
        if (await DayAsync(call) is not { } day)
        {
            call.Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await call.Http.Response.WriteAsync("""{"error":"asOf ditulis seperti 2025-10-31, dan bukan hari yang belum tiba."}""", call.Gone);
            return;
        }
        var figures = await CityFigures.ReadAsync(call.Db, day, call.Gone);
        await call.Http.Response.WriteAsync(JsonSerializer.Serialize(Document(figures), Json), call.Gone);
    }

    /// <summary><c>/city/figures.csv</c>: a line a kelurahan, with the headings of the ministry's sheet where it has them.</summary>
    public static async Task CsvAsync(OfficeCall call)
    {
        if (await DayAsync(call) is not { } day)
        {
            call.Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var figures = await CityFigures.ReadAsync(call.Db, day, call.Gone);
        var text = new StringBuilder(Headings);
        foreach (var row in figures.Kelurahan)
        {
            text.AppendJoin(',',
                Written.Iso(day), row.Cooperative.Code, row.Cooperative.Kecamatan, row.Cooperative.Kelurahan,
                YesNo(row.Has(MilestoneKind.LegalEntity)), YesNo(row.Has(MilestoneKind.Outlet)), YesNo(row.Has(MilestoneKind.Verified)), YesNo(row.IsOperating),
                Cell(row.Business), Whole(row.Members), row.ShowsMoney ? Whole(row.CapitalRupiah) : "", row.ShowsMoney ? Whole(row.TurnoverRupiah) : "",
                row.BufferDays is { } days ? Whole(days) : "", Whole(row.Requests), Whole(row.Count(MilestoneKind.Assistance)),
                Whole(row.Count(MilestoneKind.Mentoring)), Whole(row.Count(MilestoneKind.Training))).Append('\n');
        }
        await call.FileAsync($"kkmp-semarang-{Written.Iso(day)}.csv", "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static object Document(CityFigures figures) => new
    {
        asOf = Written.Iso(figures.AsOf),
        cooperatives = figures.Kelurahan.Count,
        legalEntities = figures.With(MilestoneKind.LegalEntity),
        withOutlet = figures.With(MilestoneKind.Outlet),
        verified = figures.With(MilestoneKind.Verified),
        operating = figures.Operating,
        members = figures.Members,
        capitalRupiah = figures.CapitalRupiah,
        turnoverRupiah = figures.TurnoverRupiah,
        replenishmentRequests = figures.Kelurahan.Sum(row => row.Requests),
        assistance = figures.Kelurahan.Sum(row => row.Count(MilestoneKind.Assistance)),
        mentoring = figures.Kelurahan.Sum(row => row.Count(MilestoneKind.Mentoring)),
        trainings = figures.Kelurahan.Sum(row => row.Count(MilestoneKind.Training)),
        definitions = Definitions,
        kelurahan = figures.Kelurahan.Select(row => new
        {
            code = row.Cooperative.Code,
            kecamatan = row.Cooperative.Kecamatan,
            kelurahan = row.Cooperative.Kelurahan,
            legalEntity = row.Has(MilestoneKind.LegalEntity),
            outlet = row.Has(MilestoneKind.Outlet),
            verified = row.Has(MilestoneKind.Verified),
            operating = row.IsOperating,
            business = row.Business,
            members = row.Members,
            capitalRupiah = row.ShowsMoney ? row.CapitalRupiah : (long?)null,
            turnoverRupiah = row.ShowsMoney ? row.TurnoverRupiah : (long?)null,
            stapleBufferDays = row.BufferDays,
        }),
    };

    /// <summary>Yes or no in a file.</summary>
    internal static string YesNo(bool yes) => yes ? "ya" : "tidak";

    /// <summary>A bare number in a file.</summary>
    internal static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text in a file; empty for none.</summary>
    internal static string Cell(string? text) => text is null ? "" : $"\"{CsvCell.Harmless(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
