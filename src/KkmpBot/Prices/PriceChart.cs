using System.Globalization;
using System.Text;
using KkmpBot.Channels;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Prices;

/// <summary>Draws a price history as SVG: ours as a thick line, the market's as a thin dashed one. Whoever hands it over makes a picture of it.</summary>
public static class PriceChart
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Left = 100;
    private const int Right = 20;
    private const int Top = 60;
    private const int Bottom = 50;

    /// <summary>The drawing; null when nothing moved and there is nothing to compare with.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="unit">What the prices are for: kg, l.</param>
    /// <param name="history">The prices.</param>
    public static OutboundFile? Draw(string title, string unit, PriceHistory history)
    {
        var known = history.Own.Concat(history.Market).OfType<long>().ToList();
        if (history.Own.OfType<long>().Distinct().Count() < 2 && !history.Market.Any(price => price is not null))
            return null;
        var margin = Math.Max(500, (known.Max() - known.Min()) / 10);
        var (low, high) = (Math.Max(0, known.Min() - margin), known.Max() + margin);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" font-family="DejaVu Sans, sans-serif" font-size="16">
            <rect width="{Width}" height="{Height}" fill="#ffffff"/>
            <text x="{Left}" y="26" font-size="20" font-weight="bold" fill="#222222">{Escape(title)}, per {Escape(unit)}</text>
            """);
        foreach (var at in (long[])[low, (low + high) / 2, high])
        {
            var y = Y(at, low, high);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{Left}" y1="{y}" x2="{Width - Right}" y2="{y}" stroke="#dddddd"/>
                <text x="{Left - 8}" y="{y + 5}" text-anchor="end" fill="#555555">{Rupiah.Write(at)}</text>
                """);
        }
        foreach (var at in (int[])[0, PriceHistory.Days / 2, PriceHistory.Days - 1])
        {
            var day = history.FirstDay.AddDays(at);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{X(at)}" y="{Height - 20}" text-anchor="middle" fill="#555555">{day.Day}/{day.Month}</text>""");
        }
        Line(svg, history.Market, low, high, "#d9822b", "stroke-width=\"2\" stroke-dasharray=\"6 4\"");
        Line(svg, history.Own, low, high, "#b71c1c", "stroke-width=\"4\"");
        svg.Append("""<text x="100" y="48" fill="#b71c1c">koperasi</text>""");
        if (history.Market.Any(price => price is not null))
            svg.Append("""<text x="200" y="48" fill="#d9822b">pasar</text>""");
        svg.Append("</svg>");
        return new OutboundFile("harga.svg", OutboundFile.Drawing, Encoding.UTF8.GetBytes(svg.ToString()));
    }

    // A price holds until the next one: steps, no slopes.
    private static void Line(StringBuilder svg, IReadOnlyList<long?> prices, long low, long high, string colour, string style)
    {
        var path = new StringBuilder();
        long? before = null;
        for (var at = 0; at < prices.Count; at++)
        {
            if (prices[at] is { } price && price != before)
                path.Append(CultureInfo.InvariantCulture, $"{(before is null ? "M" : $"L{X(at)} {Y(before.Value, low, high)} L")}{X(at)} {Y(price, low, high)} ");
            else if (prices[at] is { } same && at == prices.Count - 1)
                path.Append(CultureInfo.InvariantCulture, $"L{X(at)} {Y(same, low, high)} ");
            else if (prices[at] is null && before is { } last)
                path.Append(CultureInfo.InvariantCulture, $"L{X(at)} {Y(last, low, high)} ");
            before = prices[at];
        }
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}" fill="none" stroke="{colour}" {style}/>""");
    }

    private static int X(int at) => Left + ((Width - Left - Right) * at / (PriceHistory.Days - 1));

    private static long Y(long price, long low, long high) => Height - Bottom - ((Height - Top - Bottom) * (price - low) / Math.Max(1, high - low));

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
