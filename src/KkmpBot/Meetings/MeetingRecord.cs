using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Meetings;

/// <summary>A meeting as dialogs see it, with its quorum as it stands.</summary>
internal static class MeetingRecord
{
    /// <summary>
    /// <c>present</c> of <c>members</c> are there and <c>needed</c> make a quorum; <c>mine</c> says that the caller is there; <c>motion</c> is
    /// empty while none is put, with its votes so far.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "meeting",
        ("day", DialogType.Date),
        ("place", DialogType.TextOf(Meeting.MaxPlaceLength)),
        ("present", DialogType.Whole),
        ("members", DialogType.Whole),
        ("needed", DialogType.Whole),
        ("mine", DialogType.YesNo),
        ("has_motion", DialogType.YesNo),
        ("motion", DialogType.TextOf(200)),
        ("yes", DialogType.Whole),
        ("no", DialogType.Whole),
        ("abstain", DialogType.Whole));

    /// <summary>The meeting that is called or open; tracked. Null for none.</summary>
    public static Task<Meeting?> CurrentAsync(KkmpDbContext db, int? cooperativeId, CancellationToken ct) =>
        db.Set<Meeting>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && (row.Status == Meeting.Called || row.Status == Meeting.Open), ct);

    /// <summary>Members who are there, members in all, and how many make a quorum: more than half, or a third at the second call.</summary>
    public static async Task<(int Present, int Members, int Needed)> QuorumAsync(KkmpDbContext db, Meeting meeting, CancellationToken ct)
    {
        int members = await db.Set<Member>().CountAsync(row => row.CooperativeId == meeting.CooperativeId && row.Status == MemberStatus.Active, ct);
        int present = await db.Set<Attendance>().CountAsync(row => row.MeetingId == meeting.Id, ct);
        return (present, members, Meeting.QuorumOf(members, meeting.IsSecond));
    }

    /// <summary>The record for the caller.</summary>
    public static async Task<RecordValue> OfAsync(Turn turn, Meeting meeting, CancellationToken ct)
    {
        var (present, members, needed) = await QuorumAsync(turn.Db, meeting, ct);
        var votes = await turn.Db.Set<MotionVote>().Where(row => row.MeetingId == meeting.Id && row.MotionNumber == meeting.MotionNumber)
            .GroupBy(row => row.Choice).Select(rows => new { rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, ct);
        bool mine = await turn.Db.Set<Attendance>().AnyAsync(row => row.MeetingId == meeting.Id && row.MemberId == turn.Caller.MemberId, ct);
        return RecordValue.Of(
            ("day", new DateValue(meeting.Day)),
            ("place", new TextValue(meeting.Place)),
            ("present", new WholeValue(present)),
            ("members", new WholeValue(members)),
            ("needed", new WholeValue(needed)),
            ("mine", new YesNoValue(mine)),
            ("has_motion", new YesNoValue(meeting.Motion is not null)),
            ("motion", new TextValue(meeting.Motion ?? "")),
            ("yes", new WholeValue(votes.GetValueOrDefault("yes"))),
            ("no", new WholeValue(votes.GetValueOrDefault("no"))),
            ("abstain", new WholeValue(votes.GetValueOrDefault("abstain"))));
    }
}

/// <summary>Where the cooperative's meeting stands.</summary>
public sealed class ShowMeeting : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.show")
        .Gives("none")
        .Gives(Meeting.Called, MeetingRecord.Type)
        .Gives(Meeting.Open, MeetingRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        await MeetingRecord.CurrentAsync(turn.Db, turn.Caller.CooperativeId, ct) is { } meeting
            ? new Outcome(meeting.Status, await MeetingRecord.OfAsync(turn, meeting, ct))
            : new Outcome("none");
}
