using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Distribution;

/// <summary>Where staples run out first: the articles on offer by the city whose free stock lasts the fewest days.</summary>
public sealed class ListRunningOut : ICapability
{
    /// <summary>So many are shown in the chat.</summary>
    internal const int MaxShown = 15;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.running_out").Gives("listed", ListType).Gives("none");

    /// <summary>An article in a cooperative, and the days it lasts.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "running_out",
        ("cooperative", DialogType.TextOf(24)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("left", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)),
        ("days", DialogType.Whole));

    /// <summary>The soonest first.</summary>
    internal static DialogType ListType { get; } = DialogType.List("running_out_list", Type, MaxShown);

    /// <summary>Articles by the days they last, the soonest first; those that did not sell are left out.</summary>
    /// <param name="db">A database.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="most">How many.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<List<(Cooperative Cooperative, SalesPace Pace)>> FindAsync(KkmpDbContext db, DateTime utcNow, int most, CancellationToken ct)
    {
        string[] offered = [.. (await DistributionPrice.OnAsync(db, Wib.Day(utcNow), ct)).Keys];
        var paces = await SalesPace.OfAsync(db, db.Set<Product>().Where(row => row.Active && offered.Contains(row.Goods)), utcNow, ct);
        var soonest = paces.Where(pace => pace.DaysLeft is not null).OrderBy(pace => pace.DaysLeft).ThenBy(pace => pace.Product.Id).Take(most).ToList();
        int[] whose = [.. soonest.Select(pace => pace.Product.CooperativeId).Distinct()];
        var cooperatives = await db.Set<Cooperative>().AsNoTracking().Where(row => whose.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        return [.. soonest.Select(pace => (cooperatives[pace.Product.CooperativeId], pace))];
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayServeCity(turn.Caller))
            return new Outcome("none");
        var found = await FindAsync(turn.Db, turn.UtcNow, MaxShown, ct);
        return found.Count == 0 ? new Outcome("none") : new Outcome("listed", new ListValue([.. found.Select(item => RecordValue.Of(
            ("cooperative", new TextValue(item.Cooperative.Kelurahan)),
            ("name", new TextValue(item.Pace.Product.Name)),
            ("left", new QuantityValue(Quantities.FromMilli(item.Pace.FreeMilli))),
            ("unit", new TextValue(item.Pace.Product.Unit)),
            ("days", new WholeValue(item.Pace.DaysLeft!.Value))))]));
    }
}
