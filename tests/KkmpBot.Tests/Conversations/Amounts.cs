using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Conversations;

/// <summary>The amounts of a sentence as a confirmation has to repeat them.</summary>
internal static class Amounts
{
    public static IEnumerable<string> Of(Understood understood)
    {
        var slots = understood.Slots;
        switch (understood.Intent)
        {
            case "officer_price_set" or "alert_add" when slots["price"] is { } price:
                yield return Rupiah.Write((long)price);
                break;
            case "officer_stock_in" when slots["base_qty"] is null && slots["qty"] is { } quantity:
                yield return Number(quantity);
                break;
            case "officer_handover" or "cancel" when slots["order_no"] is { } number:
                yield return (string)number!;
                break;
            default:
                break;
        }
    }

    private static string Number(JsonNode number) => number.Deserialize<decimal>().ToString("0.###", CultureInfo.InvariantCulture).Replace('.', ',');
}
