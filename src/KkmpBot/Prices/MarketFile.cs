using System.Globalization;
using KkmpBot.Imports;

namespace KkmpBot.Prices;

/// <summary>A price that a file tells.</summary>
/// <param name="Goods">The kind of goods, as the lexicon names it; one's own name where it knows none.</param>
/// <param name="Day">The day in WIB.</param>
/// <param name="Rupiah">For one kilogram or litre.</param>
public sealed record MarketQuote(string Goods, DateOnly Day, long Rupiah);

/// <summary>What a file of market prices holds.</summary>
/// <param name="Quotes">The prices, in the file's order.</param>
/// <param name="NoData">Lines with a price of zero: nobody looked on that day.</param>
/// <param name="Problems">Lines that cannot be read; then nothing of the file is taken.</param>
public sealed record MarketReading(IReadOnlyList<MarketQuote> Quotes, int NoData, IReadOnlyList<ImportProblem> Problems);

/// <summary>
/// Reads daily market prices as the Badan Pangan Nasional's panel exports them: <c>Timestamp,ID,Komoditas,Satuan,Harga,…</c>. Its traps:
/// a price of zero means that there is none; days come as 2025-09-13, 13-9-2025 and 13-09-2025; units as Rp./Kg, Rp/kg and Rp./Liter. The
/// columns of the day before repeat what the day before told, and are not read.
/// </summary>
public static class MarketFile
{
    /// <summary>The highest price that is believed: more is a slip of the finger.</summary>
    public const long MaxRupiah = Price.MaxRupiah;

    private static readonly string[] DayForms = ["yyyy-MM-dd", "d-M-yyyy", "dd-MM-yyyy", "d/M/yyyy", "dd/MM/yyyy"];

    private static readonly string[] Units = ["kg", "kilogram", "liter", "lt", "l"];

    // The panel's names of what cooperatives sell.
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Beras Premium"] = "beras_premium",
        ["Beras Medium"] = "beras_medium",
        ["Beras SPHP"] = "beras_sphp",
        ["Bawang Merah"] = "bawang_merah",
        ["Bawang Putih Bonggol"] = "bawang_putih",
        ["Cabai Merah Keriting"] = "cabai_keriting",
        ["Cabai Rawit Merah"] = "cabai_rawit",
        ["Daging Ayam Ras"] = "ayam",
        ["Daging Sapi Murni"] = "daging_sapi",
        ["Garam Konsumsi"] = "garam",
        ["Gula Konsumsi"] = "gula",
        ["Minyak Goreng Kemasan"] = "minyak_goreng",
        ["Minyak Goreng Curah"] = "minyak_goreng_curah",
        ["Minyakita"] = "minyakita",
        ["Telur Ayam Ras"] = "telur",
        ["Tepung Terigu Kemasan"] = "tepung",
        ["Tepung Terigu (Curah)"] = "tepung_curah",
    };

    /// <summary>Reads a file; never throws at what stands in it.</summary>
    /// <param name="content">The file as text.</param>
    public static MarketReading Read(string content)
    {
        var problems = new List<ImportProblem>();
        var quotes = new List<MarketQuote>();
        var noData = 0;
        foreach (var line in CsvLine.Read(content, ["timestamp", "komoditas", "satuan", "harga"], problems))
        {
            var problem = Read(line, out var quote);
            if (problem is not null)
                problems.Add(new ImportProblem(line.Number, problem));
            else if (quote!.Rupiah == 0)
                noData++;
            else
                quotes.Add(quote);
        }
        foreach (var twice in quotes.GroupBy(quote => (quote.Goods, quote.Day)).Where(same => same.Select(quote => quote.Rupiah).Distinct().Count() > 1))
            problems.Add(new ImportProblem(0, $"dua harga berbeda untuk {twice.Key.Goods} pada {twice.Key.Day:yyyy-MM-dd}"));
        return new MarketReading([.. quotes.DistinctBy(quote => (quote.Goods, quote.Day))], noData, problems);
    }

    /// <summary>The goods of a commodity: those of the lexicon, or its own name as a key.</summary>
    /// <param name="commodity">As the file names it.</param>
    public static string GoodsOf(string commodity) => Known.TryGetValue(commodity, out var goods)
        ? goods
        : string.Join('_', new string([.. commodity.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The words for goods without an article of ours: "cabai_rawit" is "Cabai rawit".</summary>
    /// <param name="goods">The key.</param>
    public static string NameOf(string goods) =>
        goods.Length == 0 ? goods : string.Concat(char.ToUpperInvariant(goods[0]).ToString(), goods[1..].Replace('_', ' '));

    private static string? Read(CsvLine line, out MarketQuote? quote)
    {
        quote = null;
        var goods = GoodsOf(line["komoditas"]);
        if (goods.Length is 0 or > PriceRecord.MaxSourceLength)
            return "komoditas tidak terbaca";
        if (!DateOnly.TryParseExact(line["timestamp"], DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return "tanggal tidak terbaca";
        var unit = line["satuan"].Replace("Rp", "", StringComparison.OrdinalIgnoreCase).Trim('.', '/', ' ');
        if (!Units.Contains(unit, StringComparer.OrdinalIgnoreCase))
            return "satuan tidak dikenal";
        if (!long.TryParse(line["harga"], NumberStyles.None, CultureInfo.InvariantCulture, out var rupiah) || rupiah > MaxRupiah)
            return "harga tidak terbaca";
        quote = new MarketQuote(goods, day, rupiah);
        return null;
    }
}
