namespace KkmpBot.Dialogs.Understanding;

/// <summary>What a stretch of a sentence is, once its words are known.</summary>
internal enum ElementKind
{
    Product,
    Material,
    Quantity,
    Money,
    OrderNumber,
    Month,
    Duration,
    Time,
    Separator,
    Holds,
    SizeWord,
    Per,
    /// <summary>"eh", "ralat": what follows replaces what was said.</summary>
    Correction,
}

/// <summary>A stretch of a sentence that carries a value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first piece.</param>
/// <param name="End">The piece after its last.</param>
/// <param name="Text">A product's, material's or time's key, an order number, or the unit of a quantity; null when it has none.</param>
/// <param name="Value">The amount, the rupiah, the month, the count of months.</param>
/// <param name="Flag">What more is known: lusin counts pieces, "setengah" is a mere part, "berasnya" is the one ordered.</param>
internal readonly record struct Element(ElementKind Kind, int Start, int End, string? Text = null, decimal Value = 0,
    ElementFlag Flag = ElementFlag.None);

/// <summary>Something more about an element.</summary>
[Flags]
internal enum ElementFlag
{
    None = 0,
    /// <summary>A measure that counts pieces: lusin.</summary>
    Counted = 1,
    /// <summary>A part without a unit: "seprapat".</summary>
    Part = 2,
    /// <summary>"berasnya": the one that was ordered.</summary>
    Definite = 4,
    /// <summary>"1 literan": a size.</summary>
    Size = 8,
    /// <summary>Bare digits, without unit.</summary>
    Bare = 16,
    /// <summary>One of several goods (bawang).</summary>
    Either = 32,
    /// <summary>Said as one: "sekilo".</summary>
    One = 64,
}
