using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Programs.Instructed;

namespace KkmpBot.Operations;

/// <summary><c>instructed</c>: takes over the city's list of civil servants instructed to join; their numbers are matched by blind index and kept nowhere.</summary>
public static class InstructedCommand
{
    private const int MaxProblemsShown = 200;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "CSV: nip, kelurahan (its code, or empty), luar_kota (ya, tidak), and if known instansi (the office)", Required = true };
        var apply = new Option<bool>("--apply") { Description = "write; without it nothing is written" };
        var command = new Command("instructed", "take over the list of civil servants instructed to join: all or nothing, the same list twice changes nothing") { file, apply };
        command.SetAction((parsed, ct) => TakeOverAsync(parsed.GetValue(file)!, parsed.GetValue(apply), ct));
        return command;
    }

    private static async Task<int> TakeOverAsync(string path, bool apply, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new StartRefusedException($"There is no file {path}.");
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var db = database.Context(connection, transaction);
        var today = Wib.Day(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var (added, problems) = await InstructedList.ReadAsync(db, host.Services.GetRequiredService<Vault>(), await File.ReadAllTextAsync(path, ct), today, ct);
        foreach (var problem in problems.Take(MaxProblemsShown))
            await Console.Out.WriteLineAsync($"baris {problem.Line}: {problem.Reason}");
        bool writes = apply && problems.Count == 0;
        if (writes)
            await transaction.CommitAsync(ct);
        else
            await transaction.RollbackAsync(ct);
        await Console.Out.WriteLineAsync($"{(writes ? "ditulis" : "percobaan, tidak ada yang ditulis")}: {added} orang baru; {problems.Count} baris bermasalah");
        return problems.Count == 0 ? 0 : 1;
    }
}
