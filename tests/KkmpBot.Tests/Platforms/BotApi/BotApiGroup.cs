using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>A group with the bot in it.</summary>
public sealed class BotApiGroup : BotApiChat
{
    internal BotApiGroup(BotApiEmulator api, long id, string title)
        : base(api, id) => Title = title;

    public string Title { get; }

    /// <summary>The group's new id once it became a supergroup; the old one is refused from then on.</summary>
    public BotApiGroup? MovedTo { get; set; }

    /// <summary>A member writes something; the bot gets it as if it could read everything.</summary>
    public long SendText(BotApiPerson member, string text)
    {
        var message = new JsonObject
        {
            ["message_id"] = NextMessageId(),
            ["from"] = member.Account(),
            ["chat"] = Describe(),
            ["date"] = Api.UnixNow(),
            ["text"] = text,
        };
        if (EntitiesOf(text) is { } entities)
        {
            message["entities"] = entities;
        }

        return Api.Enqueue("message", message, $"chat {Id}");
    }

    internal override JsonObject Describe() => new() { ["id"] = Id, ["title"] = Title, ["type"] = "supergroup" };

    internal override BotApiAnswer? FindObstacle(JsonObject call)
    {
        if (MovedTo is { } moved)
        {
            return BotApiAnswer.Error(
                400, "Bad Request: group chat was upgraded to a supergroup chat", new JsonObject { ["migrate_to_chat_id"] = moved.Id });
        }

        var keyboard = call["reply_markup"]?["keyboard"]?.ToJsonString() ?? "";
        return keyboard.Contains("request_contact", StringComparison.Ordinal)
            ? BotApiAnswer.Error(400, "Bad Request: phone number can be requested in private chats only")
            : null;
    }
}
