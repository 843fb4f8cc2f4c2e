using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Handovers;

/// <summary>People who wait for a person instead of a bot.</summary>
public static class HandoversSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [HandoverRecord.Type, HandoverRecord.ListType],
        Capabilities =
        [
            new RequestHandover(), new ListWaitingPeople(), new CloseHandover(),
            new FindTalk(), new TakeHandover(), new ReleaseHandover(), new SayInTalk(), new EndTalk(),
        ],
        Guards = [new("in_talk", facts => ((YesNoValue)facts["person", "in_talk"]).Yes)],
        TimedActs = new Dictionary<string, RunTimedAct> { [Talk.Silence] = Talk.LookAsync },
        PersonTables = ["handovers"],
        Notices = new Dictionary<string, DialogType?>
        {
            [RequestHandover.Notice] = HandoverRecord.AskedNews,
            [CloseHandover.Notice] = HandoverRecord.AnswerNews,
            [Talk.First] = HandoverRecord.TalkNews,
            [Talk.Said] = HandoverRecord.TalkNews,
            [Talk.SaidElsewhere] = HandoverRecord.TalkNews,
            [Talk.Heard] = HandoverRecord.TalkNews,
            [Talk.HeardElsewhere] = HandoverRecord.TalkNews,
            [Talk.Left] = HandoverRecord.AskedNews,
            [Talk.Ended] = null,
            [Talk.TimedOut] = null,
        },
    };
}
