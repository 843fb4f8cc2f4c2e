using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Distribution;

/// <summary>The deliveries that the city has to decide on or to send, and those on their way; the oldest first.</summary>
public sealed class ListRequests : ICapability
{
    private static readonly string[] UnderWay = [DeliveryStatus.Asked, DeliveryStatus.Approved, DeliveryStatus.Sent];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.requests").Gives("listed", DeliveryRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var deliveries = await turn.Db.Set<Delivery>().AsNoTracking().Where(row => UnderWay.Contains(row.Status))
            .OrderBy(row => row.AskedUtc).ThenBy(row => row.Id).Take(DeliveryRecord.MaxListed).ToListAsync(ct);
        return await DeliveryRecord.ListAsync(turn, deliveries, ct);
    }
}

/// <summary>The city grants what stands in a request, at the prices of today; what it cut before is granted in part.</summary>
public sealed class ApproveDelivery : ICapability
{
    /// <summary>Tells the cooperative's officers.</summary>
    internal const string Notice = "delivery_approved";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.approve")
        .Takes("delivery", DialogType.Text)
        .Gives("approved", DeliveryRecord.Type)
        .Gives("empty")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller)
            || await OpenDelivery.FindAsync(turn, call.Text("delivery"), DeliveryStatus.Asked, ct) is not { } open)
            return new Outcome("gone");
        if (open.Lines.All(line => line.Line.GrantedMilli == 0))
            return new Outcome("empty");
        var prices = await DistributionPrice.OnAsync(turn.Db, Wib.Day(turn.UtcNow), ct);
        foreach (var (line, product) in open.Lines)
            line.UnitRupiah = prices.TryGetValue(product.Goods, out long rupiah) ? Quantities.Cost(rupiah, product.BaseMilli) : line.UnitRupiah;
        open.Delivery.Status = DeliveryStatus.Approved;
        await Decisions.NoteAsync(turn, open, Description.Name, Notice, "", ct);
        return new Outcome("approved", await DeliveryRecord.OfAsync(turn, open, ct));
    }
}

/// <summary>The city turns a request down, with a reason that the cooperative reads.</summary>
public sealed class RefuseDelivery : ICapability
{
    /// <summary>Tells the cooperative's officers.</summary>
    internal const string Notice = "delivery_refused";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.refuse")
        .Takes("delivery", DialogType.Text)
        .Takes("reason", DialogType.Text)
        .Gives("refused")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller)
            || await OpenDelivery.FindAsync(turn, call.Text("delivery"), DeliveryStatus.Asked, ct) is not { } open)
            return new Outcome("gone");
        var said = call.Text("reason");
        var reason = said.Length <= Delivery.MaxReasonLength ? said : said[..Delivery.MaxReasonLength];
        open.Delivery.Status = DeliveryStatus.Refused;
        open.Delivery.Reason = turn.Vault.Seal(reason);
        await Decisions.NoteAsync(turn, open, Description.Name, Notice, reason, ct);
        return new Outcome("refused");
    }
}

/// <summary>The city notes that granted goods have left its warehouse; the cooperative counts them when they come.</summary>
public sealed class SendDelivery : ICapability
{
    /// <summary>Tells the cooperative's officers.</summary>
    internal const string Notice = "delivery_sent";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.send")
        .Takes("delivery", DialogType.Text)
        .Gives("sent")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller)
            || await OpenDelivery.FindAsync(turn, call.Text("delivery"), DeliveryStatus.Approved, ct) is not { } open)
            return new Outcome("gone");
        open.Delivery.Status = DeliveryStatus.Sent;
        open.Delivery.SentUtc = turn.UtcNow;
        // Everything is expected to come; the count changes what did not.
        foreach (var (line, _) in open.Lines)
            line.ArrivedMilli = line.GrantedMilli;
        await Decisions.NoteAsync(turn, open, Description.Name, Notice, "", ct);
        return new Outcome("sent");
    }
}

/// <summary>The city sets what its distribution takes for goods, from today on; the first price puts them on offer.</summary>
public sealed class SetDistributionPrice : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.set_price")
        .Takes("goods", DialogType.Text)
        .Takes("price", DialogType.Money)
        .Gives("set")
        .Gives("unknown")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller) || call.Rupiah("price") is <= 0 or > DistributionPrice.MaxRupiah)
            return new Outcome("not_allowed");
        if (turn.Goods?.OnlyNamed(call.Text("goods")) is not [var goods])
            return new Outcome("unknown");
        var today = Wib.Day(turn.UtcNow);
        await turn.Db.LockNameAsync("distribution_prices", ct);
        var price = await turn.Db.Set<DistributionPrice>().SingleOrDefaultAsync(row => row.Goods == goods && row.FromDay == today, ct);
        if (price is null)
            turn.Db.Add(price = new DistributionPrice { Goods = goods, FromDay = today });
        price.Rupiah = call.Rupiah("price");
        return new Outcome("set");
    }
}

/// <summary>What every decision of the city on a delivery leaves: who, when, a line in the cooperative's audit log, and news to its officers.</summary>
internal static class Decisions
{
    /// <summary>Notes it.</summary>
    /// <param name="turn">The city's turn.</param>
    /// <param name="open">The delivery, changed.</param>
    /// <param name="act">The capability.</param>
    /// <param name="notice">The news.</param>
    /// <param name="reason">Why, for a refusal.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task NoteAsync(Turn turn, OpenDelivery open, string act, string notice, string reason, CancellationToken ct)
    {
        var delivery = open.Delivery;
        delivery.DecidedBy = turn.Caller.PersonId;
        delivery.DecidedUtc = turn.UtcNow;
        await Audit.RecordAsync(turn.Db, delivery.CooperativeId, turn.UtcNow, turn.Caller.PersonId, act, delivery.Subject, ct);
        var news = await DeliveryRecord.NewsAsync(turn, open, reason, ct);
        foreach (long officer in await Colleagues.OfAsync(turn, delivery.CooperativeId, ct))
            turn.Notify(officer, notice, news);
    }
}
