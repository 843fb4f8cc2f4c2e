using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The parts of a sentence as a person would have typed them in answer to a question each.</summary>
internal static class SaidParts
{
    private static readonly string[] MonthNames =
        ["januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember"];

    /// <summary>The text of a part; null when the sentence does not say it.</summary>
    /// <param name="understood">The sentence.</param>
    /// <param name="part">One of <see cref="Wishes.PartsOf"/>.</param>
    /// <param name="text">The sentence as typed.</param>
    public static string? Of(Understood understood, string part, string text)
    {
        var slots = understood.Slots;
        return part switch
        {
            Wishes.Said => text,
            "product" => Goods(understood),
            "id" => slots["ids"] is JsonArray { Count: > 0 } ids ? (string?)ids[0] : null,
            "op" => Direction((string?)slots["op"]),
            "received" => Received(slots),
            "paid" => Paid(slots),
            "price" or "amount" => Rupiah(slots[part]),
            Wishes.Where => understood.Lives,
            "months" when slots["months"] is JsonArray => null,
            _ => Plain(slots[part]),
        };
    }

    // What may be several goods is handed on as such: the question offers them, and the person chooses.
    private static string? Goods(Understood understood) => understood.Slots switch
    {
        _ when understood.Doubt is { Slot: "product" } doubt => string.Join(Item.EitherMark, doubt.Candidates),
        var slots when slots["products"] is JsonArray { Count: > 0 } products => (string?)products[0],
        var slots => (string?)slots["product"] is { } product && product != "*" ? product : null,
    };

    // "turun jadi 15 ribu" asks for the price itself, which today's price shows the way to.
    private static string? Direction(string? op) => op switch
    {
        "<" => "below",
        ">" => "above",
        "<=" or ">=" => "reach",
        _ => op,
    };

    private static string? Received(JsonObject slots) =>
        slots["base_qty"] is { } whole && slots["pack"] is JsonValue pack
            ? pack.GetValueKind() == JsonValueKind.String ? $"{Plain(whole)} {((string)pack!).TrimStart("0123456789.,".ToCharArray())}" : Plain(whole)
        : slots["qty"] is { } quantity ? $"{Plain(quantity)} {(string?)slots["unit"]}".Trim()
        : null;

    // "wajib januari-maret", "pokok Rp100000", "wajib januari-maret Rp60000": what a deposit is for, in the words the books read.
    private static string? Paid(JsonObject slots)
    {
        var months = slots["months"] switch
        {
            JsonArray { Count: > 0 } named => Months([.. named.Select(month => int.Parse((string)month!, CultureInfo.InvariantCulture))]),
            JsonValue count => $"{Plain(count)} bulan",
            _ => null,
        };
        // Both are handed on: where they disagree, the books ask.
        string[] said = [(string?)slots["kind"] ?? "", months ?? "", Rupiah(slots["amount"]) ?? ""];
        return said[1].Length + said[2].Length == 0 ? null : string.Join(' ', said.Where(part => part.Length > 0));
    }

    private static string Months(IReadOnlyList<int> months) =>
        months.Count > 1 && months.Zip(months.Skip(1)).All(pair => pair.Second == (pair.First % 12) + 1)
            ? $"{MonthNames[months[0] - 1]}-{MonthNames[months[^1] - 1]}"
            : string.Join(", ", months.Select(month => MonthNames[month - 1]));

    // "500" alone could be five hundred of anything.
    private static string? Rupiah(JsonNode? value) => Plain(value) is { } amount ? $"Rp{amount}" : null;

    private static string? Plain(JsonNode? value) => value switch
    {
        null => null,
        JsonValue number when number.GetValueKind() == JsonValueKind.Number =>
            number.Deserialize<decimal>().ToString("0.###", CultureInfo.InvariantCulture).Replace('.', ','),
        JsonValue said when said.GetValueKind() == JsonValueKind.String => (string?)said,
        _ => null,
    };
}
