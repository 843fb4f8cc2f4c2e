using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Catalog;

/// <summary>An officer notes a delivery: so much of an article came, paid in cash, owed to the supplier, or at a price not known yet.</summary>
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
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (Counter.CooperativeOf(turn.Caller) is not { } cooperativeId
            || await Shelf.FindAsync(turn.Db, cooperativeId, call.Text("product"), turn.UtcNow, ct) is not { } item)
            return new Outcome("not_allowed");
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), item.Product);
        if (problem is not null)
            return new Outcome(problem);

        var unitCost = call.Arguments.ContainsKey("unit_cost") ? call.Rupiah("unit_cost") : 0;
        await Stock.ReceiveAsync(turn, item.Product.Id, milli, Quantities.Cost(unitCost, milli), ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("received", await ProductRecord.NowAsync(turn, item.Product, ct));
    }
}
