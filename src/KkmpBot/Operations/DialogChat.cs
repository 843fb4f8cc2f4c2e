using System.Globalization;
using System.Security.Cryptography;
using KkmpBot.Channels;
using KkmpBot.Channels.Console;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Operations;

/// <summary>
/// A chat with one dialog on a database that is thrown away afterwards, with the demo's people and goods in it. What was said can be
/// recorded as a transcript. A line is what the person writes, or one of the verbs of transcripts after a colon: <c>:pick Setuju</c>,
/// <c>:wait 2h</c>, <c>:as officer</c>, <c>:contact +62…</c>, <c>:send photo</c>.
/// </summary>
public sealed class DialogChat : IAsyncDisposable
{
    private const string Channel = "console";
    private const string Stranger = "stranger";

    private readonly Bench bench;
    private readonly DirectoryInfo folder;
    private readonly ConsoleChannel screen;
    private readonly TextWriter output;
    private readonly TranscriptRecord record;
    private readonly Dictionary<string, Queue<OutboxDraft>> unread = [];
    private readonly Dictionary<string, OutboundMessage> last = [];
    private string address = Stranger;
    private DateTime utcNow = Bench.StartUtc;
    private string code = "";
    private int updates;

    private DialogChat(Bench bench, DirectoryInfo folder, TextWriter output, TranscriptRecord record)
    {
        this.bench = bench;
        this.folder = folder;
        this.output = output;
        this.record = record;
        screen = new ConsoleChannel(output);
    }

    /// <summary>Chats until the input ends.</summary>
    /// <param name="catalog">The dialogs.</param>
    /// <param name="dialog">The one that is opened first.</param>
    /// <param name="role">Who talks: stranger, or a demo person as <see cref="DemoData.PhoneOf"/> names them.</param>
    /// <param name="input">Lines.</param>
    /// <param name="output">Replies.</param>
    /// <returns>What was said, as a transcript.</returns>
    public static async Task<string> RunAsync(DialogCatalog catalog, Dialog dialog, string role, TextReader input, TextWriter output)
    {
        await using var chat = await OpenAsync(catalog, role, output);
        await chat.BecomeAsync(role);
        var opening = dialog.Title.Indonesian.Source;
        await output.WriteLineAsync($"> {opening}");
        await chat.ObeyAsync("user", opening);
        while (await input.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(':') && line.Split(' ', 2) is [var verb, var rest])
                await chat.ObeyAsync(verb[1..], rest.Trim());
            else if (line.Length > 0)
                await chat.ObeyAsync("user", line.Length > InboundMessage.MaxTextLength ? line[..InboundMessage.MaxTextLength] : line);
        }
        return chat.record.Write();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<DialogChat> OpenAsync(DialogCatalog catalog, string role, TextWriter output)
    {
        var trial = Directory.CreateTempSubdirectory("kkmp-trial-");
        var database = Database.Sqlite(Path.Combine(trial.FullName, "kkmp.db"));
        await database.MigrateAsync(CancellationToken.None);
        var vault = new Vault(RandomNumberGenerator.GetBytes(32));
        await using (var connection = await database.OpenAsync(CancellationToken.None))
        await using (var context = database.Context(connection))
            await DemoData.LoadAsync(context, vault, Bench.StartUtc, CancellationToken.None);
        var settings = new TurnSettings { AutoApprove = true };
        settings.OwnChannels.Add(Channel);
        return new DialogChat(await Bench.OpenAsync(database, vault, catalog, settings), trial, output, new TranscriptRecord(role));
    }

    // What cannot be done is said, and not recorded.
    private async Task ObeyAsync(string verb, string text)
    {
        switch (verb)
        {
            case "user":
                record.Add(verb, text);
                await SendAsync(InboundKind.Text, text: text);
                break;
            case "pick" when last.GetValueOrDefault(address)?.Buttons.FirstOrDefault(button => button.Label == text) is { } button:
                record.Add(verb, text);
                await SendAsync(InboundKind.Button, token: button.Token);
                break;
            case "contact" when text.Length > 0:
                record.Add(verb, text);
                await SendAsync(InboundKind.OwnContact, phone: text);
                break;
            case "send" when Enum.TryParse<InboundKind>(text, ignoreCase: true, out var kind):
                record.Add(verb, text);
                await SendAsync(kind);
                break;
            case "wait" when Span(text) is { } span:
                record.Add(verb, text);
                utcNow += span;
                foreach (var result in await bench.RunDueAsync(utcNow))
                    Deliver(result);
                await ReadAsync();
                break;
            case "as" when IsPerson(text):
                record.Add(verb, text);
                await BecomeAsync(text);
                break;
            default:
                await output.WriteLineAsync($"':{verb} {text}' cannot be done here. There are :pick LABEL, :contact +62…, :send photo, :wait 2h, :as officer.\n");
                break;
        }
    }

    private static bool IsPerson(string role) => role.StartsWith(Stranger, StringComparison.Ordinal) || DemoData.Roles.Contains(role);

    // A demo person comes to the console as `chat --as` brings them: by their number, silently.
    private async Task BecomeAsync(string role)
    {
        address = role.StartsWith(Stranger, StringComparison.Ordinal) ? role : DemoData.PhoneOf(role);
        if (address != role && !unread.ContainsKey(address))
        {
            await bench.TakeAsync(Message(InboundKind.OwnContact, phone: address), utcNow);
            unread[address] = [];
        }
        await ReadAsync();
    }

    // A person can type the code of a receipt that somebody got; which one it is, is another at every recording.
    private async Task SendAsync(InboundKind kind, string? text = null, string? token = null, string? phone = null)
    {
        text = text?.Replace("{code}", code, StringComparison.Ordinal);
        Deliver(await bench.TakeAsync(Message(kind, text, token, phone), utcNow));
        await ReadAsync();
    }

    private InboundMessage Message(InboundKind kind, string? text = null, string? token = null, string? phone = null) =>
        new(Channel, (++updates).ToString(CultureInfo.InvariantCulture), address, kind, text, token, phone);

    private void Deliver(TurnResult result)
    {
        foreach (var draft in result.Outbox)
        {
            code = Ledger.ReceiptCode.Find(draft.Message.Text) is { Code: not Ledger.ReceiptCode.Example and var told } ? told : code;
            if (!unread.TryGetValue(draft.Message.Address, out var queue))
                unread[draft.Message.Address] = queue = new Queue<OutboxDraft>();
            queue.Enqueue(draft);
        }
    }

    private async Task ReadAsync()
    {
        while (unread.TryGetValue(address, out var queue) && queue.TryDequeue(out var draft))
        {
            record.Add(draft.IsReply ? "bot" : "news", draft.Message.Text);
            if (draft.IsReply)
                last[address] = draft.Message;
            await screen.SendAsync(draft.Message, CancellationToken.None);
        }
    }

    private static TimeSpan? Span(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMinutes(amount),
            'h' => TimeSpan.FromHours(amount),
            'd' => TimeSpan.FromDays(amount),
            _ => null,
        };
    }
}
