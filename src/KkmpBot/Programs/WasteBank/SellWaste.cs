using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>Waste in store: what was weighed in and not sold on.</summary>
/// <param name="Tenths">Tenths of a kilogram.</param>
/// <param name="Rupiah">What members were credited for it.</param>
internal sealed record WasteStore(long Tenths, long Rupiah)
{
    /// <summary>A cooperative's store, by material.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, WasteStore>> OfAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct)
    {
        var came = await WasteUndo.Standing(db).Where(row => row.CooperativeId == cooperativeId)
            .Join(db.Set<WasteLine>(), row => row.Id, line => line.DepositId, (_, line) => line)
            .GroupBy(line => line.Material)
            .Select(same => new { Material = same.Key, Tenths = same.Sum(line => line.Tenths), Rupiah = same.Sum(line => line.Rupiah) }).ToListAsync(ct);
        var went = await db.Set<WasteSale>().Where(row => row.CooperativeId == cooperativeId)
            .GroupBy(sale => sale.Material)
            .Select(same => new { Material = same.Key, Tenths = same.Sum(sale => sale.Tenths), Rupiah = same.Sum(sale => sale.CostRupiah) })
            .ToDictionaryAsync(same => same.Material, ct);
        return came.ToDictionary(
            sum => sum.Material,
            sum => new WasteStore(sum.Tenths - (went.GetValueOrDefault(sum.Material)?.Tenths ?? 0), sum.Rupiah - (went.GetValueOrDefault(sum.Material)?.Rupiah ?? 0)));
    }
}

/// <summary>
/// The chair or treasurer sells waste of one material to a dealer: it leaves the store at its average cost, and what the dealer pays beyond
/// that is income, what it lacks a loss.
/// </summary>
public sealed class SellWaste : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.sell")
        .Takes("material", DialogType.Text)
        .Takes("kilograms", DialogType.Text)
        .Takes("money", DialogType.Money)
        .Gives("sold")
        .Gives("unclear")
        .Gives("too_much")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (Tenths(call.Text("kilograms")) is not { } tenths || call.Rupiah("money") is <= 0 or > EntryDraft.MaxRupiah)
            return new Outcome("unclear");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        var material = call.Text("material");
        var store = (await WasteStore.OfAsync(turn.Db, cooperativeId, ct)).GetValueOrDefault(material);
        if (store is null || tenths > store.Tenths)
            return new Outcome("too_much");
        var money = call.Rupiah("money");
        var cost = tenths == store.Tenths ? store.Rupiah : (long)((Int128)store.Rupiah * tenths / store.Tenths);
        turn.Db.Add(new WasteSale
        {
            CooperativeId = cooperativeId,
            Material = material,
            Tenths = tenths,
            CostRupiah = cost,
            Rupiah = money,
            SoldUtc = turn.UtcNow,
        });
        await Audit.RecordAsync(turn, Description.Name, material, ct);
        var entry = EntryDraft.For(turn, cooperativeId, "waste_sold", material).Debit(Account.Cash, money);
        if (cost > 0)
            entry.Credit(Account.WasteStock, cost);
        if (money > cost)
            entry.Credit(Account.OtherIncome, money - cost);
        else if (cost > money)
            entry.Debit(Account.StockLosses, cost - money);
        await Books.PostAsync(turn.Db, entry, ct);
        return new Outcome("sold");
    }

    private static long? Tenths(string said) => QuantityReader.Read(said) is { Unit: null or "kg" } quantity
        && quantity.Amount * WasteMaterials.TenthsAKilogram is > 0 and < int.MaxValue and var tenths && tenths == decimal.Truncate(tenths) ? (long)tenths : null;
}
