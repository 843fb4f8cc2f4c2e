using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Savings;

/// <summary>What dialogs may ask of members' savings, and the deposits that officers take.</summary>
public static class SavingsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities = [new ShowSavings(), new ListEntries(), new FindPayer(), new QuotePokok(), new QuoteWajib(), new ReceiveDeposit()],
        Types =
        [
            ShowSavings.OtherSavings, ShowSavings.OtherSavingsList, ShowSavings.Overview,
            ListEntries.Entry, ListEntries.EntryList, FindPayer.Payer, FindPayer.PayerList, DepositQuote.Type,
            ReceiveDeposit.Receipt,
        ],
        Notices = new Dictionary<string, DialogType?>
        {
            [ReceiveDeposit.DepositNotice] = ReceiveDeposit.Receipt,
            [ReceiveDeposit.EnteredNotice] = ReceiveDeposit.Receipt,
            [ApproveInDemo.Notice] = ReceiveDeposit.Receipt,
        },
        TimedActs = new Dictionary<string, RunTimedAct> { [SubmitApplication.DemoApproval] = ApproveInDemo.RunAsync },
    };
}
