using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Ledger;

namespace KkmpBot.Operations;

/// <summary><c>ledger verify</c>: proves that every entry balances and no chain is broken, or names the first bad entries.</summary>
public static class LedgerCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var verify = new Command("verify", "check every entry, every chain and every balance; exit code 1 when one is bad");
        verify.SetAction((_, ct) => VerifyAsync(ct));
        return new Command("ledger", "the cooperatives' books") { verify };
    }

    private static async Task<int> VerifyAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        var report = await LedgerVerifier.VerifyAsync(database, ct);
        foreach (var fault in report.Faults)
            await Console.Out.WriteLineAsync($"cooperative {fault.CooperativeId}, entry {fault.Number}: {fault.What}");
        await Console.Out.WriteLineAsync($"{report.Entries} entries of {report.Cooperatives} cooperatives, {report.Faults.Count} bad");
        return report.Faults.Count == 0 ? 0 : 1;
    }
}
