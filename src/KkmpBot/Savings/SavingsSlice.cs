using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Savings;

/// <summary>What dialogs may ask of members' savings: deposits, claims, withdrawals, and members who leave.</summary>
public static class SavingsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new ShowSavings(), new ListEntries(), new FindPayer(), new QuoteDeposit(), new ReceiveDeposit(),
            new ClaimDeposit(), new ListClaims(), new ConfirmClaim(), new RefuseClaim(),
            new PrepareWithdrawal(), new ListWithdrawals(), new DecideWithdrawal(),
            new QuoteDeparture(), new AskDeparture(), new StayMember(), new ListDepartures(), new NoteDeparture(), new SettleDeparture(),
        ],
        Types =
        [
            ShowSavings.OtherSavings, ShowSavings.OtherSavingsList, ShowSavings.Overview,
            ListEntries.Entry, ListEntries.EntryList, FindPayer.Payer, FindPayer.PayerList, DepositQuote.Type,
            ReceiveDeposit.Receipt, Claims.Type, Claims.ListType, Withdrawals.Type, Withdrawals.ListType,
            Departures.Type, Departures.ListType, SettleDeparture.Settled,
        ],
        Notices = new Dictionary<string, DialogType?>
        {
            [ReceiveDeposit.DepositNotice] = ReceiveDeposit.Receipt,
            [ReceiveDeposit.EnteredNotice] = ReceiveDeposit.Receipt,
            [ApproveInDemo.Notice] = ReceiveDeposit.Receipt,
            [DuesReminder.Notice] = DuesReminder.News,
            [ClaimDeposit.Notice] = ClaimDeposit.News,
            [RefuseClaim.Notice] = RefuseClaim.News,
            [PrepareWithdrawal.Notice] = Withdrawals.News,
            [DecideWithdrawal.PaidNotice] = ReceiveDeposit.Receipt,
            [DecideWithdrawal.RefusedNotice] = Withdrawals.News,
            [AskDeparture.Notice] = AskDeparture.News,
            [SettleDeparture.Notice] = SettleDeparture.Settled,
        },
        TimedActs = new Dictionary<string, RunTimedAct>
        {
            [SubmitApplication.DemoApproval] = ApproveInDemo.RunAsync,
            [DuesReminder.Kind] = DuesReminder.RunAsync,
        },
        Undos = new Dictionary<string, UndoAct>
        {
            ["savings.confirm_claim"] = ConfirmClaim.UndoAsync,
            ["savings.prepare_withdrawal"] = PrepareWithdrawal.UndoAsync,
            ["savings.decide_withdrawal"] = DecideWithdrawal.UndoAsync,
            ["savings.settle_departure"] = SettleDeparture.UndoAsync,
        },
    };
}
