using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>Where the bot wants its updates posted.</summary>
internal sealed record WebhookAddress(string Url, string? Secret, int MaxConnections);

/// <summary>
/// Posts updates as the real server does: one a request, the queues side by side, each queue in order; anything but a 2xx is tried
/// again at once, then after 2, 4, 8 … seconds, or when Retry-After says.
/// </summary>
internal sealed class WebhookDelivery : IAsyncDisposable
{
    private const int LongestDelaySeconds = 60;
    private const int LongestRetryAfterSeconds = 3600;

    private readonly Lock gate = new();
    private readonly UpdateQueue updates;
    private readonly WebhookAddress address;
    private readonly TimeSpan second;
    private readonly Action<int> attempted;
    private readonly Action<string> violated;
    private readonly Dictionary<string, Task> running = [];
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim connections;
    private readonly HttpClient http;

    /// <summary>Begins to post what is pending.</summary>
    /// <param name="second">How long a second of the retries takes; shorter in tests.</param>
    public WebhookDelivery(UpdateQueue updates, WebhookAddress address, TimeSpan second, Action<int> attempted, Action<string> violated)
    {
        this.updates = updates;
        this.address = address;
        this.second = second;
        this.attempted = attempted;
        this.violated = violated;
        connections = new SemaphoreSlim(address.MaxConnections);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
        updates.Added = Pump;
        Pump();
    }

    public WebhookAddress Address => address;

    public async ValueTask DisposeAsync()
    {
        updates.Added = null;
        await stop.CancelAsync();
        Task[] open;
        lock (gate)
        {
            open = [.. running.Values];
        }

        await Task.WhenAll(open);
        http.Dispose();
        stop.Dispose();
        connections.Dispose();
    }

    private void Pump()
    {
        foreach (var queue in updates.Queues())
        {
            lock (gate)
            {
                if (!stop.IsCancellationRequested && !running.ContainsKey(queue))
                {
                    running[queue] = Task.Run(() => DrainAsync(queue));
                }
            }
        }
    }

    private async Task DrainAsync(string queue)
    {
        try
        {
            while (Next(queue) is { } update)
            {
                await DeliverAsync(update);
                updates.Confirm(update);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another way of delivery was chosen; the rest stays in the queue.
        }
    }

    /// <summary>The next of the queue; the check and the end of the drain are one step, so that nothing added in between is left.</summary>
    private PendingUpdate? Next(string queue)
    {
        lock (gate)
        {
            var next = updates.First(queue);
            if (next is null)
            {
                running.Remove(queue);
            }

            return next;
        }
    }

    private async Task DeliverAsync(PendingUpdate update)
    {
        var failures = 0;
        while (true)
        {
            var (isTaken, retryAfter) = await PostAsync(update);
            if (isTaken)
            {
                return;
            }

            failures++;
            var seconds = retryAfter ?? (failures == 1 ? 0 : Math.Min(Math.Pow(2, failures - 1), LongestDelaySeconds));
            await Task.Delay(seconds * second, stop.Token);
        }
    }

    private async Task<(bool IsTaken, double? RetryAfter)> PostAsync(PendingUpdate update)
    {
        await connections.WaitAsync(stop.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Url)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(update.Json)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (address.Secret is not null)
            {
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", address.Secret);
            }

            using var answer = await http.SendAsync(request, stop.Token);
            attempted((int)answer.StatusCode);
            if (!answer.IsSuccessStatusCode)
            {
                var wait = answer.Headers.RetryAfter?.Delta?.TotalSeconds;
                return (false, wait is > 0 and <= LongestRetryAfterSeconds ? wait : null);
            }

            if ((await answer.Content.ReadAsByteArrayAsync(stop.Token)).Length > 0)
            {
                violated("the webhook's answer carries a body, which the server would try to run as a method");
            }

            return (true, null);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            attempted(0);
            return (false, null);
        }
        finally
        {
            connections.Release();
        }
    }
}
