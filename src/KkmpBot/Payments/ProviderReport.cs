using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>What the provider reports about a payment, looked at once in a turn of its own.</summary>
public static class ProviderReport
{
    /// <summary>The timed act's kind; its subject is the provider's number of the transaction.</summary>
    public const string Kind = "payments.report";

    /// <summary>The notice to the officers when the money does not fit the order.</summary>
    internal const string OddNotice = "payment_odd";

    /// <summary>What the notice says.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "payment_news", ("reference", DialogType.TextOf(25)), ("amount", DialogType.Money), ("expected", DialogType.Money));

    /// <summary>Settles the payment it is about: only when reference and amount fit, and only once.</summary>
    /// <param name="act">The act.</param>
    /// <param name="turn">The turn; nobody's.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var report = await turn.Db.Set<ProviderPayment>().SingleAsync(row => row.TransactionId == act.Subject, ct);
        if (report.Result is not null)
            return;
        var payment = await turn.Db.Set<Payment>().AsNoTracking().SingleOrDefaultAsync(row => row.Reference == report.Reference, ct);
        report.Result = payment is null ? "unknown_reference" : payment.Rupiah != report.Rupiah ? "other_amount" : await SettleAsync(turn, payment, report, ct);
        await turn.Db.SaveChangesAsync(ct);
        if (payment is not null && report.Result is "other_amount" or "paid_before")
            await TellOfficersAsync(turn, payment!, report, ct);
    }

    private static async Task<string> SettleAsync(Turn turn, Payment payment, ProviderPayment report, CancellationToken ct) =>
        await Prepayments.SettleAsync(turn, payment, $"qris:{report.TransactionId}", ct) is not null
            ? payment.Status == PaymentStatus.Void ? "after_void" : "paid"
            : "paid_before";

    private static async Task TellOfficersAsync(Turn turn, Payment payment, ProviderPayment report, CancellationToken ct)
    {
        var news = RecordValue.Of(
            ("reference", new TextValue(report.Reference)), ("amount", new MoneyValue(report.Rupiah)), ("expected", new MoneyValue(payment.Rupiah)));
        foreach (var officer in await Colleagues.OfAsync(turn, payment.CooperativeId, ct))
            turn.Notify(officer, OddNotice, news);
    }
}
