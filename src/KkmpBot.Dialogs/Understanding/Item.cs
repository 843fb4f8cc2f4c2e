using System.Text.Json.Nodes;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>One line of an order or of a delivery of waste, as said.</summary>
/// <param name="Key">The product or material; two joined by + when the word may mean either.</param>
/// <param name="Quantity">How many of <paramref name="Unit"/>; null when not said.</param>
/// <param name="Unit">Null when not said.</param>
/// <param name="Size">The pack, "5kg"; null when not said.</param>
/// <param name="Amount">Rupiah, when bought for money.</param>
/// <param name="At">Where it was said.</param>
internal sealed record Item(string Key, decimal? Quantity, string? Unit, string? Size, decimal? Amount, int At)
{
    // The units that the slots name; "2 ekor" is two there, and the shop is told what was said.
    private static readonly HashSet<string> SlotUnits =
        ["kg", "l", "butir", "pcs", "botol", "bungkus", "pak", "dus", "karung", "sak", "kaleng", "kotak", "papan", "renteng", "tabung"];

    /// <summary>Joins the goods that one word may mean.</summary>
    public const char EitherMark = '+';

    /// <summary>The goods that the word may mean; one when it is clear.</summary>
    public string[] Candidates => Key.Split(EitherMark);

    /// <summary>The item as the slots carry it.</summary>
    /// <param name="name">product or material.</param>
    public JsonObject ToJson(string name)
    {
        var json = new JsonObject { [name] = Candidates.Length == 1 ? Key : null };
        if (Candidates.Length > 1)
            json["either"] = new JsonArray([.. Candidates.Select(candidate => JsonValue.Create(candidate))]);
        if (Amount is { } amount)
        {
            json["amount"] = Number(amount);
            return json;
        }

        if (Quantity is { } quantity)
            json["qty"] = Number(quantity);
        json["unit"] = Unit is not null && SlotUnits.Contains(Unit) ? Unit : null;
        if (Size is not null)
            json["size"] = Size;
        return json;
    }

    /// <summary>A number without needless zeroes.</summary>
    public static JsonNode Number(decimal value) =>
        decimal.Truncate(value) == value ? JsonValue.Create((long)value) : JsonValue.Create(value / 1.000000000000m);
}
