using KkmpBot.Channels;

namespace KkmpBot.Conversations;

/// <summary>Section <c>Sending</c> of the settings.</summary>
public sealed class SendSettings
{
    /// <summary>False to send as fast as the platform takes it, for load tests; its "too many" is honoured in any case.</summary>
    public bool Limits { get; set; } = true;

    /// <summary>False to send bulk messages at any hour, for tests; see <see cref="Conversations.QuietHours"/>.</summary>
    public bool QuietHours { get; set; } = true;
}

/// <summary>The limits of all channels.</summary>
public sealed class SendLimits : IDisposable
{
    private readonly Dictionary<string, ChannelPace> paces;

    /// <summary>Starts with everything allowed.</summary>
    /// <param name="channels">Each says how fast its platform is.</param>
    /// <param name="settings">Whether limits are kept.</param>
    /// <param name="time">The clock of the pauses.</param>
    public SendLimits(IEnumerable<IChannel> channels, SendSettings settings, TimeProvider time) =>
        paces = channels.ToDictionary(channel => channel.Name, channel => new ChannelPace(settings.Limits ? channel.Limits : ChannelLimits.None, time));

    /// <summary>The limits of a channel as they stand now.</summary>
    /// <param name="channel">Its name.</param>
    public ChannelPace Of(string channel) => paces[channel];

    /// <summary>From now on this copy takes its part of what the platforms allow.</summary>
    /// <param name="copies">How many share it.</param>
    public void ShareBetween(int copies)
    {
        foreach (var pace in paces.Values)
            pace.ShareBetween(copies);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pace in paces.Values)
            pace.Dispose();
    }
}
