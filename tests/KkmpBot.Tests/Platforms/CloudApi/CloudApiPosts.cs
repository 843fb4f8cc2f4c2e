using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>
/// Posts notifications to the bot's webhook, signed, until each is answered with 200: one person's messages in order, everything else
/// side by side, as Meta does.
/// </summary>
internal sealed class CloudApiPosts(CloudApiEmulator api, TimeSpan second) : IAsyncDisposable
{
    private const int MaxRetries = 60;

    private readonly Lock gate = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, Task> tails = [];
    private readonly Dictionary<string, JsonObject> swapped = [];
    private readonly ConcurrentQueue<int> answers = new();
    private int open;

    public IReadOnlyList<int> Answers => [.. answers];

    /// <summary>Posts that were not answered with 200 yet.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Posts a change after those of the same queue.</summary>
    public void Add(string queue, JsonObject value, bool mayBeSwapped)
    {
        lock (gate)
        {
            if (mayBeSwapped && api.Faults.ReorderStatuses && swapped.TryAdd(queue, value))
                return;
            Chain(queue, value);
            if (mayBeSwapped && swapped.Remove(queue, out var earlier))
                Chain(queue, earlier);
        }
    }

    /// <summary>Posts what still waits for a later one to overtake it.</summary>
    public void Flush()
    {
        lock (gate)
        {
            foreach (var (queue, value) in swapped)
                Chain(queue, value);
            swapped.Clear();
        }
    }

    /// <summary>Signs a body as Meta does.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string appSecret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body))}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(tails.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        http.Dispose();
        stop.Dispose();
    }

    private void Chain(string queue, JsonObject value)
    {
        var body = Encoding.UTF8.GetBytes(api.Envelope(value).ToJsonString());
        for (var i = 0; i < (api.Faults.DeliverTwice ? 2 : 1); i++)
        {
            Interlocked.Increment(ref open);
            tails[queue] = PostAfterAsync(tails.GetValueOrDefault(queue, Task.CompletedTask), body);
        }
    }

    private async Task PostAfterAsync(Task earlier, byte[] body)
    {
        await earlier;
        for (var retries = 0; retries < MaxRetries && !stop.IsCancellationRequested; retries++)
        {
            await Task.Delay(api.Faults.Delay + (retries == 0 ? TimeSpan.Zero : second * Math.Min(Math.Pow(2, retries - 1), 60)), stop.Token)
                .ContinueWith(_ => { }, TaskScheduler.Default);
            if (await TryPostAsync(body))
            {
                Interlocked.Decrement(ref open);
                return;
            }
        }
    }

    private async Task<bool> TryPostAsync(byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.Add("X-Hub-Signature-256", Sign(body, api.AppSecret));
            using var answer = await http.PostAsync(api.WebhookUrl, content, stop.Token);
            answers.Enqueue((int)answer.StatusCode);
            return (int)answer.StatusCode == 200;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or OperationCanceledException)
        {
            answers.Enqueue(0);
            return false;
        }
    }
}
