using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Partners;

/// <summary>The partners of the officer's cooperative, with what each is owed.</summary>
public sealed class ListPartners : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.list").Gives("listed", PartnerRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var partners = await turn.Db.Set<Partner>().AsNoTracking().Where(row => row.CooperativeId == turn.Caller.CooperativeId)
            .OrderBy(row => row.Id).Take(Partner.MaxPartners).ToListAsync(ct);
        var records = new List<RecordValue>();
        foreach (var partner in partners)
            records.Add(await PartnerRecord.OfAsync(turn, partner, ct));
        return new Outcome("listed", new ListValue(records));
    }
}

/// <summary>An officer enters a company of the city (BUMD) or a small business (UMKM) as a partner.</summary>
public sealed class AddPartner : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.add")
        .Takes("name", DialogType.Text)
        .Takes("kind", DialogType.Choice)
        .Gives("added", PartnerRecord.Type)
        .Gives("unclear")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var name = call.Text("name").Trim();
        if (name.Length is 0 or > Partner.MaxNameLength || !SupplierKind.All.Contains(call.Text("kind"))
            || await turn.Db.Set<Partner>().CountAsync(row => row.CooperativeId == cooperativeId, ct) >= Partner.MaxPartners)
            return new Outcome("unclear");
        var partner = new Partner { CooperativeId = cooperativeId, Kind = call.Text("kind"), Name = turn.Vault.Seal(name) };
        turn.Db.Add(partner);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, partner.Subject, ct);
        return new Outcome("added", await PartnerRecord.OfAsync(turn, partner, ct));
    }
}

/// <summary>An officer puts goods of a partner on the shelf for a commission.</summary>
public sealed class AddPartnerGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.add_goods")
        .Takes("partner", DialogType.Text)
        .Takes("name", DialogType.Text)
        .Takes("unit", DialogType.Choice)
        .Takes("price", DialogType.Money)
        .Takes("percent", DialogType.Whole)
        .Gives("added")
        .Gives("unclear")
        .Gives("no_room")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || await PartnerRecord.FindAsync(turn, call.Text("partner"), ct) is not { } partner)
            return new Outcome("not_allowed");
        if (GoodsOffer.Read(call, partner) is not { } goods || call.Whole("percent") is < 0 or > Consignment.MaxPercent)
            return new Outcome("unclear");
        turn.Db.Add(goods);
        if (!await GoodsOffer.ShelveAsync(turn, goods, partner, (int)call.Whole("percent"), ct))
        {
            turn.Db.Remove(goods);
            return new Outcome("no_room");
        }
        await Audit.RecordAsync(turn, Description.Name, partner.Subject, ct);
        return new Outcome("added");
    }
}

/// <summary>The goods of a partner that are sold here.</summary>
public sealed class ListPartnerGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.goods")
        .Takes("partner", DialogType.Text)
        .Gives("listed", PartnerRecord.GoodsList);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) => new(
        "listed",
        await PartnerRecord.FindAsync(turn, call.Text("partner"), ct) is { } partner
            ? await PartnerRecord.GoodsAsync(
                turn, turn.Db.Set<Consignment>().Where(row => row.PartnerId == partner.Id && row.Status == ConsignmentStatus.Approved), ct)
            : new ListValue([]));
}

/// <summary>A partner brings goods, or fetches what was not sold. They are never the cooperative's: the shelf counts them, the books do not.</summary>
public sealed class MovePartnerGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.move_goods")
        .Takes("goods", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Takes("comes", DialogType.YesNo)
        .Gives("moved")
        .Gives("unclear")
        .Gives("too_much")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var goods = long.TryParse(call.Text("goods"), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? await turn.Db.Set<Consignment>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct)
            : null;
        if (!OfficerRole.MayMoveGoods(turn.Caller) || goods?.ProductId is not { } productId)
            return new Outcome("not_allowed");
        var product = await turn.Db.Set<Product>().SingleAsync(row => row.Id == productId, ct);
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), product);
        if (problem is not null)
            return new Outcome("unclear");
        if (call.YesNo("comes"))
            await Stock.PutAsync(turn, product, new Arrival(MovementKind.In, milli, 0), ct);
        else if (await Stock.GiveBackAsync(turn, product, milli, ct) is null)
            return new Outcome("too_much");
        await Audit.RecordAsync(turn, Description.Name, product.Subject, ct);
        return new Outcome("moved");
    }
}

/// <summary>The treasurer pays a partner everything it is owed, out of the drawer; a member is told.</summary>
public sealed class PayPartner : ICapability
{
    /// <summary>Tells the member whose business it is.</summary>
    internal const string Notice = "partner_paid";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.pay")
        .Takes("partner", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Gives("paid", Receipt)
        .Gives("changed")
        .Gives("short")
        .Gives("not_allowed");

    /// <summary>What both sides keep.</summary>
    internal static DialogType Receipt { get; } = DialogType.Record(
        "partner_receipt", ("code", DialogType.TextOf(ReceiptCode.MaxLength)), ("name", DialogType.TextOf(Partner.MaxNameLength)), ("amount", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        var amount = call.Rupiah("amount");
        if (await PartnerRecord.FindAsync(turn, call.Text("partner"), ct) is not { } partner
            || amount <= 0 || amount != await ConsignedSales.OwedAsync(turn.Db, partner.Id, ct))
            return new Outcome("changed");
        if (amount > await Books.BalanceAsync(turn.Db, cooperativeId, Account.Cash, ct))
            return new Outcome("short");
        turn.Db.Add(new PartnerEntry { PartnerId = partner.Id, Kind = PartnerEntry.Paid, ShareRupiah = -amount, AtUtc = turn.UtcNow });
        await Audit.RecordAsync(turn, Description.Name, partner.Subject, ct);
        var entry = await Books.PostAsync(
            turn.Db, EntryDraft.For(turn, cooperativeId, "partner_settled", partner.Subject).Debit(Account.PartnerMoney, amount).Credit(Account.Cash, amount), ct);
        var receipt = RecordValue.Of(
            ("code", new TextValue(ReceiptCode.Of(entry))), ("name", new TextValue(turn.Vault.Open(partner.Name))), ("amount", new MoneyValue(amount)));
        if (partner.MemberId is { } memberId)
            turn.Notify(await turn.Db.Set<Member>().Where(row => row.Id == memberId).Select(row => row.PersonId).SingleAsync(ct), Notice, receipt);
        return new Outcome("paid", receipt);
    }
}

/// <summary>A partner's statement as PDF: every sale with commission and share, every payment, and what is owed; for an officer, or the member themselves.</summary>
public sealed class PrintPartnerStatement : ICapability
{
    private const int MaxLines = 1000;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("partners.statement")
        .MayTake("partner", DialogType.Text)
        .Gives("printed")
        .Gives("none");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var partner = call.TextOrNull("partner") is { } key
            ? await PartnerRecord.FindAsync(turn, key, ct)
            : await ByNumber.CallerAsync(turn, ct) is { } member ? await turn.Db.Set<Partner>().SingleOrDefaultAsync(row => row.MemberId == member.Id, ct) : null;
        if (partner is null)
            return new Outcome("none");
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == partner.CooperativeId, ct);
        var today = Wib.Day(turn.UtcNow);
        var book = await BookAsync(turn, partner, cooperative, ct);
        turn.Attach(new OutboundFile($"{book.Name}.pdf", "application/pdf", Pdf.Print(book.Shortened(MaxLines), today)));
        return new Outcome("printed");
    }

    private static async Task<Book> BookAsync(Turn turn, Partner partner, Cooperative cooperative, CancellationToken ct)
    {
        var goods = await turn.Db.Set<Consignment>().AsNoTracking().Where(row => row.PartnerId == partner.Id).ToDictionaryAsync(row => row.Id, ct);
        var entries = await turn.Db.Set<PartnerEntry>().AsNoTracking().Where(row => row.PartnerId == partner.Id).OrderBy(row => row.Id).ToListAsync(ct);
        var lines = entries.Select(entry => BookLine.Of(
            Dialogs.Texts.Days.Short(Wib.Day(entry.AtUtc), "id"),
            entry.ConsignmentId is { } id ? $"{(entry.Kind switch { PartnerEntry.Sold => "Terjual", PartnerEntry.Undone => "Dibatalkan", _ => "Kembali" })} {Quantities.Text(entry.Milli)} {goods[id].Unit} {goods[id].Name}" : "Dibayar",
            entry.PriceRupiah, entry.CommissionRupiah, entry.ShareRupiah)).ToList();
        lines.Add(BookLine.Total(
            "", "Yang belum dibayar", entries.Sum(entry => entry.PriceRupiah), entries.Sum(entry => entry.CommissionRupiah), entries.Sum(entry => entry.ShareRupiah)));
        return new Book(
            $"rekap-mitra-{partner.Id.ToString(CultureInfo.InvariantCulture)}",
            "Rekap Mitra",
            [$"{turn.Vault.Open(partner.Name)} di {cooperative.Name}"],
            [new Column("Tanggal", 12), new Column("Keterangan", 34), new Column("Penjualan", 16, true), new Column("Komisi", 16, true), new Column("Bagian mitra", 18, true)],
            lines);
    }
}
