using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>How updates reach the bot: getUpdates or a webhook, never both.</summary>
internal sealed class BotApiUpdates(TimeSpan second, Action<string> violated) : IAsyncDisposable
{
    private const int MaxTimeoutSeconds = 50;
    private const int MaxUpdates = 100;
    private const int UsualConnections = 40;
    private const string WebhookActive =
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

    private readonly ConcurrentQueue<int> answers = new();
    private readonly SemaphoreSlim changing = new(1);
    private WebhookDelivery? webhook;

    public UpdateQueue Queue { get; } = new();

    public IReadOnlyList<int> WebhookAnswers => [.. answers];

    public async Task<BotApiAnswer> PollAsync(JsonObject call, CancellationToken ct)
    {
        if (webhook is not null)
        {
            return BotApiAnswer.Error(409, WebhookActive);
        }

        Queue.Allow(call["allowed_updates"] as JsonArray);
        var seconds = Math.Min((int?)call["timeout"] ?? 0, MaxTimeoutSeconds);
        var found = await Queue.PollAsync((long?)call["offset"] ?? 0, (int?)call["limit"] ?? MaxUpdates, TimeSpan.FromSeconds(seconds), ct);
        return found.Conflict is { } conflict
            ? BotApiAnswer.Error(409, conflict)
            : BotApiAnswer.Ok(new JsonArray([.. found.Updates.Select(update => JsonNode.Parse(update.Json))]));
    }

    public async Task<BotApiAnswer> SetWebhookAsync(JsonObject call)
    {
        var url = call["url"]!.GetValue<string>();
        if (url.Length == 0)
        {
            return await DeleteWebhookAsync(call);
        }

        // As a server on the own machine, this one takes plain HTTP on loopback.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            return BotApiAnswer.Error(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
        }

        await changing.WaitAsync();
        try
        {
            Queue.Allow(call["allowed_updates"] as JsonArray);
            DropIfAsked(call);
            var wanted = new WebhookAddress(url, (string?)call["secret_token"], (int?)call["max_connections"] ?? UsualConnections);
            if (webhook?.Address == wanted)
            {
                return BotApiAnswer.Ok(true, "Webhook is already set");
            }

            Queue.SendPollerAway("Conflict: terminated by setWebhook request");
            await StopWebhookAsync();
            webhook = new WebhookDelivery(Queue, wanted, second, answers.Enqueue, violated);
            return BotApiAnswer.Ok(true, "Webhook was set");
        }
        finally
        {
            changing.Release();
        }
    }

    public async Task<BotApiAnswer> DeleteWebhookAsync(JsonObject call)
    {
        await changing.WaitAsync();
        try
        {
            DropIfAsked(call);
            var wasSet = webhook is not null;
            await StopWebhookAsync();
            return BotApiAnswer.Ok(true, wasSet ? "Webhook was deleted" : "Webhook is already deleted");
        }
        finally
        {
            changing.Release();
        }
    }

    public BotApiAnswer DescribeWebhook() => BotApiAnswer.Ok(new JsonObject
    {
        ["url"] = webhook?.Address.Url ?? "",
        ["has_custom_certificate"] = false,
        ["pending_update_count"] = Queue.Count,
    });

    public async ValueTask DisposeAsync()
    {
        await StopWebhookAsync();
        changing.Dispose();
    }

    private void DropIfAsked(JsonObject call)
    {
        if ((bool?)call["drop_pending_updates"] == true)
        {
            Queue.Clear();
        }
    }

    private async Task StopWebhookAsync()
    {
        if (webhook is { } old)
        {
            webhook = null;
            await old.DisposeAsync();
        }
    }
}
