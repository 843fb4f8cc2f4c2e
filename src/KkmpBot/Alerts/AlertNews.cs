using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Alerts;

/// <summary>Writes what a person is told of the prices they watch: all of it in one message, in their language.</summary>
/// <param name="machine">Has the words.</param>
/// <param name="utcNow">Now.</param>
public sealed class AlertNews(DialogMachine machine, DateTime utcNow)
{
    /// <summary>The phrase of the whole message.</summary>
    public const string Phrase = "price_alert";

    /// <summary>The phrase of the market's price beside ours.</summary>
    public const string MarketPhrase = "price_alert_market";

    /// <summary>The phrase that names goods of a market.</summary>
    public const string PlacePhrase = "price_alert_place";

    /// <summary>The phrase that says where a market's price comes from.</summary>
    public const string SourcePhrase = "price_alert_source";

    /// <summary>The label of the button that orders.</summary>
    public const string OrderLabel = "price_alert_order";

    /// <summary>The label of the button that shows one's alerts.</summary>
    public const string MineLabel = "price_alert_mine";

    /// <summary>The variable of the template that may carry the news where the platform takes no free text.</summary>
    public const string TemplateValue = "kabar";

    private readonly TurnContext context = new(new Facts(new Dictionary<string, RecordValue>()), utcNow);

    /// <summary>The message; null when none of it is true any more.</summary>
    /// <param name="alerts">What one person is to be told, the oldest first.</param>
    /// <param name="watched">What they watch, by subject.</param>
    /// <param name="language">id, jv or en.</param>
    public AlertText? Write(IReadOnlyList<Alert> alerts, IReadOnlyDictionary<string, Watched> watched, string language)
    {
        var (down, up, back) = (new List<RecordValue>(), new List<RecordValue>(), new List<RecordValue>());
        var summary = new List<string>();
        var canOrder = false;
        var told = alerts.Where(alert => watched.TryGetValue(alert.Subject, out var now) && IsTrue(alert, now.Rupiah))
            .DistinctBy(alert => alert.Subject).Take(AlertRecord.MaxTold).ToList();
        foreach (var alert in told)
        {
            var now = watched[alert.Subject];
            (alert.Kind == AlertKind.InStock ? back : IsDown(alert, now.Rupiah) ? down : up).Add(Line(alert, now, language));
            summary.Add($"{now.Name} {Dialogs.Texts.Rupiah.Write(now.OwnRupiah ?? now.Rupiah)}");
            canOrder |= now.OwnRupiah is not null;
        }
        if (summary.Count == 0)
            return null;
        var values = RecordValue.Of(("down", new ListValue(down)), ("up", new ListValue(up)), ("back", new ListValue(back)));
        return new AlertText(
            machine.Phrase(Phrase, language, values, context), string.Join("; ", summary), canOrder, [.. told.Select(alert => alert.Goods).Distinct()]);
    }

    /// <summary>A short phrase without values.</summary>
    /// <param name="phrase">Its name.</param>
    /// <param name="language">id, jv or en.</param>
    public string Label(string phrase, string language) => machine.Phrase(phrase, language, null, context);

    // A change that went back before it could be told is none.
    private static bool IsTrue(Alert alert, long now) => alert.Kind switch
    {
        AlertKind.Change => now != alert.WasRupiah,
        AlertKind.InStock => now > 0,
        _ => AlertRules.IsReached(alert, now),
    };

    private static bool IsDown(Alert alert, long now) =>
        alert.Kind == AlertKind.Change ? now < alert.WasRupiah : alert.FiresAtMost is not null;

    private RecordValue Line(Alert alert, Watched now, string language)
    {
        var market = now.Market;
        if (alert.ProductId is null)
        {
            var place = RecordValue.Of(("name", new TextValue(AlertRecord.Short(Prices.MarketFile.NameOf(market!.Goods)))), ("market", new TextValue(market.Market)));
            var source = RecordValue.Of(("source", new TextValue(market.Source)), ("day", new DateValue(market.Day)));
            return AlertRecord.LineOf(
                machine.Phrase(PlacePhrase, language, place, context), now.Rupiah, now.Pack, machine.Phrase(SourcePhrase, language, source, context));
        }
        var compared = market is null ? "" : machine.Phrase(MarketPhrase, language, RecordValue.Of(
            ("price", new MoneyValue(market.Rupiah)), ("unit", new TextValue(now.Product!.BaseUnit)),
            ("market", new TextValue(market.Market)), ("day", new DateValue(market.Day))), context);
        return AlertRecord.LineOf(now.Name, now.OwnRupiah ?? now.Rupiah, now.Pack, compared);
    }
}

/// <summary>What a person is told.</summary>
/// <param name="Text">The message.</param>
/// <param name="Summary">The same in one line, for a template.</param>
/// <param name="CanOrder">True when some of it is sold by the cooperative.</param>
/// <param name="Goods">The kinds of goods it speaks of.</param>
public sealed record AlertText(string Text, string Summary, bool CanOrder, IReadOnlyList<string> Goods);
