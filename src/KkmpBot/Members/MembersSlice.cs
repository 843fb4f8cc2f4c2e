using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>What dialogs may ask of and say about members, applicants and officers.</summary>
public static class MembersSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new RecordConsent(), new ReadName(), new ReadAddress(), new CheckNik(), new OpenNikPage(), new TakeNik(), new ReadNik(), new SkipNip(),
            new SubmitApplication(), new EnrolAtCounter(), new ShowMembership(),
            new ListPending(), new ShowApplication(), new ApproveApplication(), new RejectApplication(),
            new AskHousehold(), new ListHouseholdRequests(), new DecideHousehold(),
        ],
        Types =
        [
            Applications.Application, Applications.ApplicationList, ShowApplication.Details, ApproveApplication.Admission,
            RejectApplication.Rejection, ShowMembership.Membership, HouseholdRecord.Type, HouseholdRecord.ListType, OpenNikPage.Page,
        ],
        Guards =
        [
            new("may_apply", facts => !HasApplied(facts)),
            new("applicant", facts => Status(facts) is MemberStatus.Pending or MemberStatus.Approved),
            new("active_member", facts => Status(facts) == MemberStatus.Active),
            new("has_applied", HasApplied),
            new("admitted", facts => Status(facts) is MemberStatus.Approved or MemberStatus.Active),
            new("officer", facts => Role(facts) is OfficerRole.Chair or OfficerRole.Treasurer or OfficerRole.Warehouse or OfficerRole.Supervisor),
            new("chair", facts => Role(facts) == OfficerRole.Chair),
            new("treasurer", facts => Role(facts) is OfficerRole.Chair or OfficerRole.Treasurer),
            new("warehouse", facts => Role(facts) is OfficerRole.Chair or OfficerRole.Warehouse),
            new("supervisor", facts => Role(facts) == OfficerRole.Supervisor),
            new("city", facts => Role(facts) == OfficerRole.City),
            new("mentor", facts => Role(facts) == OfficerRole.Mentor),
        ],
        PersonTables = ["consents", "nik_links"],
        Notices = new Dictionary<string, DialogType?>
        {
            [ApproveApplication.Notice] = ApproveApplication.Admission,
            [RejectApplication.Notice] = RejectApplication.Rejection,
            [HouseholdRecord.AskedNotice] = HouseholdRecord.News,
            [HouseholdRecord.GivenNotice] = HouseholdRecord.News,
            [ApproveApplication.ReopenedNotice] = null,
        },
        Undos = new Dictionary<string, UndoAct>
        {
            ["members.approve"] = ApproveApplication.UndoAsync,
            ["members.reject"] = RejectApplication.UndoAsync,
        },
    };

    private static bool HasApplied(Facts facts) => Status(facts) is MemberStatus.Pending or MemberStatus.Approved or MemberStatus.Active;

    private static string Status(Facts facts) => ((TextValue)facts["member", "status"]).Text;

    private static string Role(Facts facts) => ((TextValue)facts["person", "role"]).Text;
}
