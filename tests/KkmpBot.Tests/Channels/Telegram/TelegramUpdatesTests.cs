using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>Recorded updates, and what each is to us.</summary>
public sealed class TelegramUpdatesTests
{
    private const string Ann = "5012345678";

    private static readonly Dictionary<string, InboundMessage?> Expected = new()
    {
        ["update-text"] = From("310000001", InboundKind.Text, "🎉 Hello shop"),
        ["update-start-deeplink"] = From("310000002", InboundKind.Text, "/start ref_9Zk3-a_1"),
        ["update-group-command"] = From("310000003", InboundKind.Group, "/help@GreenShopBot delivery") with { Address = "-1002233445566" },
        ["update-callback-query"] = Press("310000004", "v1:pay:8fK2", "2153487650938475612"),
        ["update-callback-inaccessible"] = Press("310000005", "v1:pay:0aaa", "2153487650938475613"),
        ["update-contact-own"] = From("310000006", InboundKind.OwnContact) with { Phone = "+38640111222" },
        ["update-contact-foreign"] = From("310000007", InboundKind.ForeignContact),
        ["update-photo-caption"] = From("310000008", InboundKind.Photo, "broken pot, order 17") with { PictureReference = "AgACAgQAAxkBAAIBk2c3" },
        ["update-document"] = From("310000009", InboundKind.Document),
        ["update-location"] = From("310000010", InboundKind.Location),
        ["update-voice"] = From("310000011", InboundKind.Voice),
        ["update-edited-message"] = From("310000012", InboundKind.Edited, "Hello shop, order 17?"),
        ["update-my-chat-member-blocked"] = From("310000013", InboundKind.Blocked),
        ["update-my-chat-member-unblocked"] = From("310000014", InboundKind.Unblocked),
        ["update-migrate"] = null,
        ["update-unknown-content"] = From("310000016", InboundKind.Other),
        ["update-reply"] = From("310000017", InboundKind.Text, "yes, pay"),
    };

    public static TheoryData<string> Recorded() =>
        [.. Directory.GetFiles(RecordedPayload.Folder, "update-*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_update_is_read_as(string name) =>
        Assert.Equal(Expected[name], TelegramUpdates.Read(RecordedPayload.Bytes(name), "GreenShopBot"));

    [Theory]
    [InlineData("sticker", "{\"emoji\":\"x\"}", InboundKind.Other)]
    [InlineData("audio", "{\"duration\":1}", InboundKind.Voice)]
    [InlineData("poll", "{\"id\":\"1\"}", InboundKind.Other)]
    [InlineData("animation", "{\"file_id\":\"1\"},\"document\":{\"file_id\":\"1\"}", InboundKind.Other)]
    [InlineData("venue", "{\"title\":\"x\"},\"location\":{\"latitude\":1,\"longitude\":2}", InboundKind.Location)]
    public void Other_content_is_read_as(string member, string value, InboundKind kind) =>
        Assert.Equal(kind, Read($"\"{member}\":{value}")?.Kind);

    [Theory]
    [InlineData("pinned_message", "{\"message_id\":1}")]
    [InlineData("message_auto_delete_timer_changed", "{\"message_auto_delete_time\":1}")]
    [InlineData("users_shared", "{\"request_id\":1}")]
    public void What_telegram_itself_notes_is_nobodys_message(string member, string value) => Assert.Null(Read($"\"{member}\":{value}"));

    [Theory]
    [InlineData("62 812-3456-7890", "+6281234567890")]
    [InlineData("+6281234567890", "+6281234567890")]
    [InlineData("006281234567890", "+6281234567890")]
    [InlineData("12", null)]
    [InlineData("62812345678901234", null)]
    public void An_own_number_is_written_as_e164_or_not_trusted(string written, string? expected)
    {
        var message = Read($"\"contact\":{{\"phone_number\":\"{written}\",\"first_name\":\"B\",\"user_id\":7}}")!;
        Assert.Equal(expected, message.Phone);
        Assert.Equal(expected is null ? InboundKind.ForeignContact : InboundKind.OwnContact, message.Kind);
    }

    [Fact]
    public void A_card_of_another_user_is_foreign() =>
        Assert.Equal(InboundKind.ForeignContact, Read("\"contact\":{\"phone_number\":\"6281\",\"first_name\":\"B\",\"user_id\":8}")!.Kind);

    [Theory]
    [InlineData("Halo @KkmpBot apa kabar", "mention", 5, 8, true)]
    [InlineData("Halo @kkmpbot", "mention", 5, 8, true)]
    [InlineData("Halo @lainbot", "mention", 5, 8, false)]
    [InlineData("/menu@KkmpBot", "bot_command", 0, 13, true)]
    [InlineData("/menu@LainBot", "bot_command", 0, 13, false)]
    [InlineData("/menu", "bot_command", 0, 5, false)]
    [InlineData("Halo semua", "mention", 5, 99, false)]
    [InlineData("Halo semua", "mention", -1, 5, false)]
    [InlineData("Halo semua", "mention", 2147483647, 2147483647, false)]
    public void In_a_group_the_bot_answers_only_when_it_is_meant(string text, string type, int offset, int length, bool isMeant)
    {
        var json = $$$"""
            {"update_id":1,"message":{"message_id":1,"date":1,"from":{"id":7,"is_bot":false,"first_name":"B"},"text":"{{{text}}}",
            "chat":{"id":-100,"type":"group"},"entities":[{"type":"{{{type}}}","offset":{{{offset}}},"length":{{{length}}}}]}}
            """;
        var message = TelegramUpdates.Read(Encoding.UTF8.GetBytes(json), "KkmpBot");
        Assert.Equal(isMeant, message is { Kind: InboundKind.Group, Address: "-100" });
        Assert.Equal(isMeant, message is not null);
        Assert.Null(TelegramUpdates.Read(Encoding.UTF8.GetBytes(json), botUsername: null));
    }

    [Theory]
    [InlineData("{'update_id':1}")]
    [InlineData("{'update_id':1,'future_kind':{'a':[1,{}]}}")]
    [InlineData("{'update_id':1,'channel_post':{'message_id':1,'date':1,'chat':{'id':-1,'type':'channel'},'text':'x'}}")]
    [InlineData("{'update_id':1,'message':{'chat':{'id':1,'type':'private'},'text':'tanpa pengirim'}}")]
    [InlineData("{'update_id':1,'message':{'from':{'id':2,'is_bot':true},'chat':{'id':1,'type':'private'},'text':'bot'}}")]
    [InlineData("{'update_id':1,'message':{'from':{'id':2,'first_name':'B'},'chat':{'id':-1,'type':'group'},'text':'x','entities':[null]}}")]
    [InlineData("{'update_id':1,'edited_message':{'from':{'id':2},'chat':{'id':-1,'type':'group'},'text':'x'}}")]
    [InlineData("{'update_id':1,'callback_query':{'id':'1','from':{'id':2},'inline_message_id':'x','data':'y'}}")]
    [InlineData("{'update_id':1,'callback_query':{'id':'1','from':{'id':2},'game_short_name':'x'}}")]
    [InlineData("{'update_id':1,'my_chat_member':{'chat':{'id':-1,'type':'group'},'from':{'id':2},'new_chat_member':{'status':'kicked'}}}")]
    [InlineData("{'update_id':1,'my_chat_member':{'chat':{'id':1,'type':'private'},'from':{'id':1},'new_chat_member':{'status':'new'}}}")]
    public void What_concerns_no_person_is_nothing(string json) =>
        Assert.Null(TelegramUpdates.Read(Encoding.UTF8.GetBytes(json.Replace('\'', '"')), "KkmpBot"));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"update_id\":\"1\"}")]
    [InlineData("{\"update_id\":1,\"message\":{\"text\":\"x\"}}")]
    [InlineData("{\"update_id\":1,\"message\":{\"chat\":{\"id\":1,\"type\":null}}}")]
    [InlineData("{\"update_id\":1,\"message\":{\"chat\":{\"id\":1,\"type\":\"private\"},\"text\":\"\\ud83d\"}}")]
    [InlineData("{\"update_id\":99999999999999999999}")]
    [InlineData("{\"update_id\":1,")]
    public void Malformed_bodies_are_format_errors(string json) =>
        Assert.Throws<FormatException>(() => TelegramUpdates.Read(Encoding.UTF8.GetBytes(json), "KkmpBot"));

    [Fact]
    public void Whatever_bytes_arrive_they_are_read_or_refused()
    {
        var recordings = Directory.GetFiles(RecordedPayload.Folder, "update-*.json").Order().Select(File.ReadAllBytes).ToArray();
        var edits = Gen.Choose(0, 5000).Two().ListOf().ToArbitrary();
        Prop.ForAll(Gen.Elements(recordings).ToArbitrary(), edits, (recording, changes) =>
        {
            var body = (byte[])recording.Clone();
            foreach (var (place, value) in changes.Take(8))
            {
                body[place % body.Length] = (byte)value;
            }

            try
            {
                return TelegramUpdates.Read(body, "GreenShopBot") is not { Address.Length: 0 };
            }
            catch (FormatException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var text = new string('a', InboundMessage.MaxTextLength - 1) + "😀 dan seterusnya";
        Assert.Equal(new string('a', InboundMessage.MaxTextLength - 1), Read($"\"text\":\"{text}\"")!.Text);
    }

    private static InboundMessage? Read(string content) => TelegramUpdates.Read(
        Encoding.UTF8.GetBytes(
            $"{{\"update_id\":1,\"message\":{{\"message_id\":1,\"date\":1,\"from\":{{\"id\":7,\"first_name\":\"B\"}},"
            + $"\"chat\":{{\"id\":7,\"type\":\"private\"}},{content}}}}}"),
        "KkmpBot");

    private static InboundMessage From(string key, InboundKind kind, string? text = null) =>
        new("telegram", key, Ann, kind, text, SenderName: "Ann Kovač");

    private static InboundMessage Press(string key, string token, string callbackId) =>
        From(key, InboundKind.Button) with { ButtonToken = token, CallbackId = callbackId };
}
