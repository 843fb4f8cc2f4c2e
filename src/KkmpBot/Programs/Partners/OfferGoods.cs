using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Partners;

/// <summary>Goods as they are offered, checked: a name that fits the shelf, a unit that is sold, a price.</summary>
internal static class GoodsOffer
{
    private static readonly string[] Units = ["kg", "l", "pcs", "pak", "bungkus", "botol", "butir", "kotak", "papan"];

    /// <summary>Makes the row; null when it cannot be sold as said.</summary>
    /// <param name="call">Carries <c>name</c>, <c>unit</c> and <c>price</c>.</param>
    /// <param name="partner">Whose.</param>
    public static Consignment? Read(CapabilityCall call, Partner partner)
    {
        var name = call.Text("name").Trim();
        return name.Length is 0 or > Product.MaxNameLength || !Units.Contains(call.Text("unit")) || call.Rupiah("price") is <= 0 or > Price.MaxRupiah
            ? null
            : new Consignment
            {
                PartnerId = partner.Id,
                CooperativeId = partner.CooperativeId,
                Name = name,
                Unit = call.Text("unit"),
                PriceRupiah = call.Rupiah("price"),
            };
    }

    /// <summary>Puts goods on the shelf, without any stock yet: an article with the partner's price.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="goods">Approved; tracked or added.</param>
    /// <param name="partner">Whose.</param>
    /// <param name="percent">The commission.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when an article of that name is there already, the shelf is full, or rules of the state bind such goods; nothing changed then.</returns>
    public static async Task<bool> ShelveAsync(Turn turn, Consignment goods, Partner partner, int percent, CancellationToken ct)
    {
        var own = turn.Db.Set<Product>().Where(row => row.CooperativeId == partner.CooperativeId);
        if (await own.AnyAsync(row => row.Name == goods.Name, ct) || await own.CountAsync(ct) >= Shelf.MaxArticles)
            return false;
        var named = turn.Goods?.Named(goods.Name) ?? [];
        var rules = await GoodsRules.InForceAsync(turn.Db, named, turn.UtcNow, ct);
        if (named.Any(kind => rules.For(kind).Any()))
            return false;
        var product = new Product
        {
            CooperativeId = partner.CooperativeId,
            Goods = named.Count == 1 ? named[0] : "lain",
            Name = goods.Name,
            Unit = goods.Unit,
            StepMilli = Quantities.Milli,
            BaseUnit = goods.Unit,
            BaseMilli = Quantities.Milli,
            SupplierKind = partner.Kind,
            Active = true,
        };
        turn.Db.Add(product);
        await turn.Db.SaveChangesAsync(ct);
        turn.Db.Add(new StockLevel { ProductId = product.Id });
        turn.Db.Add(new Price { ProductId = product.Id, Rupiah = goods.PriceRupiah, FromUtc = turn.UtcNow, Source = "titipan mitra", SetBy = turn.Caller.PersonId });
        (goods.Status, goods.Percent, goods.ProductId) = (ConsignmentStatus.Approved, percent, product.Id);
        await turn.Db.SaveChangesAsync(ct);
        return true;
    }
}

/// <summary>A member offers goods of their own business to their cooperative, on consignment. The first offer makes the business a partner.</summary>
public sealed class OfferGoods : ICapability
{
    /// <summary>Tells the officers.</summary>
    internal const string Notice = "goods_offered";

    private const int MostWaiting = 5;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.offer")
        .Takes("name", DialogType.Text)
        .Takes("unit", DialogType.Choice)
        .Takes("price", DialogType.Money)
        .Gives("offered")
        .Gives("unclear")
        .Gives("too_many")
        .Gives("no_member");

    /// <summary>What officers and the member read of an offer.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "offer_news", ("name", DialogType.TextOf(Product.MaxNameLength)), ("partner", DialogType.TextOf(Partner.MaxNameLength)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        await turn.Db.LockAsync<Member>(member.Id, ct);
        var partner = await turn.Db.Set<Partner>().SingleOrDefaultAsync(row => row.MemberId == member.Id, ct);
        if (partner is null)
        {
            var name = $"Usaha {turn.Vault.Open(member.FullName)}";
            partner = new Partner
            {
                CooperativeId = member.CooperativeId,
                Kind = SupplierKind.Umkm,
                MemberId = member.Id,
                Name = turn.Vault.Seal(name.Length <= Partner.MaxNameLength ? name : $"{name[..(Partner.MaxNameLength - 1)].TrimEnd()}…"),
            };
            turn.Db.Add(partner);
            await turn.Db.SaveChangesAsync(ct);
        }
        if (GoodsOffer.Read(call, partner) is not { } goods)
            return new Outcome("unclear");
        if (await turn.Db.Set<Consignment>().CountAsync(row => row.PartnerId == partner.Id && row.Status == ConsignmentStatus.Offered, ct) >= MostWaiting)
            return new Outcome("too_many");
        turn.Db.Add(goods);
        var news = RecordValue.Of(("name", new TextValue(goods.Name)), ("partner", new TextValue(turn.Vault.Open(partner.Name))));
        foreach (long officer in await Colleagues.OfAsync(turn, member.CooperativeId, ct))
            turn.Notify(officer, Notice, news);
        return new Outcome("offered");
    }
}

/// <summary>The caller's own business: its goods, and what the cooperative owes for those that were sold.</summary>
public sealed class ShowOwnGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.own")
        .Gives("shown", Business)
        .Gives("none")
        .Gives("no_member");

    /// <summary>The business.</summary>
    internal static DialogType Business { get; } = DialogType.Record(
        "own_business",
        ("name", DialogType.TextOf(Partner.MaxNameLength)),
        ("owed", DialogType.Money),
        ("sold", DialogType.Money),
        ("goods", PartnerRecord.GoodsList));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        if (await turn.Db.Set<Partner>().SingleOrDefaultAsync(row => row.MemberId == member.Id, ct) is not { } partner)
            return new Outcome("none");
        return new Outcome("shown", RecordValue.Of(
            ("name", new TextValue(turn.Vault.Open(partner.Name))),
            ("owed", new MoneyValue(await ConsignedSales.OwedAsync(turn.Db, partner.Id, ct))),
            ("sold", new MoneyValue(await turn.Db.Set<PartnerEntry>().Where(row => row.PartnerId == partner.Id).SumAsync(row => row.PriceRupiah, ct))),
            ("goods", await PartnerRecord.GoodsAsync(turn, turn.Db.Set<Consignment>().Where(row => row.PartnerId == partner.Id), ct))));
    }
}

/// <summary>Goods that members offered and nobody decided on yet.</summary>
public sealed class ListOffers : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.offers").Gives("listed", PartnerRecord.GoodsList);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) => new("listed", OfficerRole.MayLook(turn.Caller)
        ? await PartnerRecord.GoodsAsync(
            turn, turn.Db.Set<Consignment>().Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status == ConsignmentStatus.Offered), ct)
        : new ListValue([]));
}

/// <summary>An officer takes offered goods onto the shelf for a commission, or not; the member is told.</summary>
public sealed class DecideOffer : ICapability
{
    /// <summary>Tells the member that the goods are taken.</summary>
    internal const string TakenNotice = "goods_taken";

    /// <summary>Tells the member that they are not.</summary>
    internal const string RefusedNotice = "goods_refused";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.decide")
        .Takes("goods", DialogType.Text)
        .Takes("yes", DialogType.YesNo)
        .Takes("percent", DialogType.Whole)
        .Gives("taken")
        .Gives("refused")
        .Gives("no_room")
        .Gives("gone")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller))
            return new Outcome("not_allowed");
        if (!long.TryParse(call.Text("goods"), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return new Outcome("gone");
        await turn.Db.LockAsync<Consignment>(id, ct);
        var goods = await turn.Db.Set<Consignment>().SingleOrDefaultAsync(
            row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == ConsignmentStatus.Offered, ct);
        if (goods is null)
            return new Outcome("gone");
        var partner = await turn.Db.Set<Partner>().SingleAsync(row => row.Id == goods.PartnerId, ct);
        var percent = (int)Math.Clamp(call.Whole("percent"), 0, Consignment.MaxPercent);
        if (!call.YesNo("yes"))
            goods.Status = ConsignmentStatus.Refused;
        else if (!await GoodsOffer.ShelveAsync(turn, goods, partner, percent, ct))
            return new Outcome("no_room");
        await Audit.RecordAsync(turn, Description.Name, partner.Subject, ct);
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == partner.MemberId, ct);
        turn.Notify(member.PersonId, call.YesNo("yes") ? TakenNotice : RefusedNotice, RecordValue.Of(
            ("name", new TextValue(goods.Name)), ("partner", new TextValue(turn.Vault.Open(partner.Name)))));
        return new Outcome(call.YesNo("yes") ? "taken" : "refused");
    }
}
