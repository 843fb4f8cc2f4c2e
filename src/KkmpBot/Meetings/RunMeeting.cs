using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Meetings;

/// <summary>
/// The chair runs the meeting: <c>open</c> on its day, <c>count</c> the votes of a motion, <c>close</c>. <c>no_quorum</c>: closed without one,
/// and a second may be called. <c>not_now</c>: not its day, or not the chair.
/// </summary>
public sealed class RunMeeting : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.run")
        .Takes("step", DialogType.Choice)
        .Gives("done", MeetingRecord.Type)
        .Gives("closed")
        .Gives("no_quorum")
        .Gives("not_now");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.OfficerRole != OfficerRole.Chair || await MeetingRecord.CurrentAsync(turn.Db, turn.Caller.CooperativeId, ct) is not { } meeting)
            return new Outcome("not_now");
        await turn.Db.LockAsync<Meeting>(meeting.Id, ct);
        string step = call.Text("step");
        var (present, _, needed) = await MeetingRecord.QuorumAsync(turn.Db, meeting, ct);
        switch (step)
        {
            case "open" when meeting.Status == Meeting.Called && meeting.Day == Wib.Day(turn.UtcNow):
                meeting.Status = Meeting.Open;
                break;
            case "count" when meeting is { Status: Meeting.Open, Motion: not null }:
                // The result stays under this motion's number; the next one has its own.
                meeting.Motion = null;
                break;
            case "close" when meeting.Status == Meeting.Open:
                meeting.Status = present >= needed ? Meeting.Closed : Meeting.NoQuorum;
                meeting.Motion = null;
                break;
            default:
                return new Outcome("not_now");
        }
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"meeting:{meeting.Id}:{step}"), ct);
        return meeting.Status switch
        {
            Meeting.Closed => new Outcome("closed"),
            Meeting.NoQuorum => new Outcome("no_quorum"),
            _ => new Outcome("done", await MeetingRecord.OfAsync(turn, meeting, ct)),
        };
    }
}

/// <summary>The chair puts a motion, once the quorum is there and no other is open; those present are asked for their vote.</summary>
public sealed class PutMotion : ICapability
{
    /// <summary>Asks a member who is there for their vote.</summary>
    public const string Notice = "motion_put";

    // Those who are there sit in one room; a kelurahan's meeting is no crowd.
    private const int MostAsked = 1000;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.put_motion")
        .Takes("motion", DialogType.Text)
        .Gives("done", MeetingRecord.Type)
        .Gives("no_quorum");

    /// <summary>What a member who is there reads.</summary>
    internal static DialogType News { get; } = DialogType.Record("motion_news", ("motion", DialogType.TextOf(200)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.OfficerRole != OfficerRole.Chair
            || await MeetingRecord.CurrentAsync(turn.Db, turn.Caller.CooperativeId, ct) is not { Status: Meeting.Open } meeting)
            return new Outcome("no_quorum");
        await turn.Db.LockAsync<Meeting>(meeting.Id, ct);
        var (present, _, needed) = await MeetingRecord.QuorumAsync(turn.Db, meeting, ct);
        if (present < needed || meeting.Motion is not null)
            return new Outcome("no_quorum");
        string motion = meeting.Motion = call.Text("motion");
        meeting.MotionNumber++;
        await Audit.RecordAsync(
            turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"meeting:{meeting.Id}:motion:{meeting.MotionNumber}"), ct);
        var people = await turn.Db.Set<Attendance>().Where(row => row.MeetingId == meeting.Id)
            .Join(turn.Db.Set<Member>(), row => row.MemberId, member => member.Id, (_, member) => member.PersonId).Take(MostAsked).ToListAsync(ct);
        foreach (long person in people.Where(person => person != turn.Caller.PersonId))
            turn.Notify(person, Notice, RecordValue.Of(("motion", new TextValue(motion))));
        return new Outcome("done", await MeetingRecord.OfAsync(turn, meeting, ct));
    }
}

/// <summary>A member is there, and votes: one vote each, in person; a second vote changes nothing.</summary>
public sealed class TakePart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.take_part")
        .Takes("step", DialogType.Choice)
        .Gives("present", MeetingRecord.Type)
        .Gives("voted", MeetingRecord.Type)
        .Gives("voted_before")
        .Gives("not_now");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } memberId
            || !await turn.Db.Set<Member>().AnyAsync(row => row.Id == memberId && row.CooperativeId == turn.Caller.CooperativeId && row.Status == MemberStatus.Active, ct))
            return new Outcome("not_now");
        if (await MeetingRecord.CurrentAsync(turn.Db, turn.Caller.CooperativeId, ct) is not { Status: Meeting.Open } meeting)
            return new Outcome("not_now");
        await turn.Db.LockAsync<Member>(memberId, ct);
        bool isThere = await turn.Db.Set<Attendance>().AnyAsync(row => row.MeetingId == meeting.Id && row.MemberId == memberId, ct);
        string step = call.Text("step");
        if (step == "present")
        {
            if (!isThere)
                turn.Db.Add(new Attendance { MeetingId = meeting.Id, MemberId = memberId, AtUtc = turn.UtcNow });
            await turn.Db.SaveChangesAsync(ct);
            return new Outcome("present", await MeetingRecord.OfAsync(turn, meeting, ct));
        }
        if (meeting.Motion is null || !isThere || step is not ("yes" or "no" or "abstain"))
            return new Outcome("not_now");
        if (await turn.Db.Set<MotionVote>().AnyAsync(
            row => row.MeetingId == meeting.Id && row.MotionNumber == meeting.MotionNumber && row.MemberId == memberId, ct))
            return new Outcome("voted_before");
        turn.Db.Add(new MotionVote { MeetingId = meeting.Id, MotionNumber = meeting.MotionNumber, MemberId = memberId, Choice = step });
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("voted", await MeetingRecord.OfAsync(turn, meeting, ct));
    }
}
