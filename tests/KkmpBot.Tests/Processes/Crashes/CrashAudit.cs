using System.Data.Common;
using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Processes.Crashes;

/// <summary>
/// Proves from the database and from what everybody received that every acknowledged update had exactly one effect, that every reply arrived in
/// its order, and that one came twice only where nobody could know that it had arrived.
/// </summary>
/// <param name="city">Where it happened.</param>
/// <param name="people">Who talked.</param>
/// <param name="connection">Reads what is stored.</param>
/// <param name="copies">Programs that ran beside each other: their lives do not follow one another.</param>
internal sealed class CrashAudit(TelegramCity city, IReadOnlyList<CrashPerson> people, DbConnection connection, int copies = 1)
{
    private const long GaramMilli = 1000;

    /// <summary>Replies and news that came more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Replies and news that were said.</summary>
    public int Said { get; private set; }

    public static async Task<long> CountEntriesAsync(TelegramCity city)
    {
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        return await new CrashAudit(city, [], connection).NumberAsync("SELECT COUNT(*) FROM journal_entries");
    }

    public async Task CheckAsync(long entriesBefore)
    {
        Assert.Empty(city.Api.Violations);
        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM dead_letters"));
        Assert.Equal(people.Sum(person => person.Updates), await NumberAsync("SELECT COUNT(*) FROM received_updates"));
        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM outbox WHERE status <> 1"));
        await CheckBooksAsync(entriesBefore);
        await CheckOrdersAsync();
        var vault = OpenVault();
        var persons = await ReadAsync("SELECT person_id, id, address FROM channel_addresses WHERE channel = 'telegram'", row => (
            Id: row.GetInt64(0), Address: row.GetInt64(1),
            Chat: long.Parse(vault.Open(new SealedText(row.GetFieldValue<byte[]>(2))), CultureInfo.InvariantCulture)));
        var said = (await ReadAsync("SELECT address_id, kind, payload FROM outbox WHERE kind < 2 ORDER BY id",
            row => (Address: row.GetInt64(0), Kind: row.GetInt32(1), Content: ContentOf(OutboxPayload.Open(vault, row.GetFieldValue<byte[]>(2))))))
            .ToLookup(row => row.Address);
        var turns = (await ReadAsync("SELECT id, turn_number FROM conversations", row => (row.GetInt64(0), row.GetInt32(1)))).ToDictionary();
        foreach (var person in people)
        {
            var (id, address, _) = persons.Single(found => found.Chat == person.Chat.Id);
            Assert.Equal(person.Updates + person.ExtraTurns, turns[id]);
            Assert.Equal(person.Updates, said[address].Count(row => row.Kind == 0));
            CheckOrder(person.Chat, [.. said[address].Select(row => (row.Kind, row.Content))]);
            await CheckEffectsAsync(person, id);
        }
    }

    private async Task CheckBooksAsync(long entriesBefore)
    {
        Assert.Empty((await LedgerVerifier.VerifyAsync(city.Data.Database, CancellationToken.None)).Faults);
        var booked = people.Count(person => person.IsMember) + people.Sum(person => person.Deposits);
        Assert.Equal(entriesBefore + booked, await NumberAsync("SELECT COUNT(*) FROM journal_entries"));
    }

    private async Task CheckOrdersAsync()
    {
        Assert.Equal(people.Sum(person => person.Placed), await NumberAsync("SELECT COUNT(*) FROM orders WHERE status <> 'draft'"));
        var kept = people.Sum(person => person.Placed - person.Cancelled);
        Assert.Equal(kept * GaramMilli, await NumberAsync("SELECT CAST(SUM(reserved_milli) AS BIGINT) FROM stock_levels"));
    }

    private async Task CheckEffectsAsync(CrashPerson person, long id)
    {
        if (person.IsMember)
            Assert.Equal(1, await NumberAsync($"SELECT COUNT(*) FROM members WHERE person_id = {id} AND status = 'active'"));
        Assert.Equal(person.Placed - person.Cancelled, await NumberAsync($"SELECT COUNT(*) FROM orders WHERE person_id = {id} AND status = 'placed'"));
        Assert.Equal(person.Cancelled, await NumberAsync($"SELECT COUNT(*) FROM orders WHERE person_id = {id} AND status = 'cancelled'"));
    }

    // On PostgreSQL news of another turn may be committed beside a reply, and neither is first: there each kind has an order of its own.
    private void CheckOrder(BotApiPerson chat, List<(int Kind, string Content)> said)
    {
        Said += said.Count;
        Repeated += chat.Received.Count - said.Count;
        if (!city.Data.Database.IsShared)
        {
            CheckOrder(chat.Id, said.ConvertAll(row => row.Content), chat.Received);
            return;
        }
        foreach (var kind in said.GroupBy(row => row.Kind))
        {
            var contents = kind.Select(row => row.Content).ToList();
            CheckOrder(chat.Id, contents, [.. chat.Received.Where(message => contents.Contains(CrashPerson.ContentOf(message)))]);
        }
    }

    private void CheckOrder(long chat, List<string> said, IReadOnlyList<BotMessage> received)
    {
        // Words without buttons are said every now and then: when they come, nobody can tell which of them it is.
        var often = said.GroupBy(content => content).Where(same => same.Skip(1).Any()).Select(same => same.Key).ToHashSet();
        var arrived = new List<BotMessage>();
        var heard = new List<string>();
        var (life, reached) = (0, -1);
        foreach (var message in received)
        {
            var content = CrashPerson.ContentOf(message);
            var isNew = arrived.Count < said.Count && said[arrived.Count] == content;
            var place = isNew ? arrived.Count : said.FindLastIndex(Math.Max(arrived.Count - 1, 0), content.Equals);
            Assert.True(place >= 0, $"Chat {chat} got out of order, after {arrived.Count} of {said.Count}: {content}\ninstead of: {said.ElementAtOrDefault(arrived.Count)}");
            heard.Add($"{place}@{message.Life}{(message.IsConfirmed ? "" : "?")}");
            if (isNew)
                arrived.Add(message);
            if (often.Contains(content))
                continue;
            if (!isNew)
                Assert.True(message.Life > arrived[place].Life || copies > 1 || !arrived[place].IsConfirmed, $"Chat {chat} got twice in life {message.Life}, though its arrival was known: {content}");
            arrived[place] = message;
            // What a dead process left in its socket may be read after the first words of the next one.
            if (message.Life < life || copies > 1)
                continue;
            Assert.True(
                message.Life > life || place >= reached,
                $"Chat {chat} got number {place} again after number {reached}, both in life {life}: {content}\nnumber@life, ? without an answer: {string.Join(' ', heard)}");
            (life, reached) = (message.Life, place);
        }
        Assert.True(arrived.Count == said.Count, $"Chat {chat} got {arrived.Count} of {said.Count} messages.");
    }

    private static string ContentOf(OutboxPayload payload) =>
        CrashPerson.ContentOf(payload.Text, payload.WantsContact ? [] : payload.Buttons.Select(button => button.Token));

    private Vault OpenVault() => new(Convert.FromBase64String(File.ReadAllText(Path.Combine(city.Bot.Folder, "keys", "master.key")).Trim()));

    private async Task<long> NumberAsync(string sql) => (await ReadAsync(sql, row => row.GetInt64(0))).Single();

    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
