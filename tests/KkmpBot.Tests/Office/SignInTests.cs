using System.Net;
using KkmpBot.Office;

namespace KkmpBot.Tests.Office;

/// <summary>The way in: a link once, in one browser, for a short while; and forms that only our own pages can send.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_link_signs_in_once_and_a_preview_does_not_use_it_up()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var link = await office.LinkAsync("officer");
        var preview = office.Browser("TelegramBot (like TwitterBot)");
        using (var seen = await preview.GetAsync(link))
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);

        var browser = office.Browser();
        using (var entered = await browser.EnterAsync(link))
            Assert.Equal("/office", entered.Headers.Location!.OriginalString);
        using (var page = await browser.GetAsync("/office"))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        var second = office.Browser();
        using var again = await second.EnterAsync(link);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        using var outside = await second.GetAsync("/office");
        Assert.Equal(HttpStatusCode.Unauthorized, outside.StatusCode);
    }

    [Fact]
    public async Task A_link_is_good_for_five_minutes_and_a_guessed_one_never()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var late = await office.LinkAsync("officer");
        office.Time.Advance(OfficeLink.Life + TimeSpan.FromSeconds(1));
        foreach (var link in new[] { late, "/office/masuk/AAAAAAAAAAAAAAAAAAAAAA" })
        {
            using var entered = await office.Browser().EnterAsync(link);
            Assert.Equal(HttpStatusCode.Forbidden, entered.StatusCode);
        }
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_after_a_working_day()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        for (var passed = TimeSpan.Zero; passed <= OfficeSession.Longest; passed += TimeSpan.FromMinutes(25))
        {
            using var used = await browser.GetAsync("/office/pesanan");
            Assert.Equal(HttpStatusCode.OK, used.StatusCode);
            office.Time.Advance(TimeSpan.FromMinutes(25));
        }
        using (var over = await browser.GetAsync("/office/pesanan"))
            Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);

        var idle = await office.SignInAsync("officer");
        office.Time.Advance(OfficeSession.Idle + TimeSpan.FromMinutes(1));
        using var forgotten = await idle.GetAsync("/office");
        Assert.Equal(HttpStatusCode.Unauthorized, forgotten.StatusCode);
    }

    [Fact]
    public async Task A_planted_cookie_is_never_taken_over()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = office.Browser();
        browser.Plant(OfficeCall.SessionCookie, "chosen-by-somebody-else");
        using var entered = await browser.EnterAsync(await office.LinkAsync("officer"));
        Assert.NotEqual("chosen-by-somebody-else", browser.Cookies[OfficeCall.SessionCookie]);
        var other = office.Browser();
        other.Plant(OfficeCall.SessionCookie, "chosen-by-somebody-else");
        using var page = await other.GetAsync("/office");
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Fact]
    public async Task A_cookie_carried_to_another_browser_opens_nothing()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        var thief = office.Browser("Firefox 141");
        thief.Plant(OfficeCall.SessionCookie, browser.Cookies[OfficeCall.SessionCookie]);
        using var page = await thief.GetAsync("/office");
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_does_nothing()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        var other = await office.SignInAsync("treasurer");
        using (await other.GetAsync("/office"))
            Assert.NotEmpty(other.Hidden("token"));
        using (await browser.GetAsync("/office"))
            Assert.NotEmpty(browser.Hidden("token"));
        var (own, foreign) = (browser.Hidden("token"), other.Hidden("token"));

        foreach (var token in new[] { "", "x", foreign })
        {
            using var refused = await browser.PostAsync("/office/keluar-semua", ("token", token), ("act", "1"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        browser.Origin = "https://evil.example";
        using (var refused = await browser.PostAsync("/office/keluar-semua", ("token", own), ("act", "1")))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        browser.Origin = "http://localhost";
        using var left = await browser.PostAsync("/office/keluar-semua", ("token", own), ("act", "1"));
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_browser_and_every_link()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var (one, two) = (await office.SignInAsync("officer"), await office.SignInAsync("officer"));
        var unused = await office.LinkAsync("officer");
        using (await one.GetAsync("/office"))
        using (await one.PressAsync("/office/keluar-semua"))
            Assert.DoesNotContain(OfficeCall.SessionCookie, one.Cookies.Keys);
        using (var page = await two.GetAsync("/office"))
            Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        using var entered = await office.Browser().EnterAsync(unused);
        Assert.Equal(HttpStatusCode.Forbidden, entered.StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_frames_other_hosts_and_storing()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        using var page = await browser.GetAsync("/office");
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.DoesNotContain(" style=", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", browser.Page, StringComparison.OrdinalIgnoreCase);
    }
}
