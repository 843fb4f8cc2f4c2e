using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Privacy;

/// <summary>What people may ask of their own data, and what officers owe them.</summary>
public static class PrivacySlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new SummariseOwnData(), new GiveOwnData(), new ShowLooks(), new ShowAuditLog(), new QuoteErasure(), new EraseOwnData(), new EraseOwnChat(),
            new ListOwnConsents(), new WithdrawConsent(), new RestrictOwnData(), new AskCorrection(), new ListDataRequests(), new DecideDataRequest(),
        ],
        Types =
        [
            SummariseOwnData.Kind, SummariseOwnData.Kinds, ShowLooks.Type, ShowLooks.ListType, ListOwnConsents.Type, ListOwnConsents.ListType,
            ListDataRequests.Type, ListDataRequests.ListType,
        ],
        Guards = [new("reads_log", facts => ((TextValue)facts["person", "role"]).Text is Members.OfficerRole.Chair or Members.OfficerRole.Supervisor)],
        Notices = new Dictionary<string, DialogType?>
        {
            [AskCorrection.Notice] = null,
            [AskCorrection.ReminderNotice] = null,
            [DecideDataRequest.DoneNotice] = null,
            [DecideDataRequest.RefusedNotice] = null,
        },
        TimedActs = new Dictionary<string, RunTimedAct>
        {
            [EraseOwnData.ForgetKind] = EraseOwnData.ForgetAsync,
            [AskCorrection.ReminderKind] = AskCorrection.RemindAsync,
        },
        PersonTables = ["data_requests"],
    };
}
