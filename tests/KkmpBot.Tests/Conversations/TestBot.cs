using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Conversations;

/// <summary>The real dialogs and capabilities over a real database, without engine or network: one message in, its replies out.</summary>
public sealed class TestBot : IAsyncDisposable
{
    public const string Channel = "console";

    private static readonly Lazy<Task<DatabaseTemplate>> Demo = new(() => TestDatabase.PrepareAsync(LoadDemoAsync));
    private static readonly Lazy<DialogCatalog> OwnDialogs = new(() => Load(Repository.Folder("dialogs")));
    private readonly TestDatabase test;
    private Bench bench;
    private int updates;

    private TestBot(TestDatabase test, Bench bench)
    {
        this.test = test;
        this.bench = bench;
    }

    /// <summary>The dialogs of the repository.</summary>
    public static DialogCatalog OwnCatalog => OwnDialogs.Value;

    public DialogCatalog Catalog { get; private set; } = OwnDialogs.Value;

    public TurnSettings Settings { get; private init; } = new();

    public ManualTime Time { get; } = new(TestDatabase.Now);

    public Database Database => test.Database;

    public Vault Vault => test.Vault;

    /// <summary>What was sent to each address, oldest first.</summary>
    public Dictionary<string, List<OutboundMessage>> Inbox { get; } = [];

    /// <summary>The edges of the dialogs walked so far, by name.</summary>
    public HashSet<string> Walked { get; } = [];

    public static async Task<TestBot> StartAsync()
    {
        var prepared = await (await Demo.Value).CopyAsync();
        var settings = new TurnSettings { AutoApprove = true, Terms = new MessageTerms { AloneUpTo = 2 } };
        settings.OwnChannels.Add(Channel);
        settings.Places.Url = "https://kkmp.example";
        return new TestBot(prepared, await Bench.OpenAsync(prepared.Database, prepared.Vault, OwnDialogs.Value, settings)) { Settings = settings };
    }

    /// <summary>Goes on with the dialogs of a folder, as a restart with new files does.</summary>
    public async Task PublishAsync(string folder)
    {
        await bench.DisposeAsync();
        Catalog = Load(folder);
        bench = await Bench.OpenAsync(test.Database, test.Vault, Catalog, Settings);
    }

    public InboundMessage Message(string address, InboundKind kind, string? text = null, string? token = null, string? phone = null) =>
        new(Channel, $"{++updates}", address, kind, text, token, phone);

    /// <summary>Handles a message in a transaction of its own; its replies land in <see cref="Inbox"/>.</summary>
    public async Task<TurnResult> TakeAsync(InboundMessage message)
    {
        var result = await bench.TakeAsync(message, Time.UtcNow);
        Deliver(result);
        return result;
    }

    /// <summary>Writes a NIK on the page of a link, as a browser does.</summary>
    /// <returns>What is wrong with it; null when it was taken.</returns>
    public async Task<string?> WriteNikAsync(string address, string code, string nik)
    {
        var index = Vault.Index($"address:{Channel}", address);
        var person = await ArrangeAsync(db => db.Set<ChannelAddress>().Where(row => row.AddressIndex == index).Select(row => row.PersonId).SingleAsync());
        var caller = new Caller(person, 0, "page", null, null, null);
        var (result, written) = await bench.ActAsync(caller, $"test:{++updates}", (turn, ct) => NikWritten.TakeAsync(turn, code, nik, ct), Time.UtcNow);
        Deliver(result);
        return written.IsGood ? written.Problem : "gone";
    }

    /// <summary>Lets time pass and runs what becomes due.</summary>
    public async Task WaitAsync(TimeSpan span)
    {
        Time.Advance(span);
        foreach (var result in await bench.RunDueAsync(Time.UtcNow))
            Deliver(result);
    }

    /// <summary>The dialog and the question that somebody stands at; null when nothing is open.</summary>
    public async Task<(string Dialog, string State)?> StandsAtAsync(string address)
    {
        await using var context = Database.Context(bench.Connection);
        var index = Vault.Index($"address:{Channel}", address);
        var open = await context.Set<ChannelAddress>()
            .Where(row => row.Channel == Channel && row.AddressIndex == index)
            .Join(context.Set<KkmpBot.Data.Conversation>(), row => row.PersonId, conversation => conversation.Id, (_, conversation) => conversation)
            .Select(conversation => new { conversation.OpenDialog, conversation.OpenState })
            .SingleOrDefaultAsync();
        return open?.OpenDialog is { } dialog ? (dialog, open.OpenState!) : null;
    }

    /// <summary>The type of what somebody is asked to write; null when nothing is open, or there are choices.</summary>
    public async Task<string?> AskedAsync(string address) =>
        await StandsAtAsync(address) is { } at && Catalog.Dialogs[at.Dialog].States[at.State] is AskState { Choices: null } ask
            ? Catalog.Dialogs[at.Dialog].Memory[ask.Into.Name].TypeName
            : null;

    /// <summary>The demo cooperative takes simpanan sukarela, and a member of it has some.</summary>
    public async Task SaveAsync(string phone, long rupiah)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = Database.Context(connection, transaction);
        var index = Vault.Index("phone", phone);
        var member = await (
            from person in context.Set<Person>()
            join row in context.Set<Member>() on person.Id equals row.PersonId
            where person.PhoneIndex == index
            select row).SingleAsync();
        (await context.Set<Cooperative>().SingleAsync(row => row.Id == member.CooperativeId)).TakesSukarela = true;
        var saved = new EntryDraft(member.CooperativeId, "sukarela_received", $"test:{member.Id}", Time.UtcNow, null)
            .Debit(Account.Cash, rupiah).Credit(Account.Sukarela, rupiah, member.Id);
        await Books.PostAsync(context, saved, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>Works on the bot's database directly, as if it had come about in conversations.</summary>
    public async Task<T> ArrangeAsync<T>(Func<KkmpDbContext, Task<T>> arrange)
    {
        await using var context = Database.Context(bench.Connection);
        var result = await arrange(context);
        await context.SaveChangesAsync();
        return result;
    }

    /// <summary>Rows changed so far, for "nothing may change".</summary>
    public async Task<long> ChangesAsync()
    {
        if (DatabaseTemplate.Postgres is null)
            return await NumberAsync("SELECT total_changes()");
        await using var flush = bench.Connection.CreateCommand();
        flush.CommandText = "SELECT pg_stat_force_next_flush()";
        await flush.ExecuteNonQueryAsync();
        return await NumberAsync("SELECT SUM(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables");
    }

    /// <summary>Every byte that the database keeps.</summary>
    public Task<byte[]> BytesAsync() => test.BytesAsync();

    /// <summary>Counts the rows of a table.</summary>
    public Task<long> CountAsync(string table) => NumberAsync($"SELECT COUNT(*) FROM {table}");

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await test.DisposeAsync();
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var command = bench.Connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static DialogCatalog Load(string folder)
    {
        var load = DialogCatalog.Load(folder, AllSlices.Create().Vocabulary);
        return load.Catalog ?? throw new InvalidOperationException(string.Join('\n', load.Errors));
    }

    private static async Task LoadDemoAsync(Database database)
    {
        await using var open = await database.OpenAsync(CancellationToken.None);
        await using var context = database.Context(open);
        await DemoData.LoadAsync(context, TestDatabase.OneVault, TestDatabase.Now, CancellationToken.None);
    }

    private void Deliver(TurnResult result)
    {
        Walked.UnionWith(result.Walked);
        foreach (var draft in result.Outbox)
        {
            if (!Inbox.TryGetValue(draft.Message.Address, out var received))
                Inbox.Add(draft.Message.Address, received = []);
            received.Add(draft.Message);
        }
    }
}
