using System.Text;
using KkmpBot.Channels;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Data;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Channels.WhatsApp;

/// <summary>Recorded notifications, and what each is to us.</summary>
public sealed class WhatsAppMessagesTests
{
    private const string OurNumber = "106540352242922";
    private const string Sheena = "US.13491208655302741918";

    [Theory]
    [InlineData("webhook-text", InboundKind.Text, "Does it come in another color?", null)]
    [InlineData("webhook-text-reply", InboundKind.Text, null, null)]
    [InlineData("webhook-referral-ad", InboundKind.Text, null, null)]
    [InlineData("webhook-button-reply", InboundKind.Button, null, "v1:pay:8fK2")]
    [InlineData("webhook-list-reply", InboundKind.Button, null, "priority_express")]
    [InlineData("webhook-template-button", InboundKind.Button, null, "optout")]
    [InlineData("webhook-contacts", InboundKind.ForeignContact, null, null)]
    [InlineData("webhook-image", InboundKind.Photo, null, null)]
    [InlineData("webhook-document", InboundKind.Document, null, null)]
    [InlineData("webhook-audio-voice", InboundKind.Voice, null, null)]
    [InlineData("webhook-location", InboundKind.Location, null, null)]
    [InlineData("webhook-unsupported", InboundKind.Other, null, null)]
    public void A_recorded_message_is_read_as(string name, InboundKind kind, string? text, string? token)
    {
        var message = Assert.Single(Read(name).Messages);
        Assert.Equal((kind, token, Sheena, "+16505551234"), (message.Kind, message.ButtonToken, message.Address, message.Phone));
        Assert.True(text is null || text == message.Text);
        Assert.Equal("Sheena Nelson", message.SenderName);
        Assert.NotNull(message.WrittenUtc);
    }

    [Fact]
    public void Somebody_without_a_number_is_known_by_the_business_scoped_id()
    {
        var message = Assert.Single(Read("webhook-text-bsuid-only").Messages);
        Assert.Equal((Sheena, null, "hi"), (message.Address, message.Phone, message.Text));
    }

    [Fact]
    public void Before_business_scoped_ids_the_number_is_the_address()
    {
        var message = Assert.Single(Read("webhook-text-2025").Messages);
        Assert.Equal(("+16505551234", "+16505551234"), (message.Address, message.Phone));
    }

    [Fact]
    public void The_answer_to_our_request_for_a_number_is_the_persons_own()
    {
        var message = Assert.Single(Read("webhook-contact-request-shared").Messages);
        Assert.Equal((InboundKind.OwnContact, "+447700900123"), (message.Kind, message.Phone));
    }

    [Fact]
    public void A_changed_number_says_where_the_person_writes_from_now_on()
    {
        var message = Assert.Single(Read("webhook-system-number-changed").Messages);
        Assert.Equal((InboundKind.NumberChanged, Sheena, "+16505559999", "+16505559999"), (message.Kind, message.Address, message.NewAddress, message.Phone));
    }

    [Fact]
    public void A_batch_is_read_whole_and_in_order()
    {
        var batch = Read("webhook-batch");
        Assert.Equal(["one", "zwei"], batch.Messages.Select(message => message.Text));
        Assert.Equal(DeliveryProgress.Read, Assert.Single(batch.Statuses).Progress);
    }

    [Theory]
    [InlineData("webhook-other-field")]
    [InlineData("webhook-other-number")]
    [InlineData("webhook-reaction")]
    [InlineData("webhook-reaction-removed")]
    public void What_concerns_nobody_is_nothing(string name)
    {
        var read = Read(name);
        Assert.True(read is { Messages.Count: 0, Statuses.Count: 0, AccountErrors.Count: 0 });
    }

    [Fact]
    public void Troubles_of_the_account_are_told() => Assert.Equal([130429], Read("webhook-value-errors").AccountErrors);

    [Theory]
    [InlineData("status-sent", DeliveryProgress.Sent, null, "service", false)]
    [InlineData("status-sent-template-billable", DeliveryProgress.Sent, null, "utility", true)]
    [InlineData("status-delivered", DeliveryProgress.Delivered, null, "service", false)]
    [InlineData("status-read", DeliveryProgress.Read, null, null, false)]
    [InlineData("status-failed-131026", DeliveryProgress.Failed, 131026, null, false)]
    [InlineData("status-failed-131047", DeliveryProgress.Failed, 131047, null, false)]
    [InlineData("status-failed-131049", DeliveryProgress.Failed, 131049, null, false)]
    public void A_recorded_status_is_read_as(string name, DeliveryProgress progress, int? error, string? category, bool isBillable)
    {
        var status = Assert.Single(Read(name).Statuses);
        Assert.Equal((progress, 17L, error, category, isBillable), (status.Progress, status.OutboxId, status.ErrorCode == 0 ? null : status.ErrorCode, status.Category, status.IsBillable));
    }

    [Fact]
    public void Every_recording_has_an_update_key_that_tells_nobody_and_repeats()
    {
        foreach (var path in Directory.GetFiles(Folder, "webhook-*.json"))
        {
            var (first, again) = (Read(Path.GetFileNameWithoutExtension(path)), Read(Path.GetFileNameWithoutExtension(path)));
            Assert.Equal(first.Messages.Select(message => message.UpdateKey), again.Messages.Select(message => message.UpdateKey));
            Assert.All(first.Messages, message => Assert.Matches("^[0-9a-f]{32}$", message.UpdateKey));
        }
    }

    [Theory]
    [InlineData("\"timestamp\":\"1795300000\"", "2026-11-21T22:26:40")]
    [InlineData("\"timestamp\":\"1795300000000\"", "2026-11-21T22:26:40")]
    [InlineData("\"timestamp\":\"99999999999999999\"", null)]
    [InlineData("\"timestamp\":1795300000", null)]
    [InlineData("\"timestamp\":\"soon\"", null)]
    public void The_time_is_seconds_or_milliseconds_or_unknown(string member, string? expected) => Assert.Equal(
        expected, Assert.Single(ReadItem($"\"type\":\"text\",\"text\":{{\"body\":\"x\"}},{member}").Messages).WrittenUtc?.ToString("s", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("\"type\":\"sticker\",\"sticker\":{}", InboundKind.Other)]
    [InlineData("\"type\":\"video\",\"video\":{}", InboundKind.Other)]
    [InlineData("\"type\":\"order\",\"order\":{}", InboundKind.Other)]
    [InlineData("\"type\":\"hologram\"", InboundKind.Other)]
    [InlineData("\"type\":\"text\"", InboundKind.Other)]
    [InlineData("\"type\":\"text\",\"text\":{\"body\":\"\\ud83d\"}", InboundKind.Other)]
    [InlineData("\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\"}", InboundKind.Other)]
    [InlineData("\"type\":\"button\",\"button\":{\"payload\":\"Menu\",\"text\":\"Menu\"}", InboundKind.Text)]
    [InlineData("\"type\":\"text\",\"group_id\":\"g\",\"text\":{\"body\":\"halo\"}", InboundKind.Group)]
    [InlineData("\"type\":\"contacts\",\"contacts\":[{\"phones\":[{\"wa_id\":\"6281234567890\"}]}]", InboundKind.OwnContact)]
    [InlineData("\"type\":\"contacts\",\"contacts\":[{\"phones\":[{\"wa_id\":\"6281234567891\"}]}]", InboundKind.ForeignContact)]
    [InlineData("\"type\":\"contacts\",\"contacts\":[{\"phones\":[{\"wa_id\":\"6281234567890\"}]},{}]", InboundKind.ForeignContact)]
    public void Other_content_is_read_as(string content, InboundKind kind) => Assert.Equal(kind, Assert.Single(ReadItem(content).Messages).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"entry\":[")]
    [InlineData("\u00ff")]
    public void What_is_no_json_object_is_a_format_error(string body) =>
        Assert.Throws<FormatException>(() => WhatsAppNotification.Read(Encoding.Latin1.GetBytes(body), OurNumber, TestDatabase.OneVault));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"entry\":5}")]
    [InlineData("{\"entry\":[null,5,{\"changes\":[null,{\"field\":\"messages\"},{\"field\":\"messages\",\"value\":{\"metadata\":[]}}]}]}")]
    public void What_lacks_everything_is_nothing(string body) =>
        Assert.Empty(WhatsAppNotification.Read(Encoding.UTF8.GetBytes(body), OurNumber, TestDatabase.OneVault).Messages);

    [Theory]
    [InlineData("\"id\":\"x\",\"from\":\"\"")]
    [InlineData("\"from\":\"6281234567890\"")]
    public void A_message_without_sender_or_id_is_nobodys(string members) => Assert.Empty(ReadBare($"{members},\"type\":\"text\",\"text\":{{\"body\":\"x\"}}").Messages);

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "webhooks", "whatsapp");

    private static WhatsAppNotification Read(string name) =>
        WhatsAppNotification.Read(File.ReadAllBytes(Path.Combine(Folder, name + ".json")), OurNumber, TestDatabase.OneVault);

    private static WhatsAppNotification ReadItem(string content) => ReadBare($"\"id\":\"wamid.x\",\"from\":\"6281234567890\",{content}");

    private static WhatsAppNotification ReadBare(string members) => WhatsAppNotification.Read(
        Encoding.UTF8.GetBytes(
            $"{{\"entry\":[{{\"changes\":[{{\"field\":\"messages\",\"value\":{{\"metadata\":{{\"phone_number_id\":\"{OurNumber}\"}},\"messages\":[{{{members}}}]}}}}]}}]}}"),
        OurNumber,
        TestDatabase.OneVault);
}
