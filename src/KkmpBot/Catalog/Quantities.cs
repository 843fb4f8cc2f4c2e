using System.Globalization;

namespace KkmpBot.Catalog;

/// <summary>Amounts of goods are stored as whole thousandths of a unit, which both databases add and compare exactly.</summary>
public static class Quantities
{
    /// <summary>Thousandths in one.</summary>
    public const long Milli = 1000;

    /// <summary>More of one article than any outlet holds; a larger number is a slip of the finger.</summary>
    public const decimal Largest = 100_000;

    /// <summary>An amount in thousandths; null when it is not positive, finer than a thousandth, or more than <see cref="Largest"/>.</summary>
    /// <param name="amount">In units.</param>
    public static long? ToMilli(decimal amount)
    {
        if (amount is <= 0 or > Largest)
            return null;
        var milli = amount * Milli;
        return milli == decimal.Truncate(milli) ? (long)milli : null;
    }

    /// <summary>An amount in units.</summary>
    /// <param name="milli">In thousandths.</param>
    public static decimal FromMilli(long milli) => milli / (decimal)Milli;

    /// <summary>An amount as people write it: "1,25".</summary>
    /// <param name="milli">In thousandths.</param>
    public static string Text(long milli) => FromMilli(milli).ToString("0.###", Comma);

    private static NumberFormatInfo Comma { get; } = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>What an amount costs, to the nearest rupiah, half a rupiah up.</summary>
    /// <param name="priceRupiah">For one unit.</param>
    /// <param name="milli">The amount in thousandths.</param>
    public static long Cost(long priceRupiah, long milli) => (long)(((Int128)priceRupiah * milli + (Milli / 2)) / Milli);
}
