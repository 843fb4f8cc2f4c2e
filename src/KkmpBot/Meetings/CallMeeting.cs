using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Meetings;

/// <summary>
/// The chair calls the members' meeting, at least fourteen days ahead. After one without a quorum the second is called within thirty days of
/// it. Every member is invited in the chat, some at a time, behind the turn.
/// </summary>
public sealed class CallMeeting : ICapability
{
    /// <summary>The timed act that invites the next members.</summary>
    public const string Inviting = "meetings.invite";

    /// <summary>Tells a member.</summary>
    public const string Notice = "meeting_called";

    /// <summary>Days between the call and the first meeting.</summary>
    public const int DaysAhead = 14;

    /// <summary>The second meeting is at most so many days after the first.</summary>
    public const int DaysToSecond = 30;

    private const int InvitedAtOnce = 100;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.call")
        .Takes("day", DialogType.Text)
        .Takes("place", DialogType.Text)
        .Gives("called", MeetingRecord.Type)
        .Gives("unclear")
        .Gives("too_soon")
        .Gives("there_is_one")
        .Gives("not_allowed");

    /// <summary>What a member reads.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "meeting_news", ("cooperative", DialogType.TextOf(24)), ("day", DialogType.Date), ("place", DialogType.TextOf(Meeting.MaxPlaceLength)));

    /// <summary>Invites some members and comes back for the next.</summary>
    /// <param name="act">Its subject is "meeting:last member invited".</param>
    /// <param name="turn">The turn's scope.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask InviteAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        long[] at = [.. act.Subject.Split(':').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        var (meetingId, last) = (at[0], at[1]);
        var meeting = await turn.Db.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == meetingId, ct);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == meeting.CooperativeId, ct);
        var members = await turn.Db.Set<Member>().AsNoTracking()
            .Where(row => row.CooperativeId == meeting.CooperativeId && row.Status == MemberStatus.Active && row.Id > last)
            .OrderBy(row => row.Id).Take(InvitedAtOnce).Select(row => new { row.Id, row.PersonId }).ToListAsync(ct);
        foreach (var member in members)
        {
            turn.Notify(member.PersonId, Notice, RecordValue.Of(
                ("cooperative", new TextValue(cooperative.Name)), ("day", new DateValue(meeting.Day)), ("place", new TextValue(meeting.Place))));
        }
        if (members.Count == InvitedAtOnce)
            turn.Schedule(act with { DueUtc = turn.UtcNow, Subject = Subject(meetingId, members[^1].Id) });
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: { } cooperativeId })
            return new Outcome("not_allowed");
        var today = Wib.Day(turn.UtcNow);
        if (DateReader.Read(call.Text("day"), today).Day is not { } day || day <= today)
            return new Outcome("unclear");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        if (await MeetingRecord.CurrentAsync(turn.Db, cooperativeId, ct) is not null)
            return new Outcome("there_is_one");
        var before = await turn.Db.Set<Meeting>().Where(row => row.CooperativeId == cooperativeId).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        bool isSecond = before is { Status: Meeting.NoQuorum } && day <= before.Day.AddDays(DaysToSecond);
        if (!isSecond && day < today.AddDays(DaysAhead))
            return new Outcome("too_soon");
        string place = call.Text("place");
        var meeting = new Meeting
        {
            CooperativeId = cooperativeId,
            Day = day,
            Place = place.Length <= Meeting.MaxPlaceLength ? place : place[..Meeting.MaxPlaceLength],
            IsSecond = isSecond,
            CalledUtc = turn.UtcNow,
        };
        turn.Db.Add(meeting);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"day:{day:yyyy-MM-dd}"), ct);
        turn.Schedule(new TimedAct(Inviting, turn.UtcNow, turn.Caller.PersonId, Subject(meeting.Id, 0)));
        return new Outcome("called", await MeetingRecord.OfAsync(turn, meeting, ct));
    }

    private static string Subject(long meetingId, long lastMemberId) => string.Create(CultureInfo.InvariantCulture, $"{meetingId}:{lastMemberId}");
}
