using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>A chat with the bot in it: what was said there, and who waits for it.</summary>
public abstract class BotApiChat
{
    private readonly Lock gate = new();
    private readonly List<BotMessage> received = [];
    private readonly Channel<BotMessage> unread = Channel.CreateUnbounded<BotMessage>();
    private long lastMessageId = 400;

    private protected BotApiChat(BotApiEmulator api, long id)
    {
        Api = api;
        Id = id;
    }

    /// <summary>The chat's id; a person's chat has the person's id.</summary>
    public long Id { get; }

    /// <summary>Everything the bot ever wrote here.</summary>
    public IReadOnlyList<BotMessage> Received
    {
        get
        {
            lock (gate)
            {
                return [.. received];
            }
        }
    }

    private protected BotApiEmulator Api { get; }

    internal abstract JsonObject Describe();

    /// <summary>The bot's next message that was not read yet. Throws <see cref="TimeoutException"/> when none comes.</summary>
    /// <param name="timeout">10 seconds when not given.</param>
    public async Task<BotMessage> WaitForReplyAsync(TimeSpan? timeout = null)
    {
        using var timer = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(10));
        try
        {
            return await unread.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No message of the bot in chat {Id}. Violations: {string.Join("; ", Api.Violations)}", late);
        }
    }

    /// <summary>What the bot wrote and was not read yet, without waiting.</summary>
    public IReadOnlyList<BotMessage> Read()
    {
        var found = new List<BotMessage>();
        while (unread.Reader.TryRead(out var message))
        {
            found.Add(message);
        }

        return found;
    }

    /// <summary>Why a message cannot be delivered here; null when it can.</summary>
    internal virtual BotApiAnswer? FindObstacle(JsonObject call) => null;

    internal virtual void Show(BotMessage message) { }

    internal BotMessage Deliver(JsonObject call, int life = 0, bool isConfirmed = true)
    {
        lock (gate)
        {
            var message = BotMessage.From(++lastMessageId, call) with { Life = life, IsConfirmed = isConfirmed };
            received.Add(message);
            Show(message);
            unread.Writer.TryWrite(message);
            return message;
        }
    }

    /// <summary>Gives a message of the bot other words; it keeps its place and its id. A problem in the server's words when it cannot.</summary>
    internal (BotMessage? Edited, string? Problem) Edit(JsonObject call)
    {
        lock (gate)
        {
            var place = received.FindIndex(message => message.MessageId == call["message_id"]!.GetValue<long>());
            if (place < 0)
            {
                return (null, "message to edit not found");
            }

            var before = received[place];
            if (before.Keyboard is not null || before.RemovesKeyboard || before.FileName is not null)
            {
                return (null, "message can't be edited");
            }

            var after = BotMessage.From(before.MessageId, call) with { Life = before.Life, Edits = before.Edits + 1 };
            if (after.Text == before.Text && after.Buttons.SequenceEqual(before.Buttons))
            {
                return (null, "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
            }

            received[place] = after;
            return (after, null);
        }
    }

    private protected long NextMessageId()
    {
        lock (gate)
        {
            return ++lastMessageId;
        }
    }

    /// <summary>Marks commands and mentions as the server does; lengths in UTF-16 units.</summary>
    private protected static JsonArray? EntitiesOf(string text)
    {
        var entities = new JsonArray();
        var start = 0;
        foreach (var word in text.Split(' '))
        {
            var kind = word switch { ['/', _, ..] => "bot_command", ['@', _, ..] => "mention", _ => null };
            if (kind is not null)
            {
                entities.Add(new JsonObject { ["type"] = kind, ["offset"] = start, ["length"] = word.Length });
            }

            start += word.Length + 1;
        }

        return entities.Count == 0 ? null : entities;
    }
}
