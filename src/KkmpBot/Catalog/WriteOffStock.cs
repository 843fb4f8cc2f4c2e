using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;

namespace KkmpBot.Catalog;

/// <summary>An officer takes broken or spoilt goods off the shelf; what members have ordered stays theirs.</summary>
public sealed class WriteOffStock : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.write_off")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("written_off", ProductRecord.Type)
        .Gives("short", ProductRecord.Type)
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var (item, milli, refusal) = await OfficersArticle.ReadAsync(call, turn, ct);
        if (refusal is not null)
            return refusal;

        await StockQueue.TakeBackAsync(turn, item.Product, milli, ct);
        var cost = await Stock.WriteOffAsync(turn, item.Product, milli, orderId: null, ct);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, item.Product.Subject, ct);
        JournalEntry? entry = null;
        if (cost > 0)
        {
            var loss = EntryDraft.For(turn, item.Product.CooperativeId, "stock_loss", call.Text("product"))
                .Debit(Account.StockLosses, cost.Value)
                .Credit(Account.Stock, cost.Value);
            entry = await Books.PostAsync(turn.Db, loss, ct);
        }

        if (cost is not null)
            GoodsAct.Note(turn, Description.Name, entry);
        return new Outcome(cost is null ? "short" : "written_off", await ProductRecord.NowAsync(turn, item.Product, ct));
    }
}
