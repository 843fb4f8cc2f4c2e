using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Orders;

namespace KkmpBot.Payments;

/// <summary>How orders are paid before they are fetched: from simpanan sukarela, or by QRIS.</summary>
public static class PaymentsSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [PaymentWays.Type, PaymentRecord.Type, PaymentRecord.ListType, ReadQrisCode.Type],
        Capabilities =
        [
            new ListPaymentWays(), new ChoosePayment(), new PayCashInstead(),
            new ListWaitingPayments(), new ConfirmQris(), new ListRefunds(), new PayRefund(), new ReadQrisCode(), new SetQrisCode(),
        ],
        Notices = new Dictionary<string, DialogType?> { [Prepayments.PaidNotice] = OrderRecord.News, [ProviderReport.OddNotice] = ProviderReport.News },
        Undos = new Dictionary<string, UndoAct>
        {
            ["payments.confirm"] = UndoPayments.OfConfirmationAsync,
            ["payments.refund"] = UndoPayments.OfRefundAsync,
        },
        TimedActs = new Dictionary<string, RunTimedAct> { [ProviderReport.Kind] = ProviderReport.RunAsync },
    };
}
