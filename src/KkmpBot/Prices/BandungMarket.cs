using System.Globalization;

namespace KkmpBot.Prices;

/// <summary>
/// Prices in the markets of Kota Bandung in autumn 2025, by the Badan Pangan Nasional: the demo's comparison, since no free series of
/// Semarang was found. Always shown with place and day.
/// </summary>
public static class BandungMarket
{
    private const string ResourceName = "harga-pasar-bandung-2025.csv";

    /// <summary>All rows of the embedded file.</summary>
    public static IEnumerable<MarketPrice> Read()
    {
        using var stream = typeof(BandungMarket).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The program was built without {ResourceName}.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            yield return new MarketPrice
            {
                Goods = fields[1],
                Day = DateOnly.ParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Rupiah = long.Parse(fields[2], CultureInfo.InvariantCulture),
                Market = "Kota Bandung",
                Source = "Badan Pangan Nasional",
            };
        }
    }
}
