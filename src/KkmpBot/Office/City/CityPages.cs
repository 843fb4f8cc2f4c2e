using KkmpBot.Office.Pages;

namespace KkmpBot.Office.City;

/// <summary>What <c>/city</c> shows.</summary>
/// <param name="Figures">As of the day.</param>
/// <param name="Growth">How it came to that.</param>
/// <param name="Kecamatan">The one that the table is narrowed to; empty for all.</param>
/// <param name="Status">The status that it is narrowed to; empty for all.</param>
/// <param name="IsDemo">True where the figures are invented.</param>
/// <param name="Today">The last day that can be asked for.</param>
/// <param name="ShowsAll">True when the whole table was asked for.</param>
public sealed record CityModel(CityFigures Figures, IReadOnlyList<MonthEnd> Growth, string Kecamatan, string Status, bool IsDemo, DateOnly Today, bool ShowsAll)
{
    private const int FirstLines = 20;

    /// <summary>The statuses that the table can be narrowed to.</summary>
    public static IReadOnlyList<(string Key, string Label)> Statuses { get; } =
    [
        ("operating", "Beroperasi"), ("outlet", "Punya gerai"), ("verified", "Terverifikasi"), ("legal_entity", "Berbadan hukum"),
        ("quiet", "Punya gerai, belum berjualan"),
    ];

    /// <summary>The kecamatan by name, with their cooperatives.</summary>
    public IEnumerable<IGrouping<string, KelurahanFigures>> ByKecamatan =>
        Figures.Kelurahan.GroupBy(row => row.Cooperative.Kecamatan).OrderBy(group => group.Key, StringComparer.Ordinal);

    /// <summary>The lines of the table.</summary>
    public IEnumerable<KelurahanFigures> Shown => Figures.Kelurahan
        .Where(row => Kecamatan.Length == 0 || row.Cooperative.Kecamatan == Kecamatan)
        .Where(row => Status switch
        {
            "" => true,
            "operating" => row.IsOperating,
            "quiet" => row.Has(MilestoneKind.Outlet) && !row.IsOperating,
            _ => row.Has(Status),
        })
        .OrderByDescending(row => row.IsOperating).ThenByDescending(row => row.Members);

    /// <summary>The lines that stand on the page: on a phone 177 of them are a long way down.</summary>
    public IEnumerable<KelurahanFigures> Listed => Shown.Take(IsCut ? FirstLines : int.MaxValue);

    /// <summary>The lines that are left out.</summary>
    public int Left => IsCut ? Math.Max(0, Shown.Count() - FirstLines) : 0;

    private bool IsCut => !ShowsAll && Kecamatan.Length == 0 && Status.Length == 0;
}

/// <summary>The city's page: anybody may read it, since it holds counts and sums only.</summary>
internal static class CityPages
{
    /// <summary>Shows the figures of a day.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        if (await CityFiles.DayAsync(call) is not { } day)
        {
            call.GoTo("/city", "salah");
            return;
        }
        var figures = await CityFigures.ReadAsync(call.Db, day, call.Gone);
        var growth = await CityGrowth.ReadAsync(call.Db, day, call.Gone);
        string kecamatan = figures.Kelurahan.Select(row => row.Cooperative.Kecamatan).FirstOrDefault(name => name == call.Query("kecamatan")) ?? "";
        string status = CityModel.Statuses.Select(row => row.Key).FirstOrDefault(key => key == call.Query("status")) ?? "";
        var model = new CityModel(figures, growth, kecamatan, status, await CityHistory.IsPresentAsync(call.Db, call.Gone), call.Today, call.Query("semua") == "ya");
        await call.PageAsync<CityView, CityModel>("Koperasi Kota Semarang", model);
    }
}
