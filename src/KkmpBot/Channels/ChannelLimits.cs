namespace KkmpBot.Channels;

/// <summary>
/// How fast a platform takes messages. They are its published advice, and each copy of the program keeps them for itself; what counts
/// in the end is its "too many", which pauses all who share the limit. A limit of 0 is none.
/// </summary>
public sealed record ChannelLimits
{
    /// <summary>No limit at all.</summary>
    public static ChannelLimits None { get; } = new();

    /// <summary>All messages of the channel a second. Replies are counted and never held by it; bulk messages pay for them.</summary>
    public int PerSecond { get; init; }

    /// <summary>Messages to one person that may go at once.</summary>
    public int ChatBurst { get; init; }

    /// <summary>After a burst, one message to a person in this time; on WhatsApp the pair limit.</summary>
    public TimeSpan ChatEvery { get; init; }

    /// <summary>Messages to one group a minute.</summary>
    public int GroupPerMinute { get; init; }

    /// <summary>Bulk messages in 24 hours; on WhatsApp the portfolio's limit.</summary>
    public int PortfolioPerDay { get; init; }

    /// <summary>Tells a group's address from a person's.</summary>
    public Func<string, bool> IsGroup { get; init; } = _ => false;

    /// <summary>The limits with what the settings change: <c>PerSecond</c>, <c>ChatBurst</c>, <c>ChatEverySeconds</c>, <c>GroupPerMinute</c>, <c>PortfolioPerDay</c>.</summary>
    /// <param name="section">Such as <c>Telegram:Limits</c>.</param>
    public ChannelLimits With(IConfiguration section) => this with
    {
        PerSecond = section.GetValue(nameof(PerSecond), PerSecond),
        ChatBurst = section.GetValue(nameof(ChatBurst), ChatBurst),
        ChatEvery = TimeSpan.FromSeconds(section.GetValue("ChatEverySeconds", ChatEvery.TotalSeconds)),
        GroupPerMinute = section.GetValue(nameof(GroupPerMinute), GroupPerMinute),
        PortfolioPerDay = section.GetValue(nameof(PortfolioPerDay), PortfolioPerDay),
    };
}
