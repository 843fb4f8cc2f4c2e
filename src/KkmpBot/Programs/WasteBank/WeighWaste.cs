using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>Waste on the officer's scales, priced and repeated before it is booked.</summary>
public sealed class QuoteWaste : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.quote")
        .Takes("number", DialogType.Text)
        .Takes("said", DialogType.Text)
        .Gives("quoted", Quote)
        .Gives("no_member")
        .Gives("unclear")
        .Gives("other_unit")
        .Gives("too_fine")
        .Gives("no_price")
        .Gives("not_allowed");

    /// <summary>What would be credited to whom.</summary>
    internal static DialogType Quote { get; } = DialogType.Record(
        "waste_quote",
        ("number", DialogType.TextOf(10)),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("what", DialogType.TextOf(WasteWeighing.MaxTextLength)),
        ("amount", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (await ByNumber.FindAsync(turn, cooperativeId, call.Text("number"), ct) is not { } member)
            return new Outcome("no_member");
        var prices = await WasteMaterials.PricesAsync(turn.Db, cooperativeId, Wib.Day(turn.UtcNow), ct);
        var weighing = WasteWeighing.Read(turn, call.Text("said"), prices);
        if (weighing.Problem is { } problem)
            return new Outcome(problem);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        return new Outcome("quoted", RecordValue.Of(
            ("number", new TextValue(MemberRegister.Text(member.Number))),
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("what", new TextValue(weighing.Text)),
            ("amount", new MoneyValue(weighing.Rupiah))));
    }
}

/// <summary>An officer books what was quoted: the member is credited and gets a receipt. Another price meanwhile books nothing.</summary>
public sealed class WeighWaste : ICapability
{
    /// <summary>Tells the member; filled with a receipt.</summary>
    internal const string Notice = "waste_received";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.weigh")
        .Takes("number", DialogType.Text)
        .Takes("said", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Gives("weighed", ReceiveDeposit.Receipt)
        .Gives("changed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId
            || await ByNumber.FindAsync(turn, cooperativeId, call.Text("number"), ct) is not { } member)
            return new Outcome("changed");
        await turn.Db.LockAsync<Member>(member.Id, ct);
        var today = Wib.Day(turn.UtcNow);
        var weighing = WasteWeighing.Read(turn, call.Text("said"), await WasteMaterials.PricesAsync(turn.Db, cooperativeId, today, ct));
        if (weighing.Problem is not null || weighing.Rupiah != call.Rupiah("amount") || member.Status != MemberStatus.Active)
            return new Outcome("changed");
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        var (deposit, entry) = await weighing.BookAsync(turn, member, today, turn.ActKey, ct);
        OfficerAct.Note(turn, Description.Name, deposit.Id.ToString(CultureInfo.InvariantCulture));
        var receipt = await ReceiveDeposit.ReceiptAsync(turn, member, EntryWords.Of(entry.Kind), weighing.Rupiah, entry, ct);
        turn.Notify(member.PersonId, Notice, receipt);
        return new Outcome("weighed", receipt);
    }
}

/// <summary>The price list as an officer sees it, with a price of 0 where none was set.</summary>
public sealed class ListWastePrices : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.prices").Gives("listed", ListType);

    /// <summary>A material: what a kilogram brings, and how much of it lies in store.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "waste_material",
        ("key", DialogType.TextOf(WasteMaterials.MaxNameLength)),
        ("name", DialogType.TextOf(WasteMaterials.MaxNameLength)),
        ("price", DialogType.Money),
        ("stored", DialogType.TextOf(12)));

    /// <summary>All materials.</summary>
    internal static DialogType ListType { get; } = DialogType.List("waste_materials", Type, WasteMaterials.All.Count);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var prices = await WasteMaterials.PricesAsync(turn.Db, cooperativeId, Wib.Day(turn.UtcNow), ct);
        var stored = await WasteStore.OfAsync(turn.Db, cooperativeId, ct);
        return new Outcome("listed", new ListValue([.. WasteMaterials.All.Select(material => RecordValue.Of(
            ("key", new TextValue(material)),
            ("name", new TextValue(WasteMaterials.Name(material))),
            ("price", new MoneyValue(prices.GetValueOrDefault(material))),
            ("stored", new TextValue(WasteMaterials.Kilograms(stored.GetValueOrDefault(material)?.Tenths ?? 0)))))]));
    }
}

/// <summary>The chair or treasurer sets what a kilogram brings from today on; what was weighed before keeps its price.</summary>
public sealed class SetWastePrice : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.set_price")
        .Takes("material", DialogType.Text)
        .Takes("price", DialogType.Text)
        .Gives("set", DialogType.Money)
        .Gives("unclear")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var material = call.Text("material");
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || !WasteMaterials.All.Contains(material))
            return new Outcome("not_allowed");
        // A kilogram of glass brings Rp300: less than what is read as money elsewhere.
        if ((RupiahReader.Read(call.Text("price")) ?? WholeReader.Read(call.Text("price"))) is not { } rupiah || rupiah is < 1 or > WastePrice.MaxRupiah)
            return new Outcome("unclear");
        var today = Wib.Day(turn.UtcNow);
        await turn.Db.LockAsync<Cooperatives.Cooperative>(cooperativeId, ct);
        var price = await turn.Db.Set<WastePrice>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Material == material && row.FromDay == today, ct);
        if (price is null)
            turn.Db.Add(price = new WastePrice { CooperativeId = cooperativeId, Material = material, FromDay = today });
        price.Rupiah = rupiah;
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{material}:{rupiah}"), ct);
        return new Outcome("set", new MoneyValue(rupiah));
    }
}

/// <summary>The chair or treasurer lets a member weigh for their neighbourhood, or no longer.</summary>
public sealed class AppointVolunteer : ICapability
{
    /// <summary>Tells the member.</summary>
    internal const string Notice = "waste_volunteer";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.appoint")
        .Takes("number", DialogType.Text)
        .Gives("appointed")
        .Gives("dismissed")
        .Gives("no_member")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (await ByNumber.FindAsync(turn, cooperativeId, call.Text("number"), ct) is not { } member)
            return new Outcome("no_member");
        await turn.Db.LockAsync<Member>(member.Id, ct);
        var volunteer = await turn.Db.Set<WasteVolunteer>().SingleOrDefaultAsync(row => row.PersonId == member.PersonId, ct);
        if (volunteer is null)
            turn.Db.Add(new WasteVolunteer { PersonId = member.PersonId, CooperativeId = cooperativeId });
        else
            turn.Db.Remove(volunteer);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        if (volunteer is null)
            turn.Notify(member.PersonId, Notice);
        return new Outcome(volunteer is null ? "appointed" : "dismissed");
    }
}
