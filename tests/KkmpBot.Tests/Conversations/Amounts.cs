using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KkmpBot.Catalog;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Tests.Dialogs.Understanding;

namespace KkmpBot.Tests.Conversations;

/// <summary>The amounts of a sentence as a confirmation has to repeat them.</summary>
internal static class Amounts
{
    private static readonly string[] Refusals = [" sedang habis.", "Maaf, tinggal ", " masih bisa ", "Dijualnya "];

    public static IEnumerable<string> Of(Understood understood)
    {
        var slots = understood.Slots;
        switch (understood.Intent)
        {
            case "officer_price_set" or "alert_add" when slots["price"] is { } price:
                yield return Rupiah.Write((long)price);
                break;
            case "officer_stock_in" when (slots["base_qty"] ?? slots["qty"]) is { } quantity:
                yield return Number(quantity);
                break;
            case "deposit" or "officer_deposit":
                if (slots["amount"] is { } amount)
                    yield return Rupiah.Write((long)amount);
                if (slots["months"] is { } months && slots["amount"] is null)
                    yield return $"{(months is JsonArray named ? named.Count : months.Deserialize<decimal>())} bulan";
                break;
            case "officer_handover" or "cancel" when slots["order_no"] is { } number:
                yield return (string)number!;
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// What a confirmed cart says that the sentence did not: goods that it does not name and that were not there, or another amount than it said.
    /// Amounts that were asked for afterwards are not compared.
    /// </summary>
    /// <param name="understood">The sentence.</param>
    /// <param name="told">All that was answered to it: what cannot be had is said, and stays as it was.</param>
    /// <param name="reply">The confirmation.</param>
    /// <param name="shelf">The cooperative's articles.</param>
    /// <param name="before">What lay in the cart before, in thousandths, by article.</param>
    public static IEnumerable<string> Unsaid(
        Understood understood, string told, string reply, IReadOnlyList<Product> shelf, IReadOnlyDictionary<string, long> before)
    {
        var items = ((JsonArray)understood.Slots["items"]!).Select(item => (JsonObject)item!).ToList();
        var op = (string?)understood.Slots["op"] ?? "set";
        foreach (var (name, said) in Lines(reply))
        {
            var product = shelf.Single(row => row.Name == name);
            var milli = Quantities.ToMilli(QuantityReader.Read(said)!.Value.Amount)!.Value;
            var item = items.Find(row => IsOf(row, product));
            var kept = before.GetValueOrDefault(name);
            var added = op == "add" ? kept : 0;
            var right = item switch
            {
                null => milli == kept,
                _ when milli == kept && Refuses(told, name) => true,
                _ when op == "remove" => false,
                _ when item["amount"] is { } rupiah => Quantities.Cost(1, milli) <= (long)rupiah,
                _ when item["qty"] is { } quantity =>
                    SaidQuantity.Read(quantity.Deserialize<decimal>(), (string?)item["unit"], product) is { Problem: null, Milli: var read } && milli == read + added,
                _ => true,
            };
            if (!right)
                yield return $"{name}: {said}";
        }
    }

    private static bool Refuses(string told, string name) => told.Split('\n')
        .Any(line => line.Contains(name, StringComparison.Ordinal) && Refusals.Any(words => line.Contains(words, StringComparison.Ordinal)));

    private static bool IsOf(JsonObject item, Product product) =>
        (item["either"] is JsonArray several ? several.Select(key => (string)key!) : [(string)item["product"]!])
            .Any(key => UtteranceTests.Understander.Goods.IsKindOf(product.Goods, key));

    // "• Gula pasir: 2 kg × Rp17.300 = Rp34.600"
    private static IEnumerable<(string Name, string Quantity)> Lines(string reply) => reply.Split('\n')
        .Where(line => line.StartsWith("• ", StringComparison.Ordinal) && line.Contains(" × ", StringComparison.Ordinal))
        .Select(line => line[2..].Split([": ", " × "], StringSplitOptions.None)).Select(parts => (parts[0], parts[1]));

    private static string Number(JsonNode number) => number.Deserialize<decimal>().ToString("0.###", CultureInfo.InvariantCulture).Replace('.', ',');
}
