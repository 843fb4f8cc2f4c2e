using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Instructed;

/// <summary>How far the instructed of one office or one kelurahan have joined.</summary>
/// <param name="Name">The office or the kelurahan; null for small groups taken together.</param>
/// <param name="Inside">Instructed and living in the city.</param>
/// <param name="Joined">Of these, active members of some cooperative.</param>
public sealed record InstructedGroup(string? Name, int Inside, int Joined)
{
    /// <summary>Yes or no of fewer people than this would say what single people did.</summary>
    public const int FewestShown = 5;

    /// <summary>What stands where the list says no office or kelurahan.</summary>
    public const string Unnamed = "(tidak disebut)";

    /// <summary>Counts them by the office that the list names.</summary>
    /// <param name="db">A database.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<InstructedGroup>> ByOfficeAsync(KkmpDbContext db, CancellationToken ct)
    {
        var counts = await db.Set<InstructedPerson>().Where(row => !row.LivesOutside).Select(row => new { row.Office, Joined = HasJoined(db).Any(member => member.NipIndex == row.NipIndex) })
            .GroupBy(row => new { row.Office, row.Joined }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync(ct);
        return Together(counts.GroupBy(count => count.Key.Office ?? Unnamed)
            .Select(same => new InstructedGroup(same.Key, same.Sum(count => count.Count), same.Where(count => count.Key.Joined).Sum(count => count.Count))));
    }

    /// <summary>Counts them by the kelurahan they live in.</summary>
    /// <param name="db">A database.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<InstructedGroup>> ByKelurahanAsync(KkmpDbContext db, CancellationToken ct)
    {
        var counts = await db.Set<InstructedPerson>().Where(row => !row.LivesOutside).Select(row => new { row.CooperativeId, Joined = HasJoined(db).Any(member => member.NipIndex == row.NipIndex) })
            .GroupBy(row => new { row.CooperativeId, row.Joined }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync(ct);
        var names = await db.Set<Cooperative>().ToDictionaryAsync(row => row.Id, row => row.Kelurahan, ct);
        return Together(counts.GroupBy(count => count.Key.CooperativeId is { } id ? names[id] : Unnamed)
            .Select(same => new InstructedGroup(same.Key, same.Sum(count => count.Count), same.Where(count => count.Key.Joined).Sum(count => count.Count))));
    }

    /// <summary>
    /// Takes groups of too few people together into one without a name; where these are still too few, the smallest of the others goes in too: what is
    /// left out could otherwise be had by taking the rest from the sum.
    /// </summary>
    /// <param name="groups">All of them.</param>
    internal static IReadOnlyList<InstructedGroup> Together(IEnumerable<InstructedGroup> groups)
    {
        var bySize = groups.OrderBy(group => group.Inside).ThenBy(group => group.Name, StringComparer.Ordinal).ToList();
        int small = bySize.Count(group => group.Inside < FewestShown);
        while (small > 0 && small < bySize.Count && bySize.Take(small).Sum(group => group.Inside) < FewestShown)
            small++;
        List<InstructedGroup> shown = [.. bySize.Skip(small).OrderBy(group => group.Name, StringComparer.Ordinal)];
        if (small > 0 && bySize.Take(small).Sum(group => group.Inside) is >= FewestShown and var together)
            shown.Add(new InstructedGroup(null, together, bySize.Take(small).Sum(group => group.Joined)));
        return shown;
    }

    private static IQueryable<Member> HasJoined(KkmpDbContext db) => db.Set<Member>().Where(member => member.Status == MemberStatus.Active);
}

/// <summary>How far the instructed have joined, by office or by kelurahan: yes or no, counted, for the city; nobody's name, nobody's balance.</summary>
public sealed class ListInstructed : ICapability
{
    /// <summary>More groups than offices and kelurahan of the city.</summary>
    public const int MaxListed = 400;

    private const int MaxNameLength = InstructedPerson.MaxOfficeLength;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("instructed.list")
        .Takes("by", DialogType.Choice)
        .Gives("listed", ListType)
        .Gives("not_allowed");

    /// <summary>A group; its name is empty where small ones were taken together.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "instructed_group",
        ("name", DialogType.TextOf(MaxNameLength)), ("inside", DialogType.Whole), ("joined", DialogType.Whole), ("missing", DialogType.Whole));

    /// <summary>All of them.</summary>
    internal static DialogType ListType { get; } = DialogType.List("instructed_groups", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller))
            return new Outcome("not_allowed");
        var groups = call.Text("by") == "office" ? await InstructedGroup.ByOfficeAsync(turn.Db, ct) : await InstructedGroup.ByKelurahanAsync(turn.Db, ct);
        return new Outcome("listed", new ListValue([.. groups.Take(MaxListed).Select(group => RecordValue.Of(
            ("name", new TextValue(group.Name ?? "")), ("inside", new WholeValue(group.Inside)),
            ("joined", new WholeValue(group.Joined)), ("missing", new WholeValue(group.Inside - group.Joined))))]));
    }
}
