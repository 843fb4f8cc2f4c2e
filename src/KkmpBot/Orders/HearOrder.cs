using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// Does to the caller's cart what a sentence says: "bras 5 kg dua sama telur sekilo", "gulanya jadi 3", "minyak ga usah", "seperti minggu
/// lalu", "diambil besok sore". Nothing is ordered by it; the cart is shown and confirmed afterwards. <c>complete</c>: goods, amounts and time were said,
/// and only the confirmation is left. What is to be asked about is asked one thing at a time; the cart remembers the rest.
/// </summary>
public sealed class HearOrder : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.hear")
        .Takes("sentence", DialogType.Text)
        .Gives("changed", CartRecord.Type)
        .Gives("complete", CartRecord.Type)
        .Gives("changed_in_part", CartRecord.Type)
        .Gives("how_many", CartRecord.Type)
        .Gives("which", CartRecord.Type)
        .Gives("sold_out", CartRecord.Type)
        .Gives("refused", CartRecord.Type)
        .Gives("emptied")
        .Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Goods?.Read(call.Text("sentence")) is not { } said || await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("nothing");
        cart.AskNoMore();
        if (!said.IsAboutGoods)
            return new Outcome("nothing");
        var hearing = new CartHearing(turn, cart);
        if (said.LikeLast)
            await RepeatLastAsync(turn, cart, hearing, ct);
        else
            await hearing.TakeAsync(said, null, ct);
        if (said is { PickUp: { } time, Wish: not GoodsWish.Remove })
            await hearing.FetchAsync(time, ct);
        var outcome = await hearing.OutcomeAsync(ct);
        await turn.Db.SaveChangesAsync(ct);
        return outcome;
    }

    private static async Task RepeatLastAsync(Turn turn, Cart cart, CartHearing hearing, CancellationToken ct)
    {
        var last = await turn.Db.Set<Order>().AsNoTracking()
            .Where(order => order.PersonId == turn.Caller.PersonId && order.CooperativeId == cart.Member.CooperativeId
                && order.Source == OrderSource.Chat && order.PlacedUtc != null)
            .OrderByDescending(order => order.PlacedUtc)
            .FirstOrDefaultAsync(ct);
        if (last is not null)
            await hearing.RepeatAsync(await OrderBook.LinesAsync(turn.Db, last.Id, ct), ct);
    }
}

/// <summary>Does the rest of a sentence when somebody has chosen which of several articles they meant: "beras 5 kg 2" said how many already.</summary>
public sealed class HearKind : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.hear_kind")
        .Takes("sentence", DialogType.Text)
        .Takes("product", DialogType.Text)
        .Gives("changed", CartRecord.Type)
        .Gives("changed_in_part", CartRecord.Type)
        .Gives("how_many", CartRecord.Type)
        .Gives("which", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var key = call.Text("product");
        var cart = await Cart.OpenAsync(turn, ct) ?? throw new InvalidOperationException("Only members have carts.");
        var hearing = new CartHearing(turn, cart);
        if (turn.Goods?.Read(call.Text("sentence")) is { } said)
            await hearing.TakeAsync(said, key, ct);
        var outcome = await hearing.OutcomeAsync(ct);
        await turn.Db.SaveChangesAsync(ct);
        return outcome.Name switch
        {
            "changed" or "changed_in_part" or "how_many" or "which" => outcome,
            // The sentence was not about this article after all: it is asked about as one picked from the list.
            "nothing" => AskedLater.Question(cart, "how_many", "", key, notes: null),
            _ => outcome with { Name = "refused" },
        };
    }
}

/// <summary>The articles of a cooperative that said goods may mean.</summary>
internal static class SaidArticles
{
    /// <summary>Those that fit the goods and the pack that was said; all of the goods when no pack fits.</summary>
    /// <param name="shelf">The articles.</param>
    /// <param name="said">What was said.</param>
    /// <param name="reader">Who read it.</param>
    public static IReadOnlyList<ShelfItem> Among(IReadOnlyList<ShelfItem> shelf, SaidGoods said, GoodsReader reader)
    {
        var kinds = shelf.Where(item => item.OnSale && said.Goods.Any(goods => reader.IsKindOf(item.Product.Goods, goods))).ToList();
        var exact = kinds.Where(item => said.Goods.Contains(item.Product.Goods)).ToList();
        var fitting = exact.Count > 0 ? exact : kinds;
        var packed = said.Size is { } size ? fitting.Where(item => PackOf(item.Product) == size).ToList() : [];
        return packed.Count > 0 ? packed : fitting;
    }

    // "5kg", as the lexicon writes sizes.
    private static string PackOf(Product product)
    {
        var holds = Quantities.FromMilli(product.BaseMilli);
        var (amount, unit) = holds < 1 && product.BaseUnit is "kg" or "l" ? (holds * 1000, product.BaseUnit == "kg" ? "g" : "ml") : (holds, product.BaseUnit);
        return $"{amount.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)}{unit}";
    }
}
