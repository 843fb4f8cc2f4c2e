using System.Text;
using KkmpBot.Channels;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// Plays every transcript. At each step the conversation is stored and read back, the same message is delivered again and may change
/// nothing, and each reply has to fit every channel.
/// </summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Files => new(Transcript.Files());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Plays(string file)
    {
        var transcript = Transcript.Read(file);
        await using var bot = await TestBot.StartAsync();
        var player = new Player(bot, transcript.File);
        await player.BecomeAsync(transcript.As);
        foreach (var line in transcript.Lines)
            await player.PlayAsync(line);
        player.ExpectNothingUnsaid();
        foreach (var (table, rows) in transcript.RowsAfter)
            Assert.True(rows == await bot.CountAsync(table), $"{file}: {table} has {await bot.CountAsync(table)} rows, not {rows}.");
    }

    private sealed class Player(TestBot bot, string file)
    {
        private readonly Dictionary<string, int> heard = [];
        private string address = "";
        private OutboundMessage? last;

        public async Task BecomeAsync(string who)
        {
            ExpectNothingUnsaid();
            address = who.StartsWith("stranger", StringComparison.Ordinal) ? who : DemoData.PhoneOf(who);
            if (address == who)
                return;
            last = Received().LastOrDefault(message => message.Buttons.Count > 0);
            if (bot.Inbox.ContainsKey(address))
                return;
            // A demo person comes to the console as `chat --as` brings them: by their number, silently.
            await bot.TakeAsync(bot.Message(address, InboundKind.OwnContact, phone: address));
            heard[address] = Received().Count;
        }

        public async Task PlayAsync(TranscriptLine line)
        {
            switch (line.Verb)
            {
                case "as":
                    await BecomeAsync(line.Text);
                    break;
                case "user":
                    await SendAsync(line, bot.Message(address, InboundKind.Text, line.Text));
                    break;
                case "pick":
                    await SendAsync(line, bot.Message(address, InboundKind.Button, token: Token(line)));
                    break;
                case "contact":
                    await SendAsync(line, bot.Message(address, InboundKind.OwnContact, phone: line.Text));
                    break;
                case "send":
                    await SendAsync(line, bot.Message(address, Enum.TryParse<InboundKind>(line.Text, ignoreCase: true, out var kind) ? kind : InboundKind.Other));
                    break;
                case "wait":
                    ExpectNothingUnsaid();
                    await bot.WaitAsync(Span(line.Text));
                    break;
                case "bot" or "news":
                    Expect(line);
                    break;
                default:
                    throw new InvalidDataException($"{At(line)}: '{line.Verb}' is not a verb of transcripts.");
            }
        }

        public void ExpectNothingUnsaid()
        {
            var unread = address.Length == 0 ? [] : Received().Skip(heard.GetValueOrDefault(address)).ToList();
            var told = string.Join(" / ", unread.Select(message => message.Text));
            Assert.True(unread.Count == 0, $"{file}: the transcript does not mention what {address} was told: {told}");
        }

        private async Task SendAsync(TranscriptLine line, InboundMessage message)
        {
            ExpectNothingUnsaid();
            var result = await bot.TakeAsync(message);
            Assert.Equal(TurnReceipt.Committed, result.Receipt);
            foreach (var draft in result.Outbox)
                ChannelFit.Check(draft.Message, At(line));
            var before = await bot.FingerprintAsync();
            var again = await bot.TakeAsync(message);
            Assert.True(again.Receipt == TurnReceipt.Duplicate && again.Outbox.Count == 0, $"{At(line)}: a redelivery was handled again.");
            Assert.True(before == await bot.FingerprintAsync(), $"{At(line)}: a redelivery changed the database.");
        }

        private void Expect(TranscriptLine line)
        {
            var unread = Received().Skip(heard.GetValueOrDefault(address)).ToList();
            Assert.True(unread.Count > 0, $"{At(line)}: the bot said nothing, but the transcript expects: {line.Text}");
            var said = unread[0];
            heard[address] = heard.GetValueOrDefault(address) + 1;
            if (line.Verb == "bot")
                last = said;
            var buttons = string.Join(" | ", said.Buttons.Select(button => button.Label));
            Assert.True(
                Matches(Fold(line.Text), Fold(said.Text)),
                $"{At(line)}\nexpected: {Fold(line.Text)}\nthe bot said: {Fold(said.Text)}\nbuttons: {buttons}");
        }

        private string Token(TranscriptLine line)
        {
            var button = last?.Buttons.FirstOrDefault(button => Matches(Fold(line.Text), Fold(button.Label)));
            return button?.Token
                ?? throw new InvalidDataException($"{At(line)}: there is no button '{line.Text}'; there is {string.Join(" | ", last?.Buttons.Select(b => b.Label) ?? [])}.");
        }

        private List<OutboundMessage> Received() => bot.Inbox.GetValueOrDefault(address) ?? [];

        private string At(TranscriptLine line) => $"tests/conversations/{file}:{line.Number}";

        private static TimeSpan Span(string text)
        {
            var amount = double.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture);
            return text[^1] switch
            {
                's' => TimeSpan.FromSeconds(amount),
                'm' => TimeSpan.FromMinutes(amount),
                'h' => TimeSpan.FromHours(amount),
                'd' => TimeSpan.FromDays(amount),
                _ => throw new InvalidDataException($"'{text}' is no time span: 3s, 5m, 2h, 1d."),
            };
        }

        private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        // An ellipsis stands for anything, everything else for itself.
        private static bool Matches(string pattern, string text)
        {
            var parts = pattern.Split('…').Select(part => part.Trim()).ToArray();
            if (parts.Length == 1)
                return pattern == text;
            var at = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                var found = i == parts.Length - 1 && parts[i].Length > 0
                    ? Math.Max(at, text.Length - parts[i].Length)
                    : at;
                found = text.IndexOf(parts[i], found, StringComparison.Ordinal);
                if (found < 0 || (i == 0 && found != 0))
                    return false;
                at = found + parts[i].Length;
            }
            return parts[^1].Length == 0 || at == text.Length;
        }
    }
}

/// <summary>The limits of every channel, checked on each reply that a transcript meets.</summary>
internal static class ChannelFit
{
    public static void Check(OutboundMessage message, string place)
    {
        Assert.True(message.Text.Length is > 0 and <= 4096, $"{place}: a text of {message.Text.Length} characters fits no channel.");
        Assert.True(message.Buttons.Count <= 10, $"{place}: {message.Buttons.Count} buttons do not fit a WhatsApp list.");
        foreach (var button in message.Buttons)
        {
            Assert.True(button.Label.Length is > 0 and <= 24, $"{place}: the label '{button.Label}' is too long for a WhatsApp list.");
            Assert.True((button.Detail?.Length ?? 0) <= 72, $"{place}: the detail '{button.Detail}' is too long for a WhatsApp list.");
            Assert.True(Encoding.UTF8.GetByteCount(button.Token) <= 64, $"{place}: the token of '{button.Label}' is over Telegram's 64 bytes.");
        }
    }
}
