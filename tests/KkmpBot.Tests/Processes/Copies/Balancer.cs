using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Processes.Copies;

/// <summary>Hands every request to the next copy in turn, as a balancer does; to the one after it when that one is not there.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private int next;

    private Balancer(WebApplication app, string url)
    {
        this.app = app;
        Url = url;
    }

    public string Url { get; }

    /// <summary>Where the copies are; replaced as a whole.</summary>
    public IReadOnlyList<string> Copies { get; set; } = [];

    public static async Task<Balancer> StartAsync()
    {
        var url = $"http://127.0.0.1:{BotProcess.FreePort()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var served = builder.Build();
        var balancer = new Balancer(served, url);
        served.Run(balancer.ForwardAsync);
        await served.StartAsync();
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var copies = Copies;
        var first = Interlocked.Increment(ref next);
        for (var i = 0; i < copies.Count; i++)
        {
            if (await TryForwardAsync(context, copies[(first + i) % copies.Count], body.ToArray()) is { } status)
            {
                context.Response.StatusCode = (int)status;
                return;
            }
        }
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    // Null when nobody is there.
    private async Task<HttpStatusCode?> TryForwardAsync(HttpContext context, string copy, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{copy}{context.Request.Path}");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType ?? "application/json");
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)))
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        try
        {
            using var answer = await http.SendAsync(request, context.RequestAborted);
            return answer.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return null;
        }
    }
}
