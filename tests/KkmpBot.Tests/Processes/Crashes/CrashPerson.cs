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

    // A reply comes again only while it is not marked as sent: what is older than this was marked.
    private const int Remembered = 6;
    private readonly Queue<string> heard = new();

    public BotApiPerson Chat { get; } = chat;

    /// <summary>What was said, each an update of its own.</summary>
    public int Updates { get; private set; }

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
        foreach (var step in TelegramCity.Registration(nik))
            await SayAsync(step);
        await HearAsync("resmi menjadi anggota");
        IsMember = true;
    }

    /// <summary>Orders one packet of salt.</summary>
    /// <returns>The order's number as it was said.</returns>
    public async Task<string> OrderAsync()
    {
        await SayAsync(new("pesan", "Mau pesan apa"));
        await SayAsync(new("garam", "Mau berapa"));
        await SayAsync(new("1", "Keranjang Bapak/Ibu"));
        await SayAsync(new("Lanjut pesan", "Saya ulangi", Presses: true));
        var placed = await SayAsync(new("Ya, sudah benar", "Nomor pesanan: ", Presses: true));
        Placed++;
        return placed.Text.Split("Nomor pesanan: ")[1].Split('\n')[0].Trim();
    }

    public async Task CancelAsync(string number)
    {
        await SayAsync(new("pesanan saya", "Mau lihat yang mana"));
        await SayAsync(new(number, "menunggu diambil"));
        await SayAsync(new("Batalkan pesanan ini", "dibatalkan?", Presses: true));
        await SayAsync(new("Ya, batalkan", "sudah dibatalkan", Presses: true));
        Cancelled++;
    }

    /// <summary>Makes oneself known as the demo's officer.</summary>
    public async Task TakeOfficeAsync()
    {
        await SayAsync(new("/start", "Selamat datang"));
        await SayAsync(new("", "sudah saya kenali", SharesContact: true));
    }

    /// <summary>Books a month's due of a demo member who has no phone here.</summary>
    public async Task TakeDepositAsync()
    {
        await SayAsync(new("terima", "Setoran dari siapa"));
        await SayAsync(new("slamet hartono", "dipastikan orangnya"));
        await SayAsync(new("Slamet Hartono", "berapa bulan", Presses: true));
        await SayAsync(new("1", "sudah dihitung"));
        await SayAsync(new("Ya, catat", "Tercatat", Presses: true));
        Deposits++;
        await SayAsync(new("Selesai", "Baik", Presses: true));
    }

    private async Task<BotMessage> SayAsync(PersonStep step)
    {
        Updates++;
        TelegramCity.Send(Chat, step);
        return await HearAsync(step.Answer);
    }

    private async Task<BotMessage> HearAsync(string words)
    {
        while (true)
        {
            var message = await NextAsync(words);
            var content = ContentOf(message);
            if (heard.Contains(content))
                continue;
            heard.Enqueue(content);
            if (heard.Count > Remembered)
                heard.Dequeue();
            if (message.Text.Contains(words, StringComparison.Ordinal))
                return message;
            Assert.False(message.Text.StartsWith("Maaf, ada gangguan", StringComparison.Ordinal), $"Chat {Chat.Id} waits for '{words}' and got an apology.");
        }
    }

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
