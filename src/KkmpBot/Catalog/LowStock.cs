using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>Tells the officers, once, when an article runs low: at the moment its free stock falls below the line they drew.</summary>
internal static class LowStock
{
    /// <summary>The notice.</summary>
    public const string Notice = "stock_low";

    /// <summary>What the notice says: the article, and how much of it is still free.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "stock_news",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("left", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)));

    /// <summary>Looks after so much has left the free stock; the article's row is still held.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">What left, in thousandths of the unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task WatchAsync(Turn turn, Product product, long milli, CancellationToken ct)
    {
        if (product.LowMilli is not { } low)
            return;
        var level = await turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(row => row.ProductId == product.Id, ct);
        var free = level.OnHandMilli - level.ReservedMilli;
        if (free >= low || free + milli < low)
            return;
        var news = RecordValue.Of(
            ("name", new TextValue(product.Name)),
            ("left", new QuantityValue(Quantities.FromMilli(free))),
            ("unit", new TextValue(product.Unit)));
        foreach (var officer in await Colleagues.OfAsync(turn, product.CooperativeId, ct))
            turn.Notify(officer, Notice, news);
    }
}
