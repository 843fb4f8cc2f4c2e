using KkmpBot.Conversations;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>The officers of a cooperative, to be told of something that waits for them.</summary>
public static class Colleagues
{
    /// <summary>No cooperative has more officers in the chat.</summary>
    private const int MaxOfficers = 20;

    /// <summary>The officers' person ids.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<long>> AllAsync(Turn turn, int cooperativeId, CancellationToken ct) =>
        await turn.Db.Set<Officer>()
            .Where(officer => officer.CooperativeId == cooperativeId)
            .OrderBy(officer => officer.Id)
            .Select(officer => officer.PersonId)
            .Take(MaxOfficers)
            .ToListAsync(ct);

    /// <summary>The officers' person ids, without the one who is talking.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<long>> OfAsync(Turn turn, int cooperativeId, CancellationToken ct) =>
        await turn.Db.Set<Officer>()
            .Where(officer => officer.CooperativeId == cooperativeId && officer.PersonId != turn.Caller.PersonId)
            .OrderBy(officer => officer.Id)
            .Select(officer => officer.PersonId)
            .Take(MaxOfficers)
            .ToListAsync(ct);

    /// <summary>The person ids of those who may take money, without the one who is talking.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<long>> WithMoneyAsync(Turn turn, int cooperativeId, CancellationToken ct) =>
        await turn.Db.Set<Officer>()
            .Where(officer => officer.CooperativeId == cooperativeId && officer.PersonId != turn.Caller.PersonId
                && (officer.Role == OfficerRole.Chair || officer.Role == OfficerRole.Treasurer))
            .OrderBy(officer => officer.Id)
            .Select(officer => officer.PersonId)
            .Take(MaxOfficers)
            .ToListAsync(ct);
}
