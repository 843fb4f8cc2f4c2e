using System.Threading.Channels;
using KkmpBot.Data;

namespace KkmpBot.Channels.WebChat;

/// <summary>The open streams of this process, by conversation.</summary>
internal sealed class ActivityFeeds
{
    /// <summary>Streams of one conversation: tabs, and sockets the network has not yet told us are gone.</summary>
    public const int MaxPerConversation = 8;

    /// <summary>Streams of this process.</summary>
    public const int MaxInAll = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<ActivityFeed>> byConversation = [];
    private int count;

    /// <summary>Listens to the other copies too: what the bot says may be written by any of them.</summary>
    /// <param name="news">Of the other copies.</param>
    public ActivityFeeds(CopyNews news) => news.When(CopyNews.Web, conversation =>
    {
        if (conversation is null)
            WakeAll();
        else
            Wake(conversation);
    });

    /// <summary>Opens a feed; null when there are too many.</summary>
    /// <param name="conversation">The conversation.</param>
    public ActivityFeed? Open(string conversation)
    {
        lock (gate)
        {
            var feeds = byConversation.TryGetValue(conversation, out var open) ? open : [];
            if (count == MaxInAll || feeds.Count == MaxPerConversation)
                return null;
            var feed = new ActivityFeed(conversation);
            feeds.Add(feed);
            byConversation[conversation] = feeds;
            count++;
            return feed;
        }
    }

    /// <summary>Closes a feed.</summary>
    /// <param name="feed">As opened.</param>
    public void Close(ActivityFeed feed)
    {
        lock (gate)
        {
            if (!byConversation.TryGetValue(feed.Conversation, out var feeds) || !feeds.Remove(feed))
                return;
            count--;
            if (feeds.Count == 0)
                byConversation.Remove(feed.Conversation);
        }
    }

    /// <summary>Tells a conversation's streams that the log has grown.</summary>
    /// <param name="conversation">The conversation.</param>
    public void Wake(string conversation) => Push(conversation, default);

    /// <summary>Tells all streams to look into the log.</summary>
    public void WakeAll()
    {
        string[] conversations;
        lock (gate)
            conversations = [.. byConversation.Keys];
        foreach (var conversation in conversations)
            Wake(conversation);
    }

    /// <summary>Shows a conversation's open streams something that is not kept, such as typing.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="frame">The frame.</param>
    public void Push(string conversation, ReadOnlyMemory<byte>? frame)
    {
        ActivityFeed[] feeds;
        lock (gate)
            feeds = byConversation.TryGetValue(conversation, out var open) ? [.. open] : [];
        foreach (var feed in feeds)
            feed.Push(frame);
    }
}

/// <summary>What one stream is woken by. Whatever is dropped here, the stream still looks into the log after it wakes.</summary>
/// <param name="conversation">The conversation.</param>
internal sealed class ActivityFeed(string conversation)
{
    // Frames that are not kept, waiting for a slow client; older ones give way.
    private const int MaxWaiting = 16;

    private readonly Channel<ReadOnlyMemory<byte>?> waiting = System.Threading.Channels.Channel.CreateBounded<ReadOnlyMemory<byte>?>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>The conversation.</summary>
    public string Conversation => conversation;

    /// <summary>Wakes the stream.</summary>
    /// <param name="frame">What to send at once; null just to look into the log.</param>
    public void Push(ReadOnlyMemory<byte>? frame) => waiting.Writer.TryWrite(frame);

    /// <summary>Waits until woken.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>The frames to send before looking into the log.</returns>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitAsync(CancellationToken ct)
    {
        await waiting.Reader.WaitToReadAsync(ct);
        var frames = new List<ReadOnlyMemory<byte>>();
        while (waiting.Reader.TryRead(out var item))
        {
            if (item is { } frame)
                frames.Add(frame);
        }
        return frames;
    }
}
