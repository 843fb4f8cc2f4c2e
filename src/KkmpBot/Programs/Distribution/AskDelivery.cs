using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Distribution;

/// <summary>
/// A warehouse officer begins to ask for goods: what the shelf lacks for some days of sales, less what is under way. It is a draft that the
/// officer changes and hands in; a second one takes the place of the first.
/// </summary>
public sealed class ProposeDelivery : ICapability
{
    /// <summary>Nobody stores staples for longer.</summary>
    public const int MaxDays = 60;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.propose")
        .Takes("days", DialogType.Whole)
        .Gives("proposed", DeliveryRecord.Type)
        .Gives("no_goods")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        var prices = await DistributionPrice.OnAsync(turn.Db, Wib.Day(turn.UtcNow), ct);
        string[] offered = [.. prices.Keys];
        var products = turn.Db.Set<Product>().Where(row => row.CooperativeId == cooperativeId && row.Active && offered.Contains(row.Goods));
        var paces = await SalesPace.OfAsync(turn.Db, products, turn.UtcNow, ct);
        if (paces.Count == 0)
            return new Outcome("no_goods");
        var days = (int)Math.Clamp(call.Whole("days"), 1, MaxDays);
        var coming = await ComingAsync(turn, cooperativeId, ct);
        var delivery = await DraftAsync(turn, cooperativeId, days, ct);
        foreach (var pace in paces.Take(DeliveryRecord.MaxLines))
        {
            var asked = pace.MissingMilli(days, coming.GetValueOrDefault(pace.Product.Id));
            turn.Db.Add(new DeliveryLine
            {
                DeliveryId = delivery.Id,
                ProductId = pace.Product.Id,
                AskedMilli = asked,
                GrantedMilli = asked,
                UnitRupiah = Quantities.Cost(prices[pace.Product.Goods], pace.Product.BaseMilli),
            });
        }
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("proposed", await DeliveryRecord.OfAsync(turn, await OpenDelivery.OfAsync(turn.Db, delivery, ct), ct));
    }

    private static async Task<Delivery> DraftAsync(Turn turn, int cooperativeId, int days, CancellationToken ct)
    {
        var delivery = await turn.Db.Set<Delivery>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Status == DeliveryStatus.Draft, ct);
        if (delivery is null)
            turn.Db.Add(delivery = new Delivery { CooperativeId = cooperativeId });
        else
            turn.Db.RemoveRange(await turn.Db.Set<DeliveryLine>().Where(row => row.DeliveryId == delivery.Id).ToListAsync(ct));
        delivery.BufferDays = days;
        delivery.AskedBy = turn.Caller.PersonId;
        delivery.AskedUtc = turn.UtcNow;
        await turn.Db.SaveChangesAsync(ct);
        return delivery;
    }

    private static async Task<Dictionary<long, long>> ComingAsync(Turn turn, int cooperativeId, CancellationToken ct) =>
        await turn.Db.Set<Delivery>()
            .Where(row => row.CooperativeId == cooperativeId
                && (row.Status == DeliveryStatus.Asked || row.Status == DeliveryStatus.Approved || row.Status == DeliveryStatus.Sent))
            .Join(turn.Db.Set<DeliveryLine>(), row => row.Id, line => line.DeliveryId, (_, line) => line)
            .GroupBy(line => line.ProductId).Select(same => new { same.Key, Milli = same.Sum(line => line.GrantedMilli) })
            .ToDictionaryAsync(same => same.Key, same => same.Milli, ct);
}

/// <summary>
/// Changes one amount of a delivery: what the officer asks while it is a draft, what the city grants while it decides (not more than was
/// asked), what came and what was damaged while it is counted. "0" is none.
/// </summary>
public sealed class ChangeDelivery : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.change")
        .Takes("delivery", DialogType.Text)
        .Takes("status", DialogType.Choice)
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .MayTake("damaged", DialogType.Text)
        .Gives("changed", DeliveryRecord.Type)
        .Gives("unclear")
        .Gives("too_much")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OpenDelivery.FindAsync(turn, call.Text("delivery"), call.Text("status"), ct) is not { } open
            || open.LineOf(call.Text("product")) is not { } found)
            return new Outcome("gone");
        var (line, product) = found;
        if (Milli(call.Text("quantity"), product) is not { } milli || Milli(call.TextOrNull("damaged") ?? "0", product) is not { } damaged)
            return new Outcome("unclear");
        switch (open.Delivery.Status)
        {
            case DeliveryStatus.Draft:
                line.AskedMilli = milli;
                line.GrantedMilli = milli;
                break;
            case DeliveryStatus.Asked when milli <= line.AskedMilli:
                line.GrantedMilli = milli;
                break;
            case DeliveryStatus.Sent when damaged <= milli && milli <= line.GrantedMilli:
                line.ArrivedMilli = milli;
                line.DamagedMilli = damaged;
                break;
            case DeliveryStatus.Asked or DeliveryStatus.Sent:
                return new Outcome("too_much");
            default:
                return new Outcome("gone");
        }
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("changed", await DeliveryRecord.OfAsync(turn, open, ct));
    }

    private static long? Milli(string said, Product product)
    {
        if (said.Trim() == "0")
            return 0;
        var (milli, problem) = SaidQuantity.Read(said, product);
        return problem is null ? milli : null;
    }
}

/// <summary>A warehouse officer hands a draft in: it gets its number, and the city is told.</summary>
public sealed class AskDelivery : ICapability
{
    /// <summary>Tells the city.</summary>
    internal const string Notice = "delivery_asked";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.ask")
        .Takes("delivery", DialogType.Text)
        .Gives("asked", DeliveryRecord.Type)
        .Gives("empty")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OpenDelivery.FindAsync(turn, call.Text("delivery"), DeliveryStatus.Draft, ct) is not { } open)
            return new Outcome("gone");
        if (open.Lines.All(line => line.Line.AskedMilli == 0))
            return new Outcome("empty");
        turn.Db.RemoveRange(open.Lines.Select(line => line.Line).Where(line => line.AskedMilli == 0));
        open.Delivery.Status = DeliveryStatus.Asked;
        open.Delivery.AskedUtc = turn.UtcNow;
        open.Delivery.AskedBy = turn.Caller.PersonId;
        open.Delivery.Number = await RunningNumber.NextAsync(turn.Db, open.Delivery.CooperativeId, "delivery", ct);
        await Audit.RecordAsync(turn, Description.Name, open.Delivery.Subject, ct);
        var news = await DeliveryRecord.NewsAsync(turn, open, "", ct);
        foreach (long person in await ByNumber.CityAsync(turn, ct))
            turn.Notify(person, Notice, news);
        return new Outcome("asked", await DeliveryRecord.OfAsync(turn, open, ct));
    }
}

/// <summary>A delivery as it stands now: a list may have been shown some time ago.</summary>
public sealed class ShowDelivery : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.show")
        .Takes("delivery", DialogType.Text)
        .Gives("found", DeliveryRecord.Type)
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var delivery = long.TryParse(call.Text("delivery"), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? await turn.Db.Set<Delivery>().SingleOrDefaultAsync(row => row.Id == id && row.Status != DeliveryStatus.Draft, ct)
            : null;
        bool may = OfficerRole.MayServeCity(turn.Caller) || (OfficerRole.MayLook(turn.Caller) && delivery?.CooperativeId == turn.Caller.CooperativeId);
        return delivery is null || !may
            ? new Outcome("gone")
            : new Outcome("found", await DeliveryRecord.OfAsync(turn, await OpenDelivery.OfAsync(turn.Db, delivery, ct), ct));
    }
}

/// <summary>The deliveries of the officer's cooperative that are under way, and the last that were decided or came.</summary>
public sealed class ListDeliveries : ICapability
{
    private const int MaxShown = 9;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.mine").Gives("listed", DeliveryRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var deliveries = await turn.Db.Set<Delivery>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status != DeliveryStatus.Draft)
            .OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync(ct);
        return await DeliveryRecord.ListAsync(turn, deliveries, ct);
    }
}
