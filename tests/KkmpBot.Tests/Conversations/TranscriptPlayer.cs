using KkmpBot.Channels;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Conversations;

/// <summary>Plays a transcript's lines: who talks, what they send, what the bot has to say.</summary>
public sealed class TranscriptPlayer(TestBot bot, string file)
{
    private readonly Dictionary<string, int> heard = [];
    private string address = "";
    private string code = "";
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
                await SendAsync(line, bot.Message(address, InboundKind.Text, Filled(line.Text)));
                break;
            case "pick":
                await SendAsync(line, bot.Message(address, InboundKind.Button, token: Token(line)));
                break;
            case "code":
                await SendAsync(line, bot.Message(address, InboundKind.Text, LastCode(line)));
                break;
            case "page":
                ExpectNothingUnsaid();
                Assert.Null(await bot.WriteNikAsync(address, LastAfter("/nik/"), line.Text));
                break;
            case "known":
                await SendAsync(line, bot.Message(address, InboundKind.Text, "halo", phone: line.Text));
                break;
            case "number":
                await SendAsync(line, bot.Message(address, InboundKind.NumberChanged, phone: line.Text) with { NewAddress = line.Text });
                break;
            case "contact":
                await SendAsync(line, bot.Message(address, InboundKind.OwnContact, phone: line.Text));
                break;
            case "send" when line.Text == "picture":
                await SendAsync(line, bot.Message(address, InboundKind.Photo) with { PictureReference = "AgACAgUAAxk" });
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
            case "file":
                ExpectFile(line);
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
        var before = await bot.ChangesAsync();
        var again = await bot.TakeAsync(message);
        Assert.True(again.Receipt == TurnReceipt.Duplicate && again.Outbox.Count == 0, $"{At(line)}: a redelivery was handled again.");
        Assert.True(before == await bot.ChangesAsync(), $"{At(line)}: a redelivery changed the database.");
    }

    private void Expect(TranscriptLine line)
    {
        var unread = Received().Skip(heard.GetValueOrDefault(address)).ToList();
        Assert.True(unread.Count > 0, $"{At(line)}: the bot said nothing, but the transcript expects: {line.Text}");
        var said = unread[0];
        heard[address] = heard.GetValueOrDefault(address) + 1;
        code = KkmpBot.Ledger.ReceiptCode.Find(said.Text) is { Code: not KkmpBot.Ledger.ReceiptCode.Example and var told } ? told : code;
        if (line.Verb == "bot")
            last = said;
        var buttons = string.Join(" | ", said.Buttons.Select(button => button.Label));
        Assert.True(
            Matches(Fold(line.Text), Fold(said.Text)),
            $"{At(line)}\nexpected: {Fold(line.Text)}\nthe bot said: {Fold(said.Text)}\nbuttons: {buttons}");
    }

    // The file of the message that was just read.
    private void ExpectFile(TranscriptLine line)
    {
        var name = Received().ElementAtOrDefault(heard.GetValueOrDefault(address) - 1)?.File?.Name ?? "nothing";
        Assert.True(Matches(line.Text, name), $"{At(line)}\nexpected the file: {line.Text}\nthe bot sent: {name}");
    }

    private string Token(TranscriptLine line)
    {
        var button = last?.Buttons.FirstOrDefault(button => Matches(Fold(line.Text), Fold(button.Label)));
        return button?.Token
            ?? throw new InvalidDataException($"{At(line)}: there is no button '{line.Text}'; there is {string.Join(" | ", last?.Buttons.Select(b => b.Label) ?? [])}.");
    }

    // The six digits that the bot showed somebody last: they are drawn anew each time.
    private string LastCode(TranscriptLine line) =>
        bot.Inbox.Values.SelectMany(messages => messages).OrderByDescending(message => message.OutboxId)
            .Select(message => message.Text.Split(' ', ',', '.').FirstOrDefault(word => word.Length == 6 && word.All(char.IsAsciiDigit)))
            .FirstOrDefault(code => code is not null) is { } found
            ? line.Text.Replace("…", found, StringComparison.Ordinal)
            : throw new InvalidDataException($"{At(line)}: the bot has shown no code.");

    private List<OutboundMessage> Received() => bot.Inbox.GetValueOrDefault(address) ?? [];

    private string Filled(string text) =>
        text.Replace("{code}", code, StringComparison.Ordinal)
            .Replace("{pickup}", LastAfter("ode pengambilan: "), StringComparison.Ordinal)
            .Replace("{invite}", LastAfter("undangan koperasi "), StringComparison.Ordinal);

    // The last word of that kind that anybody was told: "Kode pengambilan: 0001-K7PX".
    private string LastAfter(string before)
    {
        var told = bot.Inbox.Values.SelectMany(messages => messages).LastOrDefault(message => message.Text.Contains(before, StringComparison.Ordinal))?.Text ?? "";
        var at = told.IndexOf(before, StringComparison.Ordinal);
        return at < 0 ? "" : told[(at + before.Length)..].Split(['\n', ' ', '.'])[0];
    }

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
