using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Programs.Partners;

namespace KkmpBot.Counter;

/// <summary>
/// What an officer is about to sell, as said in a sentence, to anybody, a kiosk, or a member by register number. Said while another sentence
/// (<c>before</c>) is quoted, it takes that one's place, adds to it ("tambah telur 1 kg"), or leaves it when nothing of it can be sold.
/// </summary>
public sealed class QuoteSale : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counter.quote")
        .Takes("sentence", DialogType.Text)
        .Takes("tier", DialogType.Choice)
        .MayTake("buyer", DialogType.Text)
        .MayTake("before", DialogType.Text)
        .Gives("quoted", CounterQuote.Type)
        .Gives("quoted_in_part", CounterQuote.Type)
        .Gives("refused", CounterQuote.Type)
        .Gives("unknown_buyer")
        .Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller))
            return new Outcome("nothing");
        var number = call.TextOrNull("buyer") is { Length: > 0 } given ? given : null;
        var buyer = number is null ? null : await CounterQuote.BuyerAsync(turn, number, ct);
        if (number is not null && buyer is null)
            return new Outcome("unknown_buyer");
        var (sentence, before, tier) = (call.Text("sentence"), call.TextOrNull("before"), call.Text("tier"));
        var adds = before is not null && turn.Goods?.Read(sentence).Wish == GoodsWish.Add;
        var quote = await CounterQuote.MakeAsync(turn, adds ? $"{before}\n{sentence}" : sentence, tier, buyer, ct);
        if (buyer is not null)
            await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(buyer.Id), ct);
        return (quote.Lines.Count, quote.Notes.Count) switch
        {
            (0, 0) => new Outcome("nothing"),
            (0, _) when before is not null => new Outcome("refused", (await CounterQuote.MakeAsync(turn, before, tier, buyer, ct)).Record(turn, words: quote.Notes)),
            (0, _) => new Outcome("refused", quote.Record(turn)),
            (_, 0) => new Outcome("quoted", quote.Record(turn)),
            _ => new Outcome("quoted_in_part", quote.Record(turn)),
        };
    }
}

/// <summary>
/// An officer sells over the counter what was quoted: the goods leave the free stock, the sale is booked and tagged with the member if
/// there is one. When stock, price or a rule changed since the quote, nothing is sold and the new quote is shown, if anything is left of it.
/// </summary>
public sealed class SellAtCounter : ICapability
{
    /// <summary>The notice to a member.</summary>
    internal const string Notice = "counter_sold";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counter.sell")
        .Takes("sentence", DialogType.Text)
        .Takes("tier", DialogType.Choice)
        .Takes("buyer", DialogType.Text)
        .Takes("total", DialogType.Money)
        .Takes("paid", DialogType.Choice)
        .Gives("sold", CounterQuote.Type)
        .Gives("changed", CounterQuote.Type)
        .Gives("gone", CounterQuote.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller))
            throw new InvalidOperationException("A sale is made that was not quoted to this officer.");
        var buyer = call.Text("buyer") is { Length: > 0 } number ? await CounterQuote.BuyerAsync(turn, number, ct) : null;
        var (sentence, tier) = (call.Text("sentence"), call.Text("tier"));
        if (buyer is not null)
            await PurchaseRules.HoldAsync(turn.Db, buyer.Id, ct);
        foreach (var (item, _) in (await CounterQuote.MakeAsync(turn, sentence, tier, buyer, ct)).Lines.OrderBy(line => line.Item.Product.Id))
            await Stock.HoldAsync(turn, item.Product.Id, ct);
        var quote = await CounterQuote.MakeAsync(turn, sentence, tier, buyer, ct);
        if (quote.TotalRupiah != call.Rupiah("total") || quote.Lines.Count == 0)
            return new Outcome(quote.Lines.Count == 0 ? "gone" : "changed", quote.Record(turn));
        var sale = await SellAsync(turn, quote, call.Text("paid"), ct);
        return new Outcome("sold", quote.Record(turn, sale.Number));
    }

    private static async Task<Order> SellAsync(Turn turn, CounterQuote quote, string paid, CancellationToken ct)
    {
        var order = NewSale(turn, quote, paid);
        order.Number = await RunningNumber.NextAsync(turn.Db, order.CooperativeId, "order", ct);
        turn.Db.Add(order);
        await turn.Db.SaveChangesAsync(ct);
        var cost = 0L;
        foreach (var (item, milli) in quote.Lines.OrderBy(line => line.Item.Product.Id))
        {
            turn.Db.Add(new OrderLine { OrderId = order.Id, ProductId = item.Product.Id, QuantityMilli = milli, HandedMilli = milli, PriceRupiah = item.PriceRupiah!.Value });
            cost += await Stock.SellFreeAsync(turn, item.Product, milli, order.Id, ct)
                ?? throw new InvalidOperationException($"Product {item.Product.Id} went while its row was held.");
        }

        await turn.Db.SaveChangesAsync(ct);
        if (order.PersonId is { } personId)
            turn.Notify(personId, Notice, OrderRecord.NewsOf(order));
        await Audit.RecordAsync(turn, "counter.sell", order.Subject, ct);
        var lines = quote.Lines.Select(line => (line.Item.Product, line.Milli, Quantities.Cost(line.Item.PriceRupiah!.Value, line.Milli))).ToList();
        var sale = new Sale(order.TotalRupiah, 0, cost) { Consigned = await ConsignedSales.SoldAsync(turn, lines, ct) };
        GoodsAct.Note(turn, "counter.sell", await Handing.BookAsync(turn, order, sale, ct), order.Id);
        return order;
    }

    private static Order NewSale(Turn turn, CounterQuote quote, string paid) => new()
    {
        CooperativeId = turn.Caller.CooperativeId!.Value,
        MemberId = quote.Buyer?.Id,
        PersonId = quote.Buyer?.PersonId,
        NikIndex = quote.Buyer?.NikIndex,
        Source = OrderSource.Counter,
        Tier = quote.Tier,
        Status = OrderStatus.HandedOver,
        TotalRupiah = quote.TotalRupiah,
        Payment = paid == PaymentWay.Qris ? PaymentWay.Qris : PaymentWay.Cash,
        ChangedUtc = turn.UtcNow,
        PlacedUtc = turn.UtcNow,
        KeptUntilUtc = turn.UtcNow,
        ClosedUtc = turn.UtcNow,
        HandedOverBy = turn.Caller.PersonId,
        ActKey = turn.ActKey,
    };
}
