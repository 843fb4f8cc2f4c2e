using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Links;

/// <summary>One person in several channels: codes that link them, taking them apart, and numbers that changed.</summary>
public static class LinksSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [IssueCode.Shown, Addresses.Type, Addresses.ListType, NumberChanges.Type, NumberChanges.ListType],
        Capabilities =
        [
            new IssueCode(), new RedeemCode(), new ListAddresses(), new LeaveAddress(), new ListNumberChanges(), new DecideNumberChange(),
        ],
        Notices = new Dictionary<string, DialogType?> { [NumberChanges.Notice] = NumberChanges.News },
        TimedActs = new Dictionary<string, RunTimedAct> { [NumberChange.TimedAct] = NumberChanges.TellAsync },
        PersonTables = ["link_tries"],
    };
}
