using System.Net;
using System.Text;
using KkmpBot.Members;
using KkmpBot.Office;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Office;

/// <summary>Every page and every button, tried by everybody: the golden table says who passes, and another cooperative's officer reaches nothing.</summary>
public sealed class AccessTests
{
    private static readonly HttpStatusCode[] Refused = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    [Fact]
    public async Task Only_the_allowed_pass()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var allowed = OfficeRoutes.All.ToDictionary(route => route, _ => new List<string>());
        foreach (var role in OfficeUnderTest.Roles)
        {
            var browser = await office.SignInAsync(role);
            // Those that sign out come last, each in a browser of its own.
            foreach (var route in OfficeRoutes.All.OrderBy(IsWayOut))
            {
                if (IsWayOut(route))
                    browser = await office.SignInAsync(role);
                using var answer = await TryAsync(browser, route, "0");
                Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
                if (!Refused.Contains(answer.StatusCode))
                    allowed[route].Add(role);
            }
        }
        var table = new StringBuilder();
        foreach (var (route, roles) in allowed)
            table.Append(route.Method).Append(' ').Append(route.Pattern).Append(": ").AppendJoin(' ', roles).Append('\n');
        Golden.Check("tests/golden/office-access.txt", table.ToString());
    }

    [Fact]
    public async Task Another_cooperatives_officer_reaches_nothing_by_guessing_ids()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var chair = await office.CallerAsync("officer");
        var ids = await office.ReadAsync(async db => new[]
        {
            await db.Set<Member>().Where(row => row.CooperativeId == chair.CooperativeId && row.Status == MemberStatus.Pending).Select(row => row.Id).FirstAsync(),
            await db.Set<Member>().Where(row => row.CooperativeId == chair.CooperativeId && row.Status == MemberStatus.Active).Select(row => row.Id).FirstAsync(),
            await db.Set<KkmpBot.Catalog.Product>().Where(row => row.CooperativeId == chair.CooperativeId).Select(row => row.Id).FirstAsync(),
        });
        var browser = await office.SignInAsync(OfficeUnderTest.OtherChair);
        using (var page = await browser.GetAsync("/office"))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var token = browser.Hidden("token");
        var before = await StateAsync(office, chair.CooperativeId!.Value);
        foreach (var route in OfficeRoutes.All.Where(route => route.Pattern.Contains("{id}", StringComparison.Ordinal)))
        {
            foreach (var id in ids)
            {
                using var answer = await TryAsync(browser, route, $"{id}", token);
                var page = await answer.Content.ReadAsStringAsync();
                Assert.DoesNotContain("Sri Wahyuni", page, StringComparison.Ordinal);
                Assert.DoesNotContain("Wawan Kurniawan", page, StringComparison.Ordinal);
            }
        }
        Assert.Equal(before, await StateAsync(office, chair.CooperativeId!.Value));
    }

    private static bool IsWayOut(OfficeRoute route) => route.Pattern.StartsWith("/office/keluar", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> TryAsync(OfficeBrowser browser, OfficeRoute route, string id, string? token = null)
    {
        var code = route.Pattern.StartsWith("/city", StringComparison.Ordinal) ? "33.74.14.1013" : "x";
        var path = route.Pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{code}", code, StringComparison.Ordinal).Replace("{book}", "trial.csv", StringComparison.Ordinal);
        if (route.Method == "GET")
            return await browser.GetAsync(path);
        if (token is null && browser.Cookies.ContainsKey(OfficeCall.SessionCookie))
        {
            using var any = await browser.GetAsync("/city");
            token = browser.Hidden("token");
        }
        return await browser.PostAsync(
            path, ("token", token ?? "none"), ("act", Guid.NewGuid().ToString("N")), ("reason", "coba"), ("question", "coba"), ("answer", "coba"),
            ("text", "coba"), ("do", "stop"), ("announcement", id), ("when", "now"), ("price", "1000"), ("quantity", "1"),
            ("payer", id), ("said", "10000"), ("kind", "wajib"), ("months", "1"), ("from", "2026-01"), ("amount", "10000"), ("code", "0001-ACDE"), ("sentence", "gula 1 kg"),
            ("tier", "non_member"), ("buyer", ""), ("total", "1"), ("paid", "cash"), ("day", "2026-01-05"), ("phone", "081200000099"),
            ("role", "chair"), ("seat", id), ("number", "0001"),
            ("material", "besi"), ("kilograms", "1"), ("money", "1000"), ("volunteer", "0001"), ("title", "coba"), ("place", "coba"), ("capacity", "1"));
    }

    // Everything that an act of another would have changed or left in the log.
    private static async Task<string> StateAsync(OfficeUnderTest office, int cooperativeId)
    {
        var counts = new List<long>();
        foreach (var sql in new[]
        {
            $"SELECT COUNT(*) FROM audit_log WHERE cooperative_id = {cooperativeId}", $"SELECT COUNT(*) FROM journal_entries WHERE cooperative_id = {cooperativeId}",
            $"SELECT COUNT(*) FROM members WHERE cooperative_id = {cooperativeId} AND status = 'pending'", "SELECT COUNT(*) FROM prices", "SELECT COUNT(*) FROM stock_movements",
            "SELECT COUNT(*) FROM outbox",
        })
            counts.Add(await office.CountAsync(sql));
        return string.Join(' ', counts);
    }
}
