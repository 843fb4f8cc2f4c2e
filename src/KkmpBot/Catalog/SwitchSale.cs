using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>An officer takes an article out of the sale, or puts it back. Placed orders keep what was promised.</summary>
public sealed class SwitchSale : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.switch_sale")
        .Takes("product", DialogType.Text)
        .Gives("on_sale", ProductRecord.Type)
        .Gives("withdrawn", ProductRecord.Type)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OfficersArticle.FindAsync(call, turn, ct) is not { } item)
            return new Outcome("not_allowed");
        await turn.Db.LockAsync<Product>(item.Product.Id, ct);
        var product = await turn.Db.Set<Product>().SingleAsync(row => row.Id == item.Product.Id, ct);
        product.Active = !product.Active;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, product.Subject, ct);
        return new Outcome(product.Active ? "on_sale" : "withdrawn", await ProductRecord.NowAsync(turn, product, ct));
    }
}
