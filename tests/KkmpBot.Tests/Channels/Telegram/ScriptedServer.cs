using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>One answer of a scripted server; status 0 closes the connection instead, -1 never answers.</summary>
internal sealed record ScriptedAnswer(int Status, string Body = "", string ContentType = "application/json", string? RetryAfter = null);

/// <summary>A server on loopback that answers what it is told, in order, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ScriptedAnswer> answers;
    private readonly CancellationTokenSource stop = new();

    private ScriptedServer(IEnumerable<ScriptedAnswer> script)
    {
        answers = new ConcurrentQueue<ScriptedAnswer>(script);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapFallback(AnswerAsync);
    }

    public string BaseUrl => app.Urls.Single();

    public ConcurrentQueue<string> Bodies { get; } = new();

    public static async Task<ScriptedServer> StartAsync(params ScriptedAnswer[] script)
    {
        var server = new ScriptedServer(script);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await app.DisposeAsync();
        stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Bodies.Enqueue(await reader.ReadToEndAsync());
        if (!answers.TryDequeue(out var answer))
        {
            throw new InvalidOperationException("The script has no further answer.");
        }

        switch (answer.Status)
        {
            case 0:
                context.Abort();
                break;
            case -1:
                await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = answer.ContentType;
                context.Response.Headers.RetryAfter = answer.RetryAfter;
                await context.Response.WriteAsync(answer.Body);
                break;
        }
    }
}
