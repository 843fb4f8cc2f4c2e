using System.CommandLine;
using KkmpBot.Auditing;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary><c>audit verify</c>: proves that no entry of the officers' log was changed or taken out, or names the first bad one of each cooperative.</summary>
public static class AuditCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var verify = new Command("verify", "check the chain of every cooperative's log; exit code 1 when one is broken");
        verify.SetAction((_, ct) => VerifyAsync(ct));
        return new Command("audit", "the log of what officers did and looked at") { verify };
    }

    private static async Task<int> VerifyAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var db = database.Context(connection);
        var faults = await Audit.VerifyAsync(db, ct);
        foreach (var (cooperativeId, number) in faults)
            await Console.Out.WriteLineAsync($"cooperative {cooperativeId}, entry {number}: changed or missing");
        long entries = await db.Set<AuditEntry>().LongCountAsync(ct);
        int chains = await db.Set<AuditHead>().CountAsync(head => head.Number > 0, ct);
        await Console.Out.WriteLineAsync($"{entries} entries of {chains} cooperatives, {faults.Count} chains broken");
        return faults.Count == 0 ? 0 : 1;
    }
}
