using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>Random people, seeded: whatever they send, whenever they come back, the machine answers within the platforms' limits.</summary>
public sealed class HostileTests
{
    private const int Chats = 100;
    private const int Messages = 60;

    private static readonly string[] Words =
    [
        "pesan", "menu", "batal", "saldo", "petugas", "bantuan", "halo", "1", "2", "3", "0", "-1", "99999999999999999999", "5 kg", "setengah",
        "beras", "gula", "teh", "ya", "tidak", "lanjut", "berikutnya", "data diri", "isi rak", "", " ", "\0", "{member.nickname}", "{{", "/", "/@", "@",
        "\ud83d", "\ude00\ud83d", "٣", "Ⅷ", "𝟓", "a\u0301\u0301\u0301", "\u202e", "<<: *x", "'; drop table", "__resume", "start:order", "İ",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_that_is_sent_throws_or_goes_unanswered(int seed)
    {
        var random = new Random(seed);
        var market = new Market();
        foreach (var i in Enumerable.Range(1, 25))
            market.Shelf.Add(Market.Goods($"teh_{i}", $"Teh {i}", 1_000 * i, i));
        market.Files["interruptions.yaml"] += "\nagain: { words: [order lagi], then: detour, to: order }";
        var chat = market.Open();
        for (var i = 0; i < Chats; i++)
        {
            chat.State = ConversationState.Empty;
            for (var j = 0; j < Messages; j++)
            {
                var reply = chat.Send(AnyAnswer(random, chat));
                Assert.InRange(reply.Text.Length, 1, 4096);
                Assert.InRange(reply.Options.Count, 0, Choices.MaxShown);
                Assert.InRange(chat.State.Frames.Count, 0, ConversationState.MaxDetours + 1);
                Assert.InRange(chat.State.Parked.Count, 0, ConversationState.MaxParked);
                if (random.Next(20) == 0)
                    chat.Play($"~ {random.Next(1, 300)}m");
                if (random.Next(30) == 0)
                    chat.State = Damaged(random, chat.State);
            }
        }
    }

    private static Answer AnyAnswer(Random random, Chat chat) => random.Next(10) switch
    {
        0 => new UnreadableAnswer(random.Next(2) == 0 ? "unreadable_photo" : "unheard_of"),
        1 => new ContactAnswer("+6281234567890"),
        2 => new PickAnswer(Words[random.Next(Words.Length)]),
        3 or 4 when chat.State.Frames is [.., { Options: { Count: > 0 } options }] => new PickAnswer(options[random.Next(options.Count)].Key),
        3 or 4 when chat.State.Offered is { Count: > 0 } offered => new PickAnswer(offered[random.Next(offered.Count)].Key),
        5 => new TextAnswer(new string([.. Enumerable.Range(0, random.Next(300)).Select(_ => (char)random.Next(1, 0xFFFF))])),
        6 => new TextAnswer($"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]}"),
        _ => new TextAnswer(Words[random.Next(Words.Length)]),
    };

    // A stored state as another version of the program, or a clumsy hand, may have left it.
    private static ConversationState Damaged(Random random, ConversationState state)
    {
        if (state.Frames.Count == 0)
            return state;
        var frame = state.Frames[^1];
        var damaged = random.Next(6) switch
        {
            0 => frame with { State = "nowhere" },
            1 => frame with { Dialog = "nowhere" },
            2 => frame with { Memory = new Dictionary<string, Value>() },
            3 => frame with { Options = [new Option("a", "b")] },
            4 => frame with { Page = 1000 },
            _ => frame with { Memory = frame.Memory.ToDictionary(held => held.Key, _ => (Value)new TextValue("x")), Version = 0 },
        };
        return state with { Frames = [.. state.Frames.SkipLast(1), damaged], Parked = [.. state.Parked, frame with { Dialog = "gone" }] };
    }
}
