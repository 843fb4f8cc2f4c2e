using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Meetings;

/// <summary>The yearly members' meeting: invitation, attendance, votes, and its papers.</summary>
public static class MeetingsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities = [new ShowMeeting(), new CallMeeting(), new RunMeeting(), new PutMotion(), new TakePart(), new SendPack()],
        Types = [MeetingRecord.Type],
        Notices = new Dictionary<string, DialogType?> { [CallMeeting.Notice] = CallMeeting.News, [PutMotion.Notice] = PutMotion.News },
        TimedActs = new Dictionary<string, RunTimedAct> { [CallMeeting.Inviting] = CallMeeting.InviteAsync },
    };
}
