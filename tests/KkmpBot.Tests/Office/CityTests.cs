using System.Net;
using System.Text.Json;
using KkmpBot.Ledger;
using KkmpBot.Office.City;

namespace KkmpBot.Tests.Office;

/// <summary>The city's figures: the published ones from booked entries, the same code for every day, and nobody's balance.</summary>
public sealed class CityTests
{
    [Fact]
    public async Task The_demo_reproduces_what_was_published_and_its_books_prove_themselves()
    {
        await using var office = await OfficeUnderTest.StartAsync(withCity: true);
        var entries = await office.CountAsync("SELECT COUNT(*) FROM journal_entries");
        await CityHistory.LoadAsync(office.Database, office.Vault, office.Time.UtcNow, CancellationToken.None);
        Assert.Equal(entries, await office.CountAsync("SELECT COUNT(*) FROM journal_entries"));

        var october = await FiguresAsync(office, "?asOf=2025-10-31");
        Assert.Equal(
            ("2025-10-31", 177, 38, 4566, 448_000_000L),
            (Text(october, "asOf"), Whole(october, "cooperatives"), Whole(october, "operating"), Whole(october, "members"), (long)Whole(october, "capitalRupiah")));
        Assert.Equal(7, Whole(await FiguresAsync(office, "?asOf=2025-08-31"), "verified"));
        Assert.Equal(0, Whole(await FiguresAsync(office, "?asOf=2025-07-31"), "verified"));
        Assert.Equal("2025-10-31", Text(await FiguresAsync(office, ""), "asOf"));

        var rates = await office.CountAsync("SELECT COUNT(DISTINCT rupiah) FROM savings_rates WHERE kind = 'pokok'");
        Assert.InRange(rates, 2, 10);
        var report = await LedgerVerifier.VerifyAsync(office.Database, CancellationToken.None);
        Assert.Empty(report.Faults);
        Assert.Equal(0, await office.CountAsync(
            "SELECT COUNT(*) FROM stock_levels WHERE on_hand_milli <> (SELECT SUM(quantity_milli) FROM stock_movements WHERE stock_movements.product_id = stock_levels.product_id)"));
        Assert.Equal(0, await office.CountAsync("""
            SELECT COUNT(*) FROM members WHERE status = 'active' AND cooperative_id <> 159 AND NOT EXISTS
                (SELECT 1 FROM journal_lines WHERE journal_lines.member_id = members.id AND account = '3101')
            """));
    }

    [Fact]
    public async Task Growth_ends_with_the_figures_of_the_day()
    {
        await using var office = await OfficeUnderTest.StartAsync(withCity: true);
        var growth = await office.ReadAsync(db => CityGrowth.ReadAsync(db, CityHistory.AsOf, CancellationToken.None));
        Assert.Equal(new MonthEnd(CityHistory.AsOf, CityHistory.Members, CityHistory.CapitalRupiah, CityHistory.Operating), growth[^1]);
        foreach (var end in growth)
        {
            var figures = await office.ReadAsync(db => CityFigures.ReadAsync(db, end.Day, CancellationToken.None));
            Assert.Equal((figures.Members, figures.CapitalRupiah, figures.Operating), (end.Members, end.CapitalRupiah, end.Operating));
        }
        Assert.Equal(growth.OrderBy(end => end.Operating), growth);
    }

    [Fact]
    public async Task Money_of_a_handful_of_members_is_not_shown()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = office.Browser();
        // Jatisari had two members at the end of September 2025.
        foreach (var path in new[] { "/city/figures.json?asOf=2025-09-30", "/city/figures.csv?asOf=2025-09-30", "/city/kelurahan/33.74.14.1013?asOf=2025-09-30", "/city?asOf=2025-09-30" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var jatisari = (await FiguresAsync(office, "?asOf=2025-09-30")).GetProperty("kelurahan").EnumerateArray().Single(row => Text(row, "code") == "33.74.14.1013");
        Assert.Equal(2, Whole(jatisari, "members"));
        Assert.Equal(JsonValueKind.Null, jatisari.GetProperty("capitalRupiah").ValueKind);
    }

    [Theory]
    [InlineData("?asOf=2025-13-01")]
    [InlineData("?asOf=besok")]
    [InlineData("?asOf=2031-01-01")]
    public async Task A_day_that_is_none_or_has_not_come_is_refused(string query)
    {
        await using var office = await OfficeUnderTest.StartAsync();
        using var answer = await office.Browser().GetAsync($"/city/figures.json{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_city_verifies_a_cooperative_with_date_and_name()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var city = await office.SignInAsync("city");
        using (await city.GetAsync("/city/kelurahan/33.74.14.1013"))
        using (var recorded = await city.PressAsync("/city/kelurahan/33.74.14.1013", ("kind", "verified"), ("day", "2026-11-20"), ("note", "Kunjungan lapangan")))
            Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);
        using (await city.GetAsync("/city/kelurahan/33.74.14.1013"))
            Assert.Contains("dicatat Bu Ratna", city.Page, StringComparison.Ordinal);
        Assert.Equal(1, Whole(await FiguresAsync(office, ""), "verified"));
        Assert.Equal(0, Whole(await FiguresAsync(office, "?asOf=2026-11-19"), "verified"));
        var open = office.Browser();
        using var page = await open.GetAsync("/city/kelurahan/33.74.14.1013");
        Assert.DoesNotContain("Bu Ratna", open.Page, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FiguresAsync(OfficeUnderTest office, string query)
    {
        var browser = office.Browser();
        using var answer = await browser.GetAsync($"/city/figures.json{query}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(browser.Page).RootElement;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Whole(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
