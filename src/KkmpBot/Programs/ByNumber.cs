using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs;

/// <summary>Members as the programmes know them: by the register number they say or show, and by who talks.</summary>
internal static class ByNumber
{
    /// <summary>The active member of a register number; null when there is none.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">Whose register.</param>
    /// <param name="number">As typed: "5", "0005".</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Member?> FindAsync(Turn turn, int cooperativeId, string number, CancellationToken ct) => RunningNumber.Read(number) is { } read
        ? await turn.Db.Set<Member>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Number == read && row.Status == MemberStatus.Active, ct)
        : null;

    /// <summary>The caller as an active member; null when they are none.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Member?> CallerAsync(Turn turn, CancellationToken ct) => turn.Caller.MemberId is { } id
        ? await turn.Db.Set<Member>().SingleOrDefaultAsync(row => row.Id == id && row.Status == MemberStatus.Active, ct)
        : null;

    /// <summary>The people of the city's office, to be told of something that waits for them; without the one who is talking.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<long>> CityAsync(Turn turn, CancellationToken ct) =>
        await turn.Db.Set<Officer>().Where(row => row.Role == OfficerRole.City && row.PersonId != turn.Caller.PersonId)
            .OrderBy(row => row.Id).Select(row => row.PersonId).Take(MostTold).ToListAsync(ct);

    // The city's office is a handful of people.
    private const int MostTold = 10;
}
