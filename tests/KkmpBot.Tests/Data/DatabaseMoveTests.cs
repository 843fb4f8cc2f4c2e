using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Ledger;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Data;

/// <summary>From SQLite to PostgreSQL: needs both, so it runs where the tests run on PostgreSQL.</summary>
[Trait("Category", "Postgres")]
public sealed class DatabaseMoveTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("kkmp-move-").FullName;
    private Database from = null!;
    private TestDatabase to = null!;

    public async Task InitializeAsync()
    {
        from = Database.Sqlite(Path.Combine(folder, "kkmp.db"));
        to = await TestDatabase.CreateEmptyAsync();
        await from.MigrateAsync(CancellationToken.None);
        await using var connection = await from.OpenAsync(CancellationToken.None);
        await using var db = from.Context(connection);
        await DemoData.LoadAsync(db, TestDatabase.OneVault, TestDatabase.Now, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await to.DisposeAsync();
        await from.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_move_that_was_cut_off_goes_on_and_everything_arrives()
    {
        var before = await AskBalanceAsync(from);
        using var cut = new CancellationTokenSource();
        var steps = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DatabaseMove(from, to.Database).RunAsync((table, _, _) =>
        {
            steps.Add(table);
            if (table == "journal_entries")
                cut.Cancel();
        }, cut.Token));

        var later = new List<string>();
        var moved = await new DatabaseMove(from, to.Database).RunAsync((table, done, all) =>
        {
            later.Add(table);
            Assert.InRange(done, 1, all);
        }, CancellationToken.None);
        Assert.Empty(steps.Intersect(later));
        Assert.True(moved["people"] > 0 && moved["journal_lines"] > 0 && moved["cooperatives"] == 177, string.Join(", ", moved));

        var report = await LedgerVerifier.VerifyAsync(to.Database, CancellationToken.None);
        Assert.Equal(((await LedgerVerifier.VerifyAsync(from, CancellationToken.None)).Entries, 0), (report.Entries, report.Faults.Count));
        Assert.Contains("Pokok: Rp100.000", before, StringComparison.Ordinal);
        Assert.Equal(before, await AskBalanceAsync(to.Database));
        await Assert.ThrowsAsync<StartRefusedException>(() => new DatabaseMove(from, to.Database).RunAsync((_, _, _) => { }, CancellationToken.None));
    }

    // A turn writes rows, so it also shows that new numbers follow the copied ones.
    private static async Task<string> AskBalanceAsync(Database database)
    {
        var catalog = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary).Catalog!;
        var settings = new TurnSettings();
        settings.OwnChannels.Add("console");
        await using var bench = await Bench.OpenAsync(database, TestDatabase.OneVault, catalog, settings);
        var result = await bench.TakeAsync(
            new InboundMessage("console", Guid.NewGuid().ToString("N"), "a terminal", InboundKind.Text, "saldo", Phone: DemoData.PhoneOf("member")), TestDatabase.Now);
        return string.Join('\n', result.Outbox.Select(draft => draft.Message.Text));
    }
}
