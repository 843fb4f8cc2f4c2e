using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Ledger;
using KkmpBot.Operations;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// Random people, seeded, on the real dialogs and a real database: whatever they send, nobody goes without an answer, no answer is over
/// a channel's limit, <c>menu</c> always leads to the menu, and the books stay right.
/// </summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Steps = 1_000;
    private const int LongSteps = 20_000;
    private const int Remembered = 12;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 };
    private static readonly string[] People =
        ["stranger-1", "stranger-2", .. new[] { "member", "neighbour", "civil_servant", "officer", "treasurer", "warehouse", "supervisor" }.Select(DemoData.PhoneOf)];

    // The long form looks where nobody has looked yet; its seed is printed, and can be added here.
    public static TheoryData<int> Seeds => IsLong ? new(1, 2, 3, Environment.TickCount) : new(1, 2, 3);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nobody_is_left_without_an_answer(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var bot = await TestBot.StartAsync();
        var walker = new Walker(bot, new HostileInput(new Random(seed)));
        foreach (var person in People.Where(person => person[0] == '+'))
            await bot.TakeAsync(bot.Message(person, InboundKind.OwnContact, phone: person));
        var acts = new Queue<string>();
        for (var step = 1; step <= (IsLong ? LongSteps : Steps); step++)
        {
            try
            {
                await walker.StepAsync(acts);
            }
            catch (Exception failure)
            {
                throw new XunitException($"seed {seed}, step {step}, after\n  {string.Join("\n  ", acts.TakeLast(Remembered))}", failure);
            }
        }
        Assert.Empty((await LedgerVerifier.VerifyAsync(bot.Database, CancellationToken.None)).Faults);
        output.WriteLine($"walked {bot.Walked.Count} edges");
    }

    private sealed class Walker(TestBot bot, HostileInput input)
    {
        public async Task StepAsync(Queue<string> acts)
        {
            var person = input.OneOf(People);
            if (input.OneIn(50))
            {
                var span = TimeSpan.FromMinutes(input.OneIn(5) ? input.Below(6_000) : input.Below(90));
                acts.Enqueue($"wait {span}");
                await bot.WaitAsync(span);
            }
            await SendAsync(person, await AnyMessageAsync(person), acts);
            if (!input.OneIn(40))
                return;
            var menu = await SendAsync(person, bot.Message(person, InboundKind.Text, "menu"), acts);
            Assert.True(menu.Walked.Any(edge => edge.StartsWith("menu: [start] -> ", StringComparison.Ordinal)), "'menu' does not lead to the menu.");
        }

        private async Task<TurnResult> SendAsync(string person, InboundMessage message, Queue<string> acts)
        {
            acts.Enqueue($"{person}: {message.Kind} {message.Text ?? message.ButtonToken}");
            var result = await bot.TakeAsync(message);
            Assert.Equal(TurnReceipt.Committed, result.Receipt);
            Assert.Contains(result.Outbox, draft => draft.IsReply && draft.Message.Address == person);
            foreach (var draft in result.Outbox)
                ChannelFit.Check(draft.Message, person);
            return result;
        }

        private async Task<InboundMessage> AnyMessageAsync(string person)
        {
            var asked = await bot.AskedAsync(person);
            return asked is not null && !input.OneIn(4) ? bot.Message(person, InboundKind.Text, input.AnswerTo(asked)) : AnyMessage(person);
        }

        private InboundMessage AnyMessage(string person) => input.Below(20) switch
        {
            < 9 when TokenOf(person, last: true) is { } token => bot.Message(person, InboundKind.Button, token: token),
            9 when TokenOf(person, last: false) is { } stale => bot.Message(person, InboundKind.Button, token: stale),
            10 when TokenOf(input.OneOf(People), last: true) is { } foreign => bot.Message(person, InboundKind.Button, token: foreign),
            11 => bot.Message(person, InboundKind.Button, token: input.Text()),
            12 => bot.Message(person, input.OneOf(HostileInput.Wordless)),
            13 => bot.Message(person, InboundKind.OwnContact, phone: person[0] == '+' ? person : "+6281298765432"),
            < 17 => bot.Message(person, InboundKind.Text, input.Sensible()),
            _ => bot.Message(person, InboundKind.Text, input.Text()),
        };

        private string? TokenOf(string person, bool last)
        {
            var received = bot.Inbox.GetValueOrDefault(person)?.Where(message => message.Buttons.Count > 0).ToList() ?? [];
            if (received.Count == 0)
                return null;
            return input.OneOf(last ? received[^1].Buttons : input.OneOf(received).Buttons).Token;
        }
    }
}
