using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Turns;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>The people in one state who would lose their place.</summary>
/// <param name="Strand">Where they stand, and why they could not go on.</param>
/// <param name="People">How many.</param>
public sealed record StrandedPeople(Strand Strand, int People)
{
    /// <summary>What to do, in one line: <c>register.ask_rt: 3 people would be stranded; add it to renamed or keep the state</c>.</summary>
    public override string ToString()
    {
        var people = People == 1 ? "1 person" : $"{People} people";
        return $"{Strand.Dialog}.{Strand.State}: {people} would be stranded; {Advice}";
    }

    private string Advice => Strand.Reason switch
    {
        StrandReason.DialogGone => "keep the dialog until they are through",
        StrandReason.StateGone => "add it to renamed or keep the state",
        StrandReason.SameVersion => "raise the version, so that renamed counts",
        StrandReason.MemoryChanged => "keep the types and choices that the question rests on",
        _ => throw new InvalidOperationException($"{Strand.Reason} has no advice."),
    };
}

/// <summary>What publishing dialogs would do to those who are in the middle of one.</summary>
/// <param name="Conversations">The conversations looked at.</param>
/// <param name="Open">Those with a dialog open or left for later.</param>
/// <param name="Stranded">The places that people would lose, by name.</param>
public sealed record LiveReport(int Conversations, int Open, IReadOnlyList<StrandedPeople> Stranded);

/// <summary>Reads where everybody stands, also under detours and in dialogs left for later, and asks today's dialogs whether they could go on.</summary>
public static class LiveCheck
{
    /// <summary>Conversations opened at a time.</summary>
    public const int PageSize = 500;

    /// <summary>Looks at every conversation; writes nothing.</summary>
    /// <param name="database">The database; one that was never migrated holds nobody.</param>
    /// <param name="vault">Opens the conversations.</param>
    /// <param name="machine">The dialogs to be published.</param>
    /// <param name="utcNow">What is expired by then does not count.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<LiveReport> RunAsync(Database database, Vault vault, DialogMachine machine, DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var context = database.Context(connection);
        if (!(await context.Database.GetAppliedMigrationsAsync(ct)).Any())
            return new LiveReport(0, 0, []);
        var people = new Dictionary<Strand, int>();
        var (read, open, last) = (0, 0, long.MinValue);
        while (true)
        {
            var page = await context.Set<Conversation>().AsNoTracking()
                .Where(conversation => conversation.Id > last)
                .OrderBy(conversation => conversation.Id)
                .Take(PageSize)
                .Select(conversation => new { conversation.Id, conversation.State })
                .ToListAsync(ct);
            foreach (var conversation in page)
            {
                var state = StoredConversation.Open(vault, conversation.State).State;
                open += state.Frames.Count + state.Parked.Count > 0 ? 1 : 0;
                foreach (var strand in machine.Stranded(state, utcNow).Distinct())
                    people[strand] = people.GetValueOrDefault(strand) + 1;
            }
            read += page.Count;
            if (page.Count < PageSize)
                break;
            last = page[^1].Id;
        }
        var stranded = people
            .OrderBy(pair => pair.Key.Dialog, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.State, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Reason)
            .Select(pair => new StrandedPeople(pair.Key, pair.Value));
        return new LiveReport(read, open, [.. stranded]);
    }
}
