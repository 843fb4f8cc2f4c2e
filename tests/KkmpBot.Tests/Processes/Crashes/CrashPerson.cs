using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Processes.Crashes;

/// <summary>
/// Somebody who goes on talking whatever happens to the program: says a thing, waits for its answer however long it takes, reads past what comes
/// twice, and counts what it must have caused.
/// </summary>
internal sealed class CrashPerson(BotApiPerson chat)
{
    // Only what hangs for ever is late: no machine is so slow, and no fault here lasts so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A reply comes again only while it is not marked as sent: what is older than this was marked, and may be said anew.
    private const int Remembered = 4;
    private readonly Queue<string> heard = new();

    public BotApiPerson Chat { get; } = chat;

    /// <summary>What was said, each an update of its own.</summary>
    public int Updates { get; private set; }

    /// <summary>Turns that no update of theirs explains: being recognized by the number moves a conversation on by one.</summary>
    public int ExtraTurns { get; private set; }

    public bool IsMember { get; private set; }

    public int Placed { get; private set; }

    public int Cancelled { get; private set; }

    public int Deposits { get; private set; }

    /// <summary>What tells a message from every other one of the chat, but for words that are said again much later.</summary>
    public static string ContentOf(string text, IEnumerable<string> tokens) => $"{text}\n[{string.Join(' ', tokens)}]";

    public static string ContentOf(BotMessage message) => ContentOf(message.Text, message.Buttons.Select(button => button.Data ?? ""));

    /// <summary>Joins, and waits until the demo has approved.</summary>
    public async Task JoinAsync(string nik)
    {
        await SayAsync(TelegramCity.Registration(nik));
        await HearAsync(new("", "resmi menjadi anggota"));
        IsMember = true;
    }

    /// <summary>Orders one packet of salt.</summary>
    /// <returns>The order's number as it was said.</returns>
    public async Task<string> OrderAsync()
    {
        var placed = await SayAsync(TelegramCity.OrderOfSalt);
        while (placed.Text.Contains(TelegramCity.TimeIsTaken, StringComparison.Ordinal))
            placed = await SayAsync(TelegramCity.OrderOfSalt[^1]);
        Placed++;
        return TelegramCity.NumberOf(placed.Text);
    }

    public async Task CancelAsync(string number)
    {
        await SayAsync(TelegramCity.Cancellation(number));
        Cancelled++;
    }

    /// <summary>Makes oneself known as the demo's officer.</summary>
    public async Task TakeOfficeAsync()
    {
        await SayAsync(TelegramCity.Greeting);
        ExtraTurns++;
    }

    /// <summary>Books a month's due.</summary>
    public async Task TakeDepositAsync()
    {
        await SayAsync(TelegramCity.Deposit(Deposits));
        Deposits++;
    }

    private async Task<BotMessage> SayAsync(IReadOnlyList<PersonStep> steps)
    {
        for (var next = 0; ;)
        {
            var answer = await SayAsync(steps[next]);
            // Between two versions whose questions differ it asks from the beginning, behind the word that opened them, and in the same words.
            if (IsFromTheBeginning(answer))
                heard.Clear();
            next = IsFromTheBeginning(answer) ? 1 : next + 1;
            if (next == steps.Count)
                return answer;
        }
    }

    private async Task<BotMessage> SayAsync(PersonStep step)
    {
        Updates++;
        TelegramCity.Send(Chat, step);
        return await HearAsync(step);
    }

    private async Task<BotMessage> HearAsync(PersonStep step)
    {
        while (true)
        {
            var message = await NextAsync(step.Answer);
            var content = ContentOf(message);
            if (heard.Contains(content))
                continue;
            heard.Enqueue(content);
            if (heard.Count > Remembered)
                heard.Dequeue();
            if (step.IsAnsweredBy(message.Text) || IsFromTheBeginning(message))
                return message;
            Assert.False(message.Text.StartsWith("Maaf, ada gangguan", StringComparison.Ordinal), $"Chat {Chat.Id} waits for '{step.Answer}' and got an apology.");
        }
    }

    private static bool IsFromTheBeginning(BotMessage message) => message.Text.StartsWith("Maaf, susunan pertanyaan", StringComparison.Ordinal);

    private async Task<BotMessage> NextAsync(string words)
    {
        try
        {
            return await Chat.WaitForReplyAsync(Patience);
        }
        catch (TimeoutException late)
        {
            var last = string.Join("\n--\n", Chat.Received.TakeLast(5).Select(message => message.Text));
            throw new InvalidOperationException($"Chat {Chat.Id} waits for '{words}' after {Updates} updates; the last it got:\n{last}", late);
        }
    }
}
