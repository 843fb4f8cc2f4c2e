using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Programs.Partners;

namespace KkmpBot.Catalog;

/// <summary>
/// An officer notes a delivery: so much of an article came. <c>paid</c> is <c>cash</c> or <c>later</c> (owed to the supplier), with
/// <c>unit_cost</c> for one unit; anything else when the purchase price is not known, and nothing is booked then. The last
/// day of goods that spoil is noted afterwards.
/// </summary>
public sealed class ReceiveStock : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.receive")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Takes("paid", DialogType.Choice)
        .MayTake("unit_cost", DialogType.Money)
        .Gives("received", ProductRecord.Type)
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts)
        .Gives("consigned")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var (item, milli, refusal) = await OfficersArticle.ReadAsync(call, turn, ct);
        if (refusal is not null)
            return refusal;

        // What a partner brings is never bought; it comes in where its owner is known.
        if (await ConsignedSales.IsConsignedAsync(turn.Db, item.Product.Id, ct))
            return new Outcome("consigned");
        var paidFrom = PaidFrom(call.Text("paid"));
        var valueRupiah = paidFrom is null || !call.Arguments.ContainsKey("unit_cost") ? 0 : Quantities.Cost(call.Rupiah("unit_cost"), milli);
        await Stock.PutAsync(turn, item.Product, new Arrival(MovementKind.In, milli, valueRupiah), ct);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, item.Product.Subject, ct);
        JournalEntry? entry = null;
        if (paidFrom is not null && valueRupiah > 0)
        {
            var delivery = EntryDraft.For(turn, item.Product.CooperativeId, "stock_in", call.Text("product"))
                .Debit(Account.Stock, valueRupiah)
                .Credit(paidFrom, valueRupiah);
            entry = await Books.PostAsync(turn.Db, delivery, ct);
        }

        GoodsAct.Note(turn, Description.Name, entry);
        return new Outcome("received", await ProductRecord.NowAsync(turn, item.Product, ct));
    }

    private static Account? PaidFrom(string paid) => paid switch
    {
        "cash" => Account.Cash,
        "later" => Account.Payables,
        _ => null,
    };
}
