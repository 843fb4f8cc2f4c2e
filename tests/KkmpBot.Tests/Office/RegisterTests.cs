using System.Net;

namespace KkmpBot.Tests.Office;

/// <summary>The register of many members: pages by number that meet everybody once, and as few questions to the database as for a handful.</summary>
public sealed class RegisterTests
{
    private const int Members = 230;

    [Fact]
    public async Task Every_member_stands_on_one_page_and_a_page_asks_the_database_as_often_as_a_short_one()
    {
        using var counter = new CommandCounter();
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        var few = await counter.CountAsync(office, browser, "/office/anggota");
        await ManyMembers.AddAsync(office, Members);
        var many = await counter.CountAsync(office, browser, "/office/anggota");
        Assert.Equal(few, many);

        var seen = new List<string>();
        for (var path = "/office/anggota"; path is not null;)
        {
            using var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            var names = browser.Page.Split("<tr><td>").Skip(1).Select(row => row[..4]).ToList();
            Assert.InRange(names.Count, 1, 50);
            seen.AddRange(names);
            var next = browser.Page.IndexOf("/office/anggota?sesudah=", StringComparison.Ordinal);
            path = next < 0 ? null : browser.Page[next..browser.Page.IndexOf('"', next)];
        }
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(await office.CountAsync("SELECT COUNT(*) FROM members WHERE cooperative_id = 159 AND status = 'active'"), seen.Count);
    }

    [Theory]
    [InlineData("9042", "Anggota Nomor")]
    [InlineData("sri wah", "Sri Wahyuni")]
    [InlineData("0812 0000 0001", "Sri Wahyuni")]
    [InlineData("3374145506609905", "Sri Wahyuni")]
    public async Task A_search_finds_by_number_name_phone_and_nik(string search, string name)
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await ManyMembers.AddAsync(office, Members);
        var browser = await office.SignInAsync("supervisor");
        using var page = await browser.GetAsync($"/office/anggota?cari={Uri.EscapeDataString(search)}");
        Assert.Contains(name, browser.Page, StringComparison.Ordinal);
    }
}
