using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Ledger;

namespace KkmpBot.Operations;

/// <summary><c>migrate --to</c>: moves a cooperative's service from SQLite to PostgreSQL, and proves that everything has arrived.</summary>
public static class Migrate
{
    /// <summary>The command.</summary>
    public static Command Command()
    {
        var to = new Option<string>("--to") { Description = "the empty PostgreSQL database, as Database__ConnectionString names it", Required = true };
        var command = new Command("migrate", "move everything from SQLite to PostgreSQL; a move that was cut off goes on when run again") { to };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(to)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string to, CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var source = host.Services.GetRequiredService<Database>();
        if (source.IsShared)
            throw new StartRefusedException("The settings name PostgreSQL already; the move begins from SQLite.");
        // Nobody may write into what is being left.
        using var only = ServerLock.Take(host.Services.GetRequiredService<Folders>().Data);
        await using var target = Database.Postgres(to);
        IReadOnlyDictionary<string, long> moved = new Dictionary<string, long>();
        if (!await LongWork.RunAsync(
            "move", async say => moved = await new DatabaseMove(source, target).RunAsync(say, ct),
            "Stopped. What has arrived stays there: run the same command again to go on.", ct))
            return LongWork.Stopped;
        var (before, after) = (await LedgerVerifier.VerifyAsync(source, ct), await LedgerVerifier.VerifyAsync(target, ct));
        await Console.Out.WriteLineAsync(
            $"{moved.Values.Sum()} rows of {moved.Count} tables are there, all sums equal; {after.Entries} of {before.Entries} entries, {after.Faults.Count} bad\n"
            + "Now set Database__Provider=Postgres and Database__ConnectionString, with the same Keys__Path, and start.");
        return after.Faults.Count == 0 && after.Entries == before.Entries ? 0 : 1;
    }
}
