using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>
/// Which prices people of the officer's cooperative follow, and what they wait for: counts by article and rule, the most followed first. Who
/// follows is nobody's business but theirs: a handful is not counted, and the price that somebody named is not told.
/// </summary>
public sealed class ListFollowed : ICapability
{
    /// <summary>Fewer people than this are "less than five".</summary>
    public const int FewestCounted = 5;

    /// <summary>Articles in the list.</summary>
    public const int MaxListed = 40;

    private const string Down = "down";
    private const string Up = "up";
    private const string Change = "change";
    private const string Stock = "stock";
    private const int MaxWordsLength = 72;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.followed").Gives("listed", ListType);

    /// <summary>An article or a market's goods, and how many wait until it is cheaper, dearer, changed or there again.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "followed_price",
        ("key", DialogType.TextOf(WatchedPrice.MaxLength)), ("name", DialogType.TextOf(AlertRecord.MaxNameLength)),
        ("words", DialogType.TextOf(MaxWordsLength)));

    /// <summary>All of them.</summary>
    internal static DialogType ListType { get; } = DialogType.List("followed_prices", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var counts = await turn.Db.Set<Alert>()
            .Where(alert => alert.CooperativeId == cooperativeId && alert.State != AlertState.Paused)
            .GroupBy(alert => new
            {
                alert.ProductId,
                alert.Goods,
                alert.Market,
                Rule = alert.Kind == AlertKind.Below || alert.Kind == AlertKind.AtMost ? Down
                    : alert.Kind == AlertKind.Above || alert.Kind == AlertKind.AtLeast ? Up
                    : alert.Kind == AlertKind.Change ? Change : Stock,
            })
            .Select(same => new { same.Key, People = same.Select(alert => alert.PersonId).Distinct().Count() }).ToListAsync(ct);
        long[] ids = [.. counts.Select(count => count.Key.ProductId).OfType<long>().Distinct()];
        var names = await turn.Db.Set<Product>().Where(product => ids.Contains(product.Id)).ToDictionaryAsync(product => product.Id, product => product.Name, ct);
        return new Outcome("listed", new ListValue(
        [
            .. counts.GroupBy(count => (count.Key.ProductId, count.Key.Goods, count.Key.Market))
                .Select(same => (same.Key, Rules: same.ToDictionary(count => count.Key.Rule, count => count.People)))
                .OrderByDescending(line => line.Rules.Values.Max()).ThenBy(line => line.Key.Goods, StringComparer.Ordinal).Take(MaxListed)
                .Select(line => Line(
                    line.Key.ProductId is { } id ? WatchedPrice.OfProduct(id) : WatchedPrice.OfMarket(line.Key.Market!, line.Key.Goods),
                    line.Key.ProductId is { } own && names.TryGetValue(own, out var name) ? name : $"{MarketFile.NameOf(line.Key.Goods)} (pasar)",
                    line.Rules)),
        ]));
    }

    private static RecordValue Line(string key, string name, Dictionary<string, int> rules)
    {
        var words = new (string Rule, string Word)[] { (Down, "turun"), (Up, "naik"), (Change, "berubah"), (Stock, "ada lagi") }
            .Where(pair => rules.ContainsKey(pair.Rule)).Select(pair => $"{pair.Word} {Count(rules[pair.Rule])}");
        return RecordValue.Of(
            ("key", new TextValue(key)), ("name", new TextValue(AlertRecord.Short(name))),
            ("words", new TextValue(string.Join(", ", words))));
    }

    private static string Count(int people) => people < FewestCounted
        ? string.Create(CultureInfo.InvariantCulture, $"<{FewestCounted}")
        : people.ToString(CultureInfo.InvariantCulture);
}
