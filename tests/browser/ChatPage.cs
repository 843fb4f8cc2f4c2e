using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>Our page in a browser, as a person uses it: says something, waits for the answer; and what the browser complained of.</summary>
public sealed class ChatPage : IAsyncDisposable
{
    private const string Bubbles = ".said.bot .words";

    // Notes when, after the address was opened, the greeting stood there and one could write.
    private const string NoteGreeting = $$"""
        new MutationObserver((_, watch) => {
          if (!document.querySelector('{{Bubbles}}') || document.querySelector('#text').disabled) return;
          window.usableAfter = performance.now();
          watch.disconnect();
        }).observe(document, { childList: true, subtree: true, attributes: true });
        """;
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> foreign = new();
    private int heard;

    private ChatPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and requests to any host but the service's own.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints, .. foreign];

    /// <summary>Bytes that came over the line so far, for the page itself.</summary>
    public long Weight { get; private set; }

    /// <summary>From opening the address until the greeting stood there and one could write.</summary>
    public TimeSpan UsableAfter { get; private set; }

    /// <summary>Opens it and waits for the greeting.</summary>
    public static async Task<ChatPage> OpenAsync(Chromium chromium, Screen screen, string url)
    {
        var opened = await chromium.OpenAsync(screen);
        var page = await opened.NewPageAsync();
        var chat = new ChatPage(opened, page);
        var host = new Uri(url).Authority;
        page.PageError += (_, error) => chat.complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Authority != host)
                chat.foreign.Enqueue($"asked {uri.Authority}");
        };
        var files = new ConcurrentBag<IResponse>();
        page.Response += (_, response) =>
        {
            if (!response.Url.Contains("/v3/", StringComparison.Ordinal))
                files.Add(response);
        };
        await page.AddInitScriptAsync(NoteGreeting);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await chat.HearAsync(1);
        chat.UsableAfter = TimeSpan.FromMilliseconds(await page.EvaluateAsync<double>("() => window.usableAfter"));
        foreach (var file in files)
            chat.Weight += (await file.BodyAsync()).Length;
        return chat;
    }

    /// <summary>Types a line, sends it with the Enter key and waits until the bot has answered.</summary>
    /// <returns>What the bot said.</returns>
    public async Task<string> SayAsync(string text)
    {
        await Page.FillAsync("#text", text);
        await Page.Keyboard.PressAsync("Enter");
        return await HearAsync(1);
    }

    /// <summary>Presses the choice with this label, and waits for the answer.</summary>
    public async Task<string> PressAsync(string label)
    {
        await Page.Locator(".choice:not([disabled])").Filter(new() { HasText = label }).First.ClickAsync();
        return await HearAsync(1);
    }

    /// <summary>Waits for so many more messages of the bot.</summary>
    /// <returns>The last one.</returns>
    public async Task<string> HearAsync(int messages)
    {
        heard += messages;
        await Page.WaitForFunctionAsync($"n => document.querySelectorAll('{Bubbles}').length >= n", heard, new() { Timeout = 30_000 });
        return await Page.Locator(Bubbles).Nth(heard - 1).InnerTextAsync();
    }

    /// <summary>Everything that stands in the log, oldest first.</summary>
    public Task<IReadOnlyList<string>> LogAsync() => Page.Locator(".said .words").AllInnerTextsAsync();

    /// <summary>Turns the network off or on.</summary>
    public Task SetOfflineAsync(bool offline) => context.SetOfflineAsync(offline);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
