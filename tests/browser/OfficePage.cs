using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using KkmpBot.Tests.Processes;
using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>A browser of somebody who asked for the link in the chat and opened it; and what the browser complained of.</summary>
public sealed partial class OfficePage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private OfficePage(IBrowserContext context, IPage page, Screen screen)
    {
        this.context = context;
        Page = page;
        Screen = screen;
    }

    public IPage Page { get; }

    public Screen Screen { get; }

    /// <summary>Errors of scripts, and requests to any host but the service's own.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <summary>Asks for the link in the chat, opens it, and is let in.</summary>
    public static async Task<OfficePage> OpenAsync(Chromium chromium, Screen screen, BotProcess bot, string phone)
    {
        var (_, said, errors) = await BotProcess.RunAsync(bot.Folder, ["chat", "--as", phone], "kantor\n", new() { ["ASPNETCORE_URLS"] = bot.Url });
        var link = LinkPattern().Match(said);
        Assert.True(link.Success, said + errors);
        var opened = await chromium.OpenAsync(screen);
        var page = await opened.NewPageAsync();
        var office = new OfficePage(opened, page, screen);
        var host = new Uri(bot.Url).Authority;
        page.PageError += (_, error) => office.complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } uri && uri.Authority != host)
                office.complaints.Enqueue($"asked {uri.Authority}");
        };
        await page.GotoAsync(link.Value);
        await page.WaitForURLAsync(new Regex("/(?:office|city)$", RegexOptions.NonBacktracking));
        return office;
    }

    /// <summary>Goes to a place of the navigation.</summary>
    public Task GoAsync(string place) => LeaveAsync(Page.Locator("nav.ways").GetByRole(AriaRole.Link, new() { Name = place, Exact = true }));

    /// <summary>Presses what leads to another page, and waits for that page, even when it has the same title.</summary>
    public async Task LeaveAsync(ILocator way)
    {
        await Page.EvaluateAsync("() => { window.isOld = true; }");
        await way.ClickAsync();
        await Page.WaitForFunctionAsync("() => !window.isOld && document.readyState === 'complete'", null, new() { Timeout = 30_000 });
    }

    /// <summary>Presses a button and waits for the page that comes.</summary>
    public Task PressAsync(string button) => LeaveAsync(Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last);

    /// <summary>The page has this title, nothing serious against it, no wider than the screen; and a picture of it is kept.</summary>
    public async Task LookAsync(string title, string name)
    {
        await Page.Locator("h1", new() { HasText = title }).WaitForAsync();
        var folder = Tests.Repository.Folder(Path.Combine("artifacts", "screens"));
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{Screen.Name}.png"), FullPage = true });
        Assert.Empty(await Accessibility.FindSeriousAsync(Page));
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the {Screen.Name}.");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    [GeneratedRegex("http://[^ \n]+/office/masuk/[^ \n]+", RegexOptions.NonBacktracking)]
    private static partial Regex LinkPattern();
}
