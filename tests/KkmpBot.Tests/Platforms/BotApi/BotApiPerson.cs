using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>A person with the app, in a private chat with the bot. Each act returns the id of the update it causes.</summary>
public sealed class BotApiPerson : BotApiChat
{
    private readonly Lock gate = new();
    private IReadOnlyList<BotButton>? keyboard;

    internal BotApiPerson(BotApiEmulator api, long id, string firstName, string? phone)
        : base(api, id)
    {
        FirstName = firstName;
        Phone = phone;
    }

    public string FirstName { get; }

    /// <summary>The number of the account, digits only as the real server often writes it.</summary>
    public string? Phone { get; }

    /// <summary>True once the person wrote: before that a bot may not write to them.</summary>
    public bool HasStarted { get; set; }

    /// <summary>True while the person has blocked the bot.</summary>
    public bool HasBlocked { get; private set; }

    /// <summary>True when the account is gone.</summary>
    public bool IsDeactivated { get; set; }

    /// <summary>What stands in place of the keyboard now.</summary>
    public IReadOnlyList<BotButton>? Keyboard
    {
        get
        {
            lock (gate)
            {
                return keyboard;
            }
        }
    }

    /// <summary>Writes something.</summary>
    public long SendText(string text)
    {
        var content = new JsonObject { ["text"] = text };
        if (EntitiesOf(text) is { } entities)
        {
            content["entities"] = entities;
        }

        return SendMessage(content);
    }

    /// <summary>Corrects a message.</summary>
    public long EditText(string text) => Send("edited_message", Message(new JsonObject { ["text"] = text, ["edit_date"] = Api.UnixNow() }));

    /// <summary>Presses a button by its label or data: the newest one under a message, or the one in place of the keyboard.</summary>
    public long Press(string labelOrData)
    {
        if (Keyboard?.FirstOrDefault(button => button.Label == labelOrData) is { } below)
        {
            return below.SharesContact ? ShareContact() : SendText(below.Label);
        }

        foreach (var message in Received.Reverse())
        {
            if (message.Buttons.FirstOrDefault(button => button.Label == labelOrData || button.Data == labelOrData) is { Data: { } data })
            {
                return PressData(data, message);
            }
        }

        throw new InvalidOperationException($"There is no button '{labelOrData}'.");
    }

    /// <summary>Presses with any data, as a modified client can; the message may be gone by now.</summary>
    public long PressData(string data, BotMessage? under = null)
    {
        var message = under is null
            ? new JsonObject { ["chat"] = Describe(), ["message_id"] = 1, ["date"] = 0 }
            : Api.MessageOfBot(this, under);
        return Send("callback_query", new JsonObject
        {
            ["id"] = Api.OpenPress(),
            ["from"] = Account(),
            ["message"] = message,
            ["chat_instance"] = "-5812349876543210987",
            ["data"] = data,
        });
    }

    /// <summary>Shares the own number.</summary>
    public long ShareContact() => SendMessage(new JsonObject
    {
        ["contact"] = new JsonObject { ["phone_number"] = Phone, ["first_name"] = FirstName, ["user_id"] = Id },
    });

    /// <summary>Passes on somebody else's card.</summary>
    public long SendContact(string phone, string firstName) => SendMessage(new JsonObject
    {
        ["contact"] = new JsonObject { ["phone_number"] = phone, ["first_name"] = firstName },
    });

    /// <summary>Sends a picture.</summary>
    public long SendPhoto(string? caption = null)
    {
        var size = new JsonObject { ["file_id"] = "AgAC1", ["file_unique_id"] = "AQAD1", ["width"] = 90, ["height"] = 68 };
        var content = new JsonObject { ["photo"] = new JsonArray(size) };
        if (caption is not null)
        {
            content["caption"] = caption;
        }

        return SendMessage(content);
    }

    /// <summary>Sends any content, members of Message as the Bot API names them.</summary>
    public long SendMessage(JsonObject content)
    {
        HasStarted = true;
        return Send("message", Message(content));
    }

    /// <summary>Blocks the bot.</summary>
    public long Block() => ChangeStanding(isBlocked: true);

    /// <summary>Allows the bot again.</summary>
    public long Unblock() => ChangeStanding(isBlocked: false);

    internal override JsonObject Describe() => new() { ["id"] = Id, ["first_name"] = FirstName, ["type"] = "private" };

    internal JsonObject Account() => new() { ["id"] = Id, ["is_bot"] = false, ["first_name"] = FirstName, ["language_code"] = "id" };

    internal override BotApiAnswer? FindObstacle(JsonObject call) =>
        IsDeactivated ? BotApiAnswer.Error(403, "Forbidden: user is deactivated")
        : HasBlocked ? BotApiAnswer.Error(403, "Forbidden: bot was blocked by the user")
        : HasStarted ? null
        : BotApiAnswer.Error(403, "Forbidden: bot can't initiate conversation with a user");

    internal override void Show(BotMessage message)
    {
        lock (gate)
        {
            keyboard = message.RemovesKeyboard ? null : message.Keyboard ?? keyboard;
        }
    }

    private JsonObject Message(JsonObject content)
    {
        var message = new JsonObject
        {
            ["message_id"] = NextMessageId(),
            ["from"] = Account(),
            ["chat"] = Describe(),
            ["date"] = Api.UnixNow(),
        };
        foreach (var (name, value) in content)
        {
            message[name] = value?.DeepClone();
        }

        return message;
    }

    private long ChangeStanding(bool isBlocked)
    {
        HasBlocked = isBlocked;
        return Send("my_chat_member", new JsonObject
        {
            ["chat"] = Describe(),
            ["from"] = Account(),
            ["date"] = Api.UnixNow(),
            ["old_chat_member"] = new JsonObject { ["status"] = isBlocked ? "member" : "kicked", ["user"] = Api.BotAccount() },
            ["new_chat_member"] = new JsonObject { ["status"] = isBlocked ? "kicked" : "member", ["user"] = Api.BotAccount() },
        });
    }

    /// <summary>Messages and edits share a queue; presses and standings have their own, so their order to messages is not kept.</summary>
    private long Send(string kind, JsonObject payload) => Api.Enqueue(kind, payload, kind switch
    {
        "callback_query" => $"press {Id}",
        "my_chat_member" => $"standing {Id}",
        _ => $"chat {Id}",
    });
}
