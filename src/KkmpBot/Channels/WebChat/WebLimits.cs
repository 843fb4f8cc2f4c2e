using System.Threading.RateLimiting;

namespace KkmpBot.Channels.WebChat;

/// <summary>What one visitor may ask of us. Kept in memory: a restart forgives.</summary>
/// <param name="settings">New conversations a minute.</param>
internal sealed class WebLimits(WebChatSettings settings) : IDisposable
{
    // A person types one message in seconds; a page that resends after the network was away has a handful.
    private const int MessageBurst = 60;
    private const int MessagesPerSecond = 10;

    private readonly PartitionedRateLimiter<string> newConversations = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = settings.NewConversationsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    private readonly PartitionedRateLimiter<string> messages = PartitionedRateLimiter.Create<string, string>(conversation =>
        RateLimitPartition.GetTokenBucketLimiter(conversation, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = MessageBurst,
            TokensPerPeriod = MessagesPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    /// <summary>True when this network address may begin one more conversation.</summary>
    /// <param name="http">The request.</param>
    public bool AllowsConversation(HttpContext http)
    {
        using var lease = newConversations.AttemptAcquire($"{http.Connection.RemoteIpAddress}");
        return lease.IsAcquired;
    }

    /// <summary>True when this conversation may post one more activity.</summary>
    /// <param name="conversation">The conversation.</param>
    public bool AllowsMessage(string conversation)
    {
        using var lease = messages.AttemptAcquire(conversation);
        return lease.IsAcquired;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        newConversations.Dispose();
        messages.Dispose();
    }
}
