using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The slots of price alerts.</summary>
internal static class AlertSlots
{
    // With one of these a price is meant, also where it must be asked: "di bawah 12".
    private static readonly string[] Limits = ["below", "above", "at_most", "at_least"];

    public static Doubt? Add(Sentence sentence, JsonObject slots)
    {
        SlotFiller.Set(slots, "product", GoodsSlots.FirstProduct(sentence));
        var price = SlotFiller.Money(sentence);
        slots["op"] = price is null && !Limits.Any(sentence.Has) ? WithoutPrice(sentence) : WithPrice(sentence);
        SlotFiller.Set(slots, "price", price);
        SlotFiller.Set(slots, "unit", UnitSaid(sentence));
        return GoodsSlots.DoubtOfProducts(sentence);
    }

    public static Doubt? Remove(Sentence sentence, JsonObject slots)
    {
        var doubt = GoodsSlots.DoubtOfProducts(sentence);
        if (doubt is null)
            slots["product"] = GoodsSlots.FirstProduct(sentence) ?? "*";
        return doubt;
    }

    private static string WithPrice(Sentence sentence) => sentence switch
    {
        _ when sentence.Has("below") => "<",
        _ when sentence.Has("above") => ">",
        _ when sentence.Has("at_most") => "<=",
        _ when sentence.Has("at_least") => ">=",
        _ when sentence.Has("up") && sentence.Has("from") => ">",
        _ when sentence.Has("down") && sentence.Has("from") => "<",
        _ when sentence.Has("down") => "<=",
        _ when sentence.Has("up") => ">=",
        _ => "reach",
    };

    private static string WithoutPrice(Sentence sentence) =>
        !sentence.Has("price_word") && !sentence.Has("up") && !sentence.Has("down") &&
            (sentence.Has("available") || sentence.Has("stock_noun") || sentence.Has("arrive"))
            ? "in_stock"
            : "change";

    // "per kg", "/kg", "sekilonya", "perkilo"
    private static string? UnitSaid(Sentence sentence)
    {
        var spoken = sentence.Lexicon.Spelled;
        for (var at = 0; at < sentence.Tokens.Count; at++)
        {
            var token = sentence.Tokens[at];
            if (token.Kind != TokenKind.Word)
                continue;
            var after = at > 0 && (sentence.Tokens[at - 1].Text == "per" || sentence.Tokens[at - 1].IsMark('/'));
            var joined = token.Text.StartsWith("per", StringComparison.Ordinal) ? spoken.FindUnit(token.Text[3..]) : null;
            if ((joined ?? (spoken.FindUnit(token.Text) is { } unit && (after || unit.One) ? unit : null)) is { } said)
                return said.Unit;
        }

        return null;
    }
}
