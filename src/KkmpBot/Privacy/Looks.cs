using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Privacy;

/// <summary>A line of the audit log in words.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Who">The officer: office and name.</param>
/// <param name="What">What they did.</param>
internal sealed record Look(DateTime AtUtc, string Who, string What);

/// <summary>The audit log as people may read it: a member of themselves, a chair and a supervisor of the cooperative.</summary>
internal static class Looks
{
    // What is theirs by name in the log, looked up so many at a time.
    private const int SubjectsAtOnce = 200;
    private const string BookAct = "papers.print";

    /// <summary>Who looked at a person's data or acted on it, the newest first.</summary>
    /// <param name="turn">A turn.</param>
    /// <param name="personId">Whose data.</param>
    /// <param name="limit">The most lines.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<Look>> OfPersonAsync(Turn turn, long personId, int limit, CancellationToken ct)
    {
        var subjects = await new HeldReader(turn.Db, turn.Vault, ct).SubjectsAsync(personId);
        var homes = await turn.Db.Set<Member>().Where(row => row.PersonId == personId)
            .Select(row => new { row.CooperativeId, row.ActiveUtc, row.Status }).ToListAsync(ct);
        var found = new List<AuditEntry>();
        foreach (int cooperativeId in await CooperativesAsync(turn, personId, [.. homes.Select(home => home.CooperativeId)], ct))
        {
            var log = turn.Db.Set<AuditEntry>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId && row.ByPersonId != personId);
            foreach (string[] some in subjects.Order(StringComparer.Ordinal).Chunk(SubjectsAtOnce))
                found.AddRange(await NewestAsync(About(turn, log, some), limit, ct));
            if (homes.Find(home => home.CooperativeId == cooperativeId && home.Status == MemberStatus.Active) is { ActiveUtc: { } since })
                found.AddRange(await NewestAsync(BooksOfEverybody(log, since), limit, ct));
        }
        return await WordsAsync(turn, [.. found.DistinctBy(row => row.Id).OrderByDescending(row => row.AtUtc).Take(limit)], ct);
    }

    /// <summary>What the officers of a cooperative did and looked at, the newest first.</summary>
    /// <param name="turn">The turn of a chair or a supervisor.</param>
    /// <param name="cooperativeId">Where.</param>
    /// <param name="limit">The most lines.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<Look>> OfCooperativeAsync(Turn turn, int cooperativeId, int limit, CancellationToken ct) =>
        await WordsAsync(
            turn,
            await turn.Db.Set<AuditEntry>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId)
                .OrderByDescending(row => row.Number).Take(limit).ToListAsync(ct),
            ct);

    // A stranger's complaint lies in a cooperative that they are no member of.
    private static async Task<IReadOnlyList<int>> CooperativesAsync(Turn turn, long personId, IReadOnlyList<int> homes, CancellationToken ct)
    {
        var orders = await turn.Db.Set<Orders.Order>().Where(row => row.PersonId == personId).Select(row => row.CooperativeId).Distinct().ToListAsync(ct);
        var complaints = await turn.Db.Set<Complaints.Complaint>().Where(row => row.PersonId == personId).Select(row => row.CooperativeId).Distinct().ToListAsync(ct);
        return [.. homes.Concat(orders).Concat(complaints).Distinct().Order()];
    }

    private static IQueryable<AuditEntry> About(Turn turn, IQueryable<AuditEntry> log, string[] subjects) =>
        log.Where(entry => turn.Db.Set<AuditSubject>()
            .Where(row => row.CooperativeId == entry.CooperativeId && subjects.Contains(row.Subject)).Select(row => row.Number).Contains(entry.Number));

    // A printed register or list of savings shows everybody who was a member by then.
    private static IQueryable<AuditEntry> BooksOfEverybody(IQueryable<AuditEntry> log, DateTime memberSince) => log.Where(entry =>
        entry.Act == BookAct && entry.AtUtc >= memberSince && (entry.Subject.StartsWith("register") || entry.Subject.StartsWith("savings")));

    private static Task<List<AuditEntry>> NewestAsync(IQueryable<AuditEntry> entries, int limit, CancellationToken ct) =>
        entries.OrderByDescending(row => row.Number).Take(limit).ToListAsync(ct);

    private static async Task<IReadOnlyList<Look>> WordsAsync(Turn turn, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        long[] officers = [.. entries.Select(entry => entry.ByPersonId).Distinct()];
        var names = await turn.Db.Set<Person>().AsNoTracking().Where(row => officers.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Nickname, ct);
        var roles = await turn.Db.Set<Officer>().AsNoTracking().Where(row => officers.Contains(row.PersonId)).ToDictionaryAsync(row => row.PersonId, row => row.Role, ct);
        return [.. entries.Select(entry => new Look(entry.AtUtc, Who(entry.ByPersonId), ActWords.Of(entry.Act, entry.Subject)))];

        string Who(long id)
        {
            if (id == 0)
                return "Pengelola";
            string office = roles.TryGetValue(id, out var role) ? HeldWords.Of(role) : "petugas";
            string name = names.GetValueOrDefault(id) is { } nickname ? $" {turn.Vault.Open(nickname)}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(office[0])}{office[1..]}{name}");
        }
    }
}
