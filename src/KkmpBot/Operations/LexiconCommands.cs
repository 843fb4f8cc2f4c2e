using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Words;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary><c>lexicon check|misses</c>: for those who keep the words of people.</summary>
public static class LexiconCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command() => new("lexicon", "check the words of people, and see those that are missing") { Check(), Misses() };

    private static Command Check()
    {
        var check = new Command("check", "print every mistake in the words as file:line problem; exit code 1 when there is one");
        check.SetAction(_ =>
        {
            var lexicon = Understand.Load().Lexicon;
            var mistakes = LexiconCheck.Run(lexicon);
            foreach (var mistake in mistakes)
                Console.Out.WriteLine(mistake);
            if (mistakes.Count == 0)
                Console.Out.WriteLine($"{lexicon.Entries.Count} words, {lexicon.Rules.Count} rules, no mistake");
            return mistakes.Count == 0 ? 0 : 1;
        });
        return check;
    }

    private static Command Misses()
    {
        var misses = new Command("misses", "list the words that were not known, by cooperative, with an example that names nobody");
        misses.SetAction(async (_, ct) =>
        {
            using var host = CommandHost.Build();
            var database = host.Services.GetRequiredService<Database>();
            var vault = host.Services.GetRequiredService<Vault>();
            await database.MigrateAsync(ct);
            await using var connection = await database.OpenAsync(ct);
            await using var db = database.Context(connection);
            await foreach (var miss in db.Set<LexiconMiss>().AsNoTracking().OrderBy(miss => miss.CooperativeId)
                .ThenByDescending(miss => miss.Times).ThenBy(miss => miss.Id).AsAsyncEnumerable().WithCancellation(ct))
                await Console.Out.WriteLineAsync($"{miss.CooperativeId}\t{miss.Times}\t{miss.Word}\t{vault.Open(miss.Example)}");
            return 0;
        });
        return misses;
    }
}
