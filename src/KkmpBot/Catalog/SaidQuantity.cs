using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Catalog;

/// <summary>Why an amount in a person's words is no amount of an article; the outcomes of capabilities carry these names.</summary>
public static class QuantityProblem
{
    /// <summary>No single positive amount can be read in it.</summary>
    public const string Unclear = "unclear";

    /// <summary>It names a unit in which the article is not sold: "2 liter" of eggs.</summary>
    public const string OtherUnit = "other_unit";

    /// <summary>A finer part than is sold: half a pack.</summary>
    public const string NotInParts = "not_in_parts";
}

/// <summary>Reads an amount in a person's words as an amount of one article: "10 kg" of a pack of 5 kg is two packs.</summary>
public static class SaidQuantity
{
    // Different words for one wrapped thing; the article's own unit says which it is.
    private static readonly string[] Wrapped = ["pcs", "pak", "bungkus", "karung", "sak", "botol", "kaleng", "kotak", "tabung", "papan"];

    /// <summary>Reads an amount.</summary>
    /// <param name="said">As typed.</param>
    /// <param name="product">The article.</param>
    /// <returns>Thousandths of the article's unit, or what is wrong (one of <see cref="QuantityProblem"/>).</returns>
    public static (long Milli, string? Problem) Read(string said, Product product)
    {
        return QuantityReader.Read(said) is { } quantity ? Read(quantity.Amount, quantity.Unit, product) : (0, QuantityProblem.Unclear);
    }

    /// <summary>Reads an amount that was already found in a sentence.</summary>
    /// <param name="amount">How many.</param>
    /// <param name="saidUnit">Of what; null when not said.</param>
    /// <param name="product">The article.</param>
    /// <returns>Thousandths of the article's unit, or what is wrong (one of <see cref="QuantityProblem"/>).</returns>
    public static (long Milli, string? Problem) Read(decimal amount, string? saidUnit, Product product)
    {
        if (Quantities.ToMilli(amount) is not { } milli)
            return (0, QuantityProblem.Unclear);
        var inUnits = saidUnit is not { } unit || unit == product.Unit || (Wrapped.Contains(unit) && Wrapped.Contains(product.Unit));
        if (!inUnits && saidUnit != product.BaseUnit)
            return (0, QuantityProblem.OtherUnit);

        // Kept as a fraction until it is known to be whole: 1 kg of packs of 3 kg is no number of packs.
        var (dividend, divisor) = inUnits ? (milli, 1L) : (milli * Quantities.Milli, product.BaseMilli);
        return dividend % (divisor * product.StepMilli) == 0 ? (dividend / divisor, null) : (0, QuantityProblem.NotInParts);
    }
}
