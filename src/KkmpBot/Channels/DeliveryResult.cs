namespace KkmpBot.Channels;

/// <summary>
/// How handing a message to a platform ended. Closed: each case says whether it is tried again and what the officer sees.
/// </summary>
public abstract record DeliveryResult
{
    private DeliveryResult() { }

    /// <summary>The platform has it.</summary>
    /// <param name="ProviderMessageId">The platform's id of the message.</param>
    public sealed record Sent(string? ProviderMessageId) : DeliveryResult;

    /// <summary>Not now: try again after the delay. All who share the limit wait.</summary>
    /// <param name="Delay">As the platform asks, or our backoff.</param>
    /// <param name="SharedLimit">True when the limit may be the whole channel's; false when it concerns this chat only, or no limit was named.</param>
    public sealed record RetryAfter(TimeSpan Delay, bool SharedLimit) : DeliveryResult;

    /// <summary>Never: our request is wrong, or the recipient does not exist. An officer sees it.</summary>
    /// <param name="Reason">The platform's words, without personal data.</param>
    public sealed record Rejected(string Reason) : DeliveryResult;

    /// <summary>The person does not want messages: nothing more is sent until they write again.</summary>
    public sealed record Blocked : DeliveryResult;

    /// <summary>
    /// The platform takes only templates for this person now, whatever we thought: the message is given another way, or kept
    /// for their next message.
    /// </summary>
    public sealed record WindowClosed : DeliveryResult;

    /// <summary>It may or may not have arrived: the connection broke after the request was written.</summary>
    public sealed record Unknown : DeliveryResult;
}
