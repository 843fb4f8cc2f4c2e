using System.Text;
using System.Text.Json;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Conversations;

/// <summary>A conversation's row is written and read by hand; what goes in has to come out, also out of rows that the serializer wrote.</summary>
public sealed class StoredConversationTests
{
    private static readonly RecordValue Rice = RecordValue.Of(
        ("key", new TextValue("beras")),
        ("price", new MoneyValue(70_000)),
        ("stock", new QuantityValue(12.5m)),
        ("packs", new WholeValue(-3)),
        ("since", new DateValue(new DateOnly(2026, 11, 22))),
        ("halal", new YesNoValue(true)),
        ("like", new ListValue([RecordValue.Of(("key", new TextValue("ketan")))])));

    private static readonly StoredConversation Everything = new(
        new ConversationState(
            [
                new Frame("order", 3, "choose", new Dictionary<string, Value> { ["product"] = Rice, ["words"] = new TextValue("\"petik\" & <baris>\n😀 é") }, 2,
                    [new Option("beras", "Beras 5 kg", "Rp70.000", Rice), new Option("back", "Kembali")], 1, new DateTime(2026, 11, 22, 7, 8, 9, DateTimeKind.Utc)),
                new Frame("savings", 1, "ask", new Dictionary<string, Value>(), 0, [], 0, new DateTime(2026, 11, 22, 7, 9, 0, 123, DateTimeKind.Utc)),
            ],
            [new Frame("register", 1, "ask_nik", new Dictionary<string, Value>(), 0, [], 0, new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc))],
            "jv")
        { Offered = [new Option("start:order", "Pesan sembako")] },
        ["beras", "back"]);

    private static readonly Vault Vault = new(new byte[32]);

    public static TheoryData<string> Broken => ["", "null", "[]", "{", """{"State":{"Frames":[{"Memory":{"a":{}}}]}}""", """{"State":{"Frames":{}}}""", """{"Pressable":[null]}"""];

    [Fact]
    public void Keeps_what_a_sentence_said_and_what_it_was_asked_about()
    {
        var heard = new Dictionary<string, string> { ["choose_product"] = "", ["ask_price"] = "Rp28500" };
        var frame = new Frame("stock", 2, "choose_act", new Dictionary<string, Value>(), 0, [], 0, new DateTime(2026, 11, 22, 7, 8, 9, DateTimeKind.Utc))
        {
            Heard = heard,
        };
        var state = ConversationState.Empty with { Frames = [frame], Offered = [new Option("start:order", "Pesan sembako")], OfferedFor = "beras" };

        var read = StoredConversation.Open(Vault, new StoredConversation(state, []).Seal(Vault)).State;

        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void What_goes_in_comes_out()
    {
        var opened = StoredConversation.Open(Vault, Everything.Seal(Vault));
        Assert.Equal(Plain(Everything), Plain(opened));
        Assert.Equal(DateTimeKind.Utc, opened.State.Frames[0].SinceUtc.Kind);
        Assert.Equal(Plain(StoredConversation.Empty), Plain(StoredConversation.Open(Vault, StoredConversation.Empty.Seal(Vault))));
    }

    [Fact]
    public void A_row_that_the_serializer_wrote_is_read() =>
        Assert.Equal(Plain(Everything), Plain(StoredConversation.Open(Vault, Vault.SealBytes(Encoding.UTF8.GetBytes(Plain(Everything))))));

    [Fact]
    public void Members_of_a_later_version_are_passed_over() => Assert.Equal(
        "savings",
        StoredConversation.Open(Vault, Vault.SealBytes("""{"New":[{"a":1}],"State":{"Frames":[{"New":{"b":[]},"Dialog":"savings"}]}}"""u8)).State.Frames[0].Dialog);

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_no_conversation_throws(string json) =>
        Assert.ThrowsAny<Exception>(() => StoredConversation.Open(Vault, Vault.SealBytes(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Sealing_twice_gives_two_ciphertexts_in_any_thread()
    {
        var sealedTexts = Enumerable.Range(0, 2000).AsParallel().Select(_ => Convert.ToBase64String(Vault.Seal("sama").Cipher)).ToList();
        Assert.Equal(sealedTexts.Count, sealedTexts.Distinct().Count());
        Assert.All(sealedTexts, cipher => Assert.Equal("sama", Vault.Open(new SealedText(Convert.FromBase64String(cipher)))));
    }

    private static string Plain(StoredConversation stored) => JsonSerializer.Serialize(stored);
}
