using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Assistance;

/// <summary>Visits as the dialogs see them.</summary>
internal static class VisitRecord
{
    /// <summary>So many are listed, those due first on top.</summary>
    public const int MaxListed = 20;

    /// <summary>A visit whose finding is not put right yet.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "visit",
        ("key", DialogType.TextOf(20)),
        ("cooperative", DialogType.TextOf(24)),
        ("finding", DialogType.TextOf(MentorVisit.MaxFindingLength)),
        ("day", DialogType.Date),
        ("due", DialogType.Date));

    /// <summary>Several.</summary>
    public static DialogType ListType { get; } = DialogType.List("visits", Type, MaxListed);

    /// <summary>The record of one.</summary>
    public static RecordValue Of(Turn turn, MentorVisit visit, string kelurahan) => RecordValue.Of(
        ("key", new TextValue(visit.Id.ToString(CultureInfo.InvariantCulture))),
        ("cooperative", new TextValue(kelurahan)),
        ("finding", new TextValue(turn.Vault.Open(visit.Finding))),
        ("day", new DateValue(visit.VisitedOn)),
        ("due", new DateValue(visit.DueOn)));

    /// <summary>The open visits that the caller may see: a mentor's own, or those to the officer's cooperative.</summary>
    public static IQueryable<MentorVisit> Of(Turn turn)
    {
        var open = turn.Db.Set<MentorVisit>().Where(row => row.DoneUtc == null);
        return turn.Caller.OfficerRole == OfficerRole.Mentor ? open.Where(row => row.MentorId == turn.Caller.PersonId)
            : OfficerRole.MayLook(turn.Caller) ? open.Where(row => row.CooperativeId == turn.Caller.CooperativeId)
            : open.Where(row => false);
    }
}

/// <summary>A mentor notes today's visit: what was found, and by when it is to be put right; the cooperative's officers read it.</summary>
public sealed class NoteVisit : ICapability
{
    /// <summary>Tells the officers.</summary>
    internal const string Notice = "visit_noted";

    private const int MaxDaysAhead = 366;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("mentoring.note")
        .Takes("kelurahan", DialogType.Text)
        .Takes("finding", DialogType.Text)
        .Takes("due", DialogType.Text)
        .Gives("noted", VisitRecord.Type)
        .Gives("unclear_day")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var (code, finding) = (call.Text("kelurahan"), call.Text("finding"));
        if (turn.Caller.OfficerRole != OfficerRole.Mentor
            || await turn.Db.Set<Cooperative>().AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, ct) is not { } cooperative)
            return new Outcome("not_allowed");
        var today = Wib.Day(turn.UtcNow);
        if (DateReader.Read(call.Text("due"), today).Day is not { } due || due < today || due > today.AddDays(MaxDaysAhead))
            return new Outcome("unclear_day");
        var visit = new MentorVisit
        {
            CooperativeId = cooperative.Id,
            MentorId = turn.Caller.PersonId,
            VisitedOn = today,
            Finding = turn.Vault.Seal(finding.Length <= MentorVisit.MaxFindingLength ? finding : finding[..MentorVisit.MaxFindingLength]),
            DueOn = due,
        };
        turn.Db.Add(visit);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn.Db, cooperative.Id, turn.UtcNow, turn.Caller.PersonId, Description.Name, $"visit:{visit.Id.ToString(CultureInfo.InvariantCulture)}", ct);
        var record = VisitRecord.Of(turn, visit, cooperative.Kelurahan);
        foreach (long officer in await Colleagues.OfAsync(turn, cooperative.Id, ct))
            turn.Notify(officer, Notice, record);
        return new Outcome("noted", record);
    }
}

/// <summary>Findings that are not put right yet, those due first on top: a mentor's own, or the cooperative's.</summary>
public sealed class ListVisits : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("mentoring.list").Gives("listed", VisitRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var visits = await VisitRecord.Of(turn).AsNoTracking().OrderBy(row => row.DueOn).ThenBy(row => row.Id).Take(VisitRecord.MaxListed)
            .Join(turn.Db.Set<Cooperative>(), row => row.CooperativeId, place => place.Id, (row, place) => new { row, place.Kelurahan }).ToListAsync(ct);
        return new Outcome("listed", new ListValue([.. visits.OrderBy(pair => pair.row.DueOn).Select(pair => VisitRecord.Of(turn, pair.row, pair.Kelurahan))]));
    }
}

/// <summary>A finding was put right: the chair says so, or the mentor who noted it; the mentor is told.</summary>
public sealed class FinishVisit : ICapability
{
    /// <summary>Tells the mentor.</summary>
    internal const string Notice = "visit_done";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("mentoring.done")
        .Takes("visit", DialogType.Text)
        .Gives("done")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.OfficerRole is not (OfficerRole.Mentor or OfficerRole.Chair)
            || !long.TryParse(call.Text("visit"), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return new Outcome("not_allowed");
        await turn.Db.LockAsync<MentorVisit>(id, ct);
        if (await VisitRecord.Of(turn).SingleOrDefaultAsync(row => row.Id == id, ct) is not { } visit)
            return new Outcome("not_allowed");
        visit.DoneUtc = turn.UtcNow;
        await Audit.RecordAsync(
            turn.Db, visit.CooperativeId, turn.UtcNow, turn.Caller.PersonId, Description.Name, $"visit:{visit.Id.ToString(CultureInfo.InvariantCulture)}", ct);
        var place = await turn.Db.Set<Cooperative>().Where(row => row.Id == visit.CooperativeId).Select(row => row.Kelurahan).SingleAsync(ct);
        if (visit.MentorId != turn.Caller.PersonId)
            turn.Notify(visit.MentorId, Notice, VisitRecord.Of(turn, visit, place));
        return new Outcome("done");
    }
}
