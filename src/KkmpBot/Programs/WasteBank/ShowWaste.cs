using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>A member's account at the waste bank: what stands in it, what they brought, what a kilogram brings, and what a sentence would come to.</summary>
public sealed class ShowWaste : ICapability
{
    private const int MaxPricesLength = 300;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.show")
        .Takes("said", DialogType.Text)
        .Gives("shown", Account)
        .Gives("estimated", Account)
        .Gives("no_prices", Account)
        .Gives("no_member");

    /// <summary>
    /// <c>weight</c> is all they ever brought, in kilograms; <c>what</c> and <c>amount</c> are what the sentence would come to today, empty
    /// and 0 when it names no waste; <c>volunteer</c> is true for who weighs for the neighbourhood.
    /// </summary>
    internal static DialogType Account { get; } = DialogType.Record(
        "waste_account",
        ("balance", DialogType.Money),
        ("weight", DialogType.TextOf(12)),
        ("prices", DialogType.TextOf(MaxPricesLength)),
        ("what", DialogType.TextOf(WasteWeighing.MaxTextLength)),
        ("amount", DialogType.Money),
        ("volunteer", DialogType.YesNo));

    /// <summary>A price list in words: "besi Rp5.000, kardus Rp1.800".</summary>
    /// <param name="prices">By material.</param>
    internal static string InWords(IReadOnlyDictionary<string, long> prices) => string.Join(", ", WasteMaterials.All.Where(prices.ContainsKey)
        .Select(material => $"{WasteMaterials.Name(material)} {Dialogs.Texts.Rupiah.Write(prices[material])}"));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        var prices = await WasteMaterials.PricesAsync(turn.Db, member.CooperativeId, Wib.Day(turn.UtcNow), ct);
        var weighing = WasteWeighing.Read(turn, call.Text("said"), prices);
        var tenths = await WasteUndo.Standing(turn.Db).Where(row => row.MemberId == member.Id)
            .Join(turn.Db.Set<WasteLine>(), row => row.Id, line => line.DepositId, (_, line) => line.Tenths).SumAsync(ct);
        var account = RecordValue.Of(
            ("balance", new MoneyValue(await WasteWeighing.BalanceAsync(turn, member, ct))),
            ("weight", new TextValue(WasteMaterials.Kilograms(tenths))),
            ("prices", new TextValue(InWords(prices))),
            ("what", new TextValue(weighing.Text)),
            ("amount", new MoneyValue(weighing.Rupiah)),
            ("volunteer", new YesNoValue(await turn.Db.Set<WasteVolunteer>().AnyAsync(row => row.PersonId == turn.Caller.PersonId, ct))));
        return new Outcome(prices.Count == 0 ? "no_prices" : weighing.Problem is null ? "estimated" : "shown", account);
    }
}
