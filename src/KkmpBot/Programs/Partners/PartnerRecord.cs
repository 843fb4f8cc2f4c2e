using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Partners;

/// <summary>Partners and their goods as the dialogs see them.</summary>
internal static class PartnerRecord
{
    private const int MaxGoods = 20;

    /// <summary>A partner: what it is, and what it is owed.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "partner",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(Partner.MaxNameLength)),
        ("kind", DialogType.TextOf(16)),
        ("owed", DialogType.Money));

    /// <summary>Partners, the oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("partners", Type, Partner.MaxPartners);

    /// <summary>Goods on consignment; <c>left</c> is what of them lies on the shelf.</summary>
    public static DialogType Goods { get; } = DialogType.Record(
        "consigned",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("partner", DialogType.TextOf(Partner.MaxNameLength)),
        ("unit", DialogType.TextOf(10)),
        ("price", DialogType.Money),
        ("percent", DialogType.Whole),
        ("words", DialogType.TextOf(16)),
        ("left", DialogType.Quantity));

    /// <summary>Goods, the youngest first.</summary>
    public static DialogType GoodsList { get; } = DialogType.List("consigned_goods", Goods, MaxGoods);

    /// <summary>The partner that a dialog's key names in the officer's cooperative; null when there is none. Its row is held until the turn ends.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="key">The id as text.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Partner?> FindAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        await Data.RowLocks.LockAsync<Partner>(turn.Db, id, ct);
        return await turn.Db.Set<Partner>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct);
    }

    /// <summary>The record of a partner.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="partner">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RecordValue> OfAsync(Turn turn, Partner partner, CancellationToken ct) => RecordValue.Of(
        ("key", new TextValue(partner.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(turn.Vault.Open(partner.Name))),
        ("kind", new TextValue(partner.MemberId is not null ? "usaha anggota" : partner.Kind.ToUpperInvariant())),
        ("owed", new MoneyValue(await ConsignedSales.OwedAsync(turn.Db, partner.Id, ct))));

    /// <summary>Records of goods, with what of them is left.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="goods">Which, read already narrowed.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<ListValue> GoodsAsync(Turn turn, IQueryable<Consignment> goods, CancellationToken ct)
    {
        var rows = await (
            from consignment in goods.AsNoTracking().OrderByDescending(row => row.Id).Take(MaxGoods)
            join partner in turn.Db.Set<Partner>() on consignment.PartnerId equals partner.Id
            join level in turn.Db.Set<StockLevel>() on consignment.ProductId equals level.ProductId into levels
            from level in levels.DefaultIfEmpty()
            orderby consignment.Id descending
            select new { consignment, partner.Name, Left = level == null ? 0 : level.OnHandMilli }).ToListAsync(ct);
        return new ListValue([.. rows.Select(row => RecordValue.Of(
            ("key", new TextValue(row.consignment.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(row.consignment.Name)),
            ("partner", new TextValue(turn.Vault.Open(row.Name))),
            ("unit", new TextValue(row.consignment.Unit)),
            ("price", new MoneyValue(row.consignment.PriceRupiah)),
            ("percent", new WholeValue(row.consignment.Percent)),
            ("words", new TextValue(Words(row.consignment.Status))),
            ("left", new QuantityValue(Quantities.FromMilli(row.Left)))))]);
    }

    private static string Words(string status) => status switch
    {
        ConsignmentStatus.Offered => "menunggu",
        ConsignmentStatus.Approved => "dijual di gerai",
        _ => "belum diterima",
    };
}
