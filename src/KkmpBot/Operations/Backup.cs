using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Ledger;

namespace KkmpBot.Operations;

/// <summary>
/// <c>backup</c>: copies the SQLite database into one file while the service runs, and proves the copy by opening it with the keys and verifying its
/// books. The keys are not in it.
/// </summary>
public static class Backup
{
    /// <summary>The command.</summary>
    public static Command Command()
    {
        var to = new Option<string>("--to") { Description = "the file to write; without it data/backups/kkmp-DATE.db" };
        var command = new Command("backup", "copy the database while the service runs, and prove that the copy opens and its books are right") { to };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(to), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? to, CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        if (database.IsShared)
            throw new StartRefusedException("PostgreSQL has its own: pg_dump --format=custom --file=kkmp.dump kkmp, and pg_restore to get it back.");
        var folders = host.Services.GetRequiredService<Folders>();
        var utcNow = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var file = Path.GetFullPath(to ?? Path.Combine(folders.Data, "backups", $"kkmp-{utcNow:yyyyMMdd-HHmmss}.db"));
        if (File.Exists(file))
            throw new StartRefusedException($"{file} exists already.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var report = await CopyAsync(database, file, host.Services.GetRequiredService<Vault>(), folders, ct);
        await Console.Out.WriteLineAsync(
            $"{file}: {new FileInfo(file).Length} bytes, {report.Entries} entries of {report.Cooperatives} cooperatives, {report.Faults.Count} bad\n"
            + $"Keep it apart from {folders.Keys}, and a copy of those keys as well: without them nobody can read it.");
        return report.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Copies a SQLite database as it stands at this moment, and proves the copy; a copy that cannot be proved is not left behind.</summary>
    /// <param name="database">The database; others may write meanwhile.</param>
    /// <param name="file">Where to; must not exist.</param>
    /// <param name="vault">With the keys that have to open it.</param>
    /// <param name="folders">Named when they do not.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What its books are like.</returns>
    public static async Task<LedgerReport> CopyAsync(Database database, string file, Vault vault, Folders folders, CancellationToken ct)
    {
        var unproved = $"{file}.unproved";
        File.Delete(unproved);
        await using (var connection = await database.OpenAsync(ct))
        {
            // https://www.sqlite.org/lang_vacuum.html#vacuuminto: one read transaction, so a copy of one moment.
            await using var copy = connection.Command(null, "VACUUM INTO @file", ("file", unproved));
            await copy.ExecuteNonQueryAsync(ct);
        }
        try
        {
            var report = await ProveAsync(unproved, vault, folders, ct);
            File.Move(unproved, file);
            return report;
        }
        finally
        {
            foreach (var rest in (string[])[unproved, $"{unproved}-wal", $"{unproved}-shm"])
                File.Delete(rest);
        }
    }

    private static async Task<LedgerReport> ProveAsync(string file, Vault vault, Folders folders, CancellationToken ct)
    {
        await using var copy = Database.Sqlite(file);
        await using (var connection = await copy.OpenAsync(ct))
        {
            await using var check = connection.Command(null, "PRAGMA integrity_check");
            if (await check.ExecuteScalarAsync(ct) is not "ok")
                throw new StartRefusedException("The copy is damaged, and so may be the database: PRAGMA integrity_check says more.");
        }
        await MasterKey.CheckAsync(copy, vault, folders, ct);
        return await LedgerVerifier.VerifyAsync(copy, ct);
    }
}
