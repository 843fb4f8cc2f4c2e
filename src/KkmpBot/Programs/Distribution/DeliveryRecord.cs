using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Distribution;

/// <summary>A delivery with its lines and articles, as it is worked on.</summary>
/// <param name="Delivery">Tracked.</param>
/// <param name="Lines">By article; tracked.</param>
internal sealed record OpenDelivery(Delivery Delivery, IReadOnlyList<(DeliveryLine Line, Product Product)> Lines)
{
    /// <summary>The line of an article; null when it has none.</summary>
    /// <param name="product">The article's id as text.</param>
    public (DeliveryLine Line, Product Product)? LineOf(string product) =>
        Lines.Where(line => line.Product.Id.ToString(CultureInfo.InvariantCulture) == product).Select(line => ((DeliveryLine, Product)?)line).SingleOrDefault();

    /// <summary>What its goods come to: owed once received, granted or asked before.</summary>
    public long TotalRupiah => Lines.Sum(line => Delivery.Status switch
    {
        DeliveryStatus.Sent or DeliveryStatus.Received => line.Line.OwedRupiah,
        DeliveryStatus.Draft => Quantities.Cost(line.Line.UnitRupiah, line.Line.AskedMilli),
        _ => Quantities.Cost(line.Line.UnitRupiah, line.Line.GrantedMilli),
    });

    /// <summary>The delivery that a dialog's key names, held until the turn ends, if it is in a stage and the caller may act on it.</summary>
    /// <param name="turn">A warehouse officer's turn, for their own cooperative's; or the city's, for any that was handed in.</param>
    /// <param name="key">The id as text.</param>
    /// <param name="status">The stage.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<OpenDelivery?> FindAsync(Turn turn, string key, string status, CancellationToken ct)
    {
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        // Two people on one delivery: the second reads what the first has done.
        await turn.Db.LockAsync<Delivery>(id, ct);
        var delivery = await turn.Db.Set<Delivery>().SingleOrDefaultAsync(row => row.Id == id && row.Status == status, ct);
        bool isOwn = OfficerRole.MayMoveGoods(turn.Caller) && delivery?.CooperativeId == turn.Caller.CooperativeId;
        bool isCitys = OfficerRole.MayServeCity(turn.Caller) && status is DeliveryStatus.Asked or DeliveryStatus.Approved;
        return delivery is not null && (isOwn || isCitys) ? await OfAsync(turn.Db, delivery, ct) : null;
    }

    /// <summary>A delivery with its lines.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="delivery">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<OpenDelivery> OfAsync(KkmpDbContext db, Delivery delivery, CancellationToken ct) => (await OfAsync(db, [delivery], ct))[0];

    /// <summary>Deliveries with their lines, in one query.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="deliveries">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<OpenDelivery>> OfAsync(KkmpDbContext db, IReadOnlyList<Delivery> deliveries, CancellationToken ct)
    {
        var ids = deliveries.Select(delivery => delivery.Id).ToList();
        var lines = await db.Set<DeliveryLine>().Where(row => ids.Contains(row.DeliveryId))
            .Join(db.Set<Product>(), row => row.ProductId, product => product.Id, (row, product) => new { row, product }).ToListAsync(ct);
        var byDelivery = lines.OrderBy(line => line.product.Id).ToLookup(line => line.row.DeliveryId, line => (line.row, line.product));
        return [.. deliveries.Select(delivery => new OpenDelivery(delivery, [.. byDelivery[delivery.Id]]))];
    }
}

/// <summary>Deliveries as the dialogs see them.</summary>
internal static class DeliveryRecord
{
    /// <summary>Staples of one delivery at most; the city's distribution has a dozen goods.</summary>
    public const int MaxLines = 12;

    /// <summary>So many are listed, the oldest first.</summary>
    public const int MaxListed = 40;

    /// <summary>An article of a delivery: what was asked, granted, came, and was damaged.</summary>
    public static DialogType Line { get; } = DialogType.Record(
        "delivery_line",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("unit", DialogType.TextOf(10)),
        ("asked", DialogType.Quantity),
        ("granted", DialogType.Quantity),
        ("arrived", DialogType.Quantity),
        ("damaged", DialogType.Quantity));

    /// <summary>A delivery; <c>words</c> is its stage in words, <c>total</c> what its goods come to.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "delivery",
        ("key", DialogType.TextOf(20)),
        ("no", DialogType.TextOf(10)),
        ("cooperative", DialogType.TextOf(24)),
        ("status", DialogType.Choice),
        ("words", DialogType.TextOf(20)),
        ("day", DialogType.Date),
        ("total", DialogType.Money),
        ("lines", DialogType.List("delivery_lines", Line, MaxLines)));

    /// <summary>The lines, for the vocabulary.</summary>
    public static DialogType Lines { get; } = DialogType.List("delivery_lines", Line, MaxLines);

    /// <summary>Deliveries, the oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("deliveries", Type, MaxListed);

    /// <summary>What news about a delivery say of it.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "delivery_news", ("no", DialogType.TextOf(10)), ("cooperative", DialogType.TextOf(24)), ("total", DialogType.Money),
        ("reason", DialogType.TextOf(Delivery.MaxReasonLength)));

    /// <summary>The record of a delivery.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="open">The delivery.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RecordValue> OfAsync(Turn turn, OpenDelivery open, CancellationToken ct) => Of(open, await NameAsync(turn, open.Delivery, ct));

    /// <summary>The outcome <c>listed</c> of deliveries, however many, in two queries.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="deliveries">Which, in their order.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Outcome> ListAsync(Turn turn, IReadOnlyList<Delivery> deliveries, CancellationToken ct)
    {
        var open = await OpenDelivery.OfAsync(turn.Db, deliveries, ct);
        var ids = deliveries.Select(delivery => delivery.CooperativeId).Distinct().ToList();
        var names = await turn.Db.Set<Cooperative>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Kelurahan, ct);
        return new Outcome("listed", new ListValue([.. open.Select(one => Of(one, names[one.Delivery.CooperativeId]))]));
    }

    private static RecordValue Of(OpenDelivery open, string cooperative) => RecordValue.Of(
        ("key", new TextValue(open.Delivery.Id.ToString(CultureInfo.InvariantCulture))),
        ("no", new TextValue(No(open.Delivery))),
        ("cooperative", new TextValue(cooperative)),
        ("status", new TextValue(open.Delivery.Status)),
        ("words", new TextValue(Words(open.Delivery.Status))),
        ("day", new DateValue(Wib.Day(open.Delivery.AskedUtc))),
        ("total", new MoneyValue(open.TotalRupiah)),
        ("lines", new ListValue([.. open.Lines.Where(line => IsShown(open.Delivery.Status, line.Line)).Select(Of)])));

    /// <summary>What news say of a delivery.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="open">The delivery.</param>
    /// <param name="reason">Why it was refused; empty otherwise.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RecordValue> NewsAsync(Turn turn, OpenDelivery open, string reason, CancellationToken ct) => RecordValue.Of(
        ("no", new TextValue(No(open.Delivery))),
        ("cooperative", new TextValue(await NameAsync(turn, open.Delivery, ct))),
        ("total", new MoneyValue(open.TotalRupiah)),
        ("reason", new TextValue(reason)));

    private static bool IsShown(string status, DeliveryLine line) => status switch
    {
        DeliveryStatus.Draft => true,
        DeliveryStatus.Asked or DeliveryStatus.Refused => line.AskedMilli > 0,
        _ => line.GrantedMilli > 0,
    };

    private static RecordValue Of((DeliveryLine Line, Product Product) of) => RecordValue.Of(
        ("key", new TextValue(of.Product.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(of.Product.Name)),
        ("unit", new TextValue(of.Product.Unit)),
        ("asked", new QuantityValue(Quantities.FromMilli(of.Line.AskedMilli))),
        ("granted", new QuantityValue(Quantities.FromMilli(of.Line.GrantedMilli))),
        ("arrived", new QuantityValue(Quantities.FromMilli(of.Line.ArrivedMilli))),
        ("damaged", new QuantityValue(Quantities.FromMilli(of.Line.DamagedMilli))));

    private static string No(Delivery delivery) => delivery.Number is { } number ? RunningNumber.Text(number) : "-";

    private static Task<string> NameAsync(Turn turn, Delivery delivery, CancellationToken ct) =>
        turn.Db.Set<Cooperative>().Where(row => row.Id == delivery.CooperativeId).Select(row => row.Kelurahan).SingleAsync(ct);

    private static string Words(string status) => status switch
    {
        DeliveryStatus.Draft => "belum diajukan",
        DeliveryStatus.Asked => "menunggu kota",
        DeliveryStatus.Approved => "disetujui kota",
        DeliveryStatus.Refused => "ditolak kota",
        DeliveryStatus.Sent => "dalam perjalanan",
        _ => "sudah diterima",
    };
}
