using System.Globalization;
using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The slots of officers' commands.</summary>
internal static class OfficerSlots
{
    /// <summary>More applications are not handled in one sentence.</summary>
    public const int MaxApplications = 50;
    private const decimal SmallestCoin = 100;

    public static Doubt? StockIn(Sentence sentence, JsonObject slots)
    {
        var product = GoodsSlots.FirstProduct(sentence);
        SlotFiller.Set(slots, "product", product);
        var quantities = sentence.Of(ElementKind.Quantity).ToList();
        var holds = sentence.Elements.Find(element => element.Kind == ElementKind.Holds);
        var pack = quantities.Find(quantity => holds.Kind == ElementKind.Holds && quantity.Start >= holds.End);
        var hasPack = pack.Kind == ElementKind.Quantity && pack.End > 0;
        var rest = quantities.Where(quantity => !hasPack || quantity != pack).ToList();
        if (!hasPack && rest.Count > 1 && rest.Exists(quantity => quantity.Text is "kg" or "l") &&
            rest.Exists(quantity => quantity.Text is not ("kg" or "l")))
        {
            pack = rest.Find(quantity => quantity.Text is "kg" or "l");
            hasPack = true;
            rest.Remove(pack);
        }

        if (rest.Count == 0)
            return GoodsSlots.DoubtOfProducts(sentence);
        SlotFiller.Set(slots, "qty", rest[0].Value);
        SlotFiller.Set(slots, "unit", rest[0].Flag.HasFlag(ElementFlag.Counted) && product is not null ? sentence.Lexicon.Piece(product)
            : rest[0].Text);
        if (hasPack && pack.Text is "kg" or "l")
            slots["pack"] = ItemReader.SizeOf(pack);
        else if (hasPack)
            slots["pack"] = Item.Number(pack.Value);
        var unit = product is null ? null : sentence.Lexicon.BaseUnit(product);
        var counted = rest[0].Text is null || rest[0].Text == unit ||
            (product is not null && rest[0].Text == sentence.Lexicon.Piece(product));
        SlotFiller.Set(slots, "base_qty", hasPack ? rest[0].Value * pack.Value : counted ? rest[0].Value : null);
        return GoodsSlots.DoubtOfProducts(sentence);
    }

    public static Doubt? PriceSet(Sentence sentence, JsonObject slots)
    {
        SlotFiller.Set(slots, "product", GoodsSlots.FirstProduct(sentence));
        // Tofu costs 500: here a bare number is a price, and the confirmation repeats it.
        var bare = sentence.Elements.Find(element => element.Kind == ElementKind.Quantity && element.Text is null);
        SlotFiller.Set(slots, "price", SlotFiller.Money(sentence) ?? (bare.Value >= SmallestCoin ? bare.Value : null));
        return GoodsSlots.DoubtOfProducts(sentence);
    }

    public static void HandOver(Sentence sentence, JsonObject slots)
    {
        var number = sentence.Elements.Find(element => element.Kind == ElementKind.OrderNumber).Text ??
            sentence.Tokens.Find(token => token.Kind == TokenKind.Numeral).Text;
        SlotFiller.Set(slots, "order_no", number);
    }

    public static void Applications(Sentence sentence, JsonObject slots, bool withReason)
    {
        var ids = new List<string>();
        var end = 0;
        for (var at = 0; at < sentence.Tokens.Count && ids.Count < MaxApplications; at++)
        {
            var token = sentence.Tokens[at];
            if (token.Kind == TokenKind.Numeral)
            {
                if (ids.Count > 0 && IsUpTo(sentence, at))
                    AddRange(ids, token.Text);
                ids.AddRange(token.Text.Split(['.', ',']).Where(id => !ids.Contains(id)));
                end = at + 1;
            }
            else if (withReason && ids.Count > 0 && token.Kind == TokenKind.Word &&
                !Is(sentence.HitFrom(at), "and"))
            {
                break;
            }
        }

        slots["ids"] = new JsonArray([.. ids.Take(MaxApplications).Select(id => JsonValue.Create(id))]);
        if (withReason && Rest(sentence, AfterConnector(sentence, end)) is { Length: > 0 } reason)
            slots["reason"] = reason;
    }

    public static void Deposit(Sentence sentence, JsonObject slots)
    {
        SlotFiller.Set(slots, "member", MemberName.In(sentence));
        SlotFiller.Set(slots, "kind", sentence.Key("kind"));
        var months = SlotFiller.Months(sentence);
        if (months.Count > 0)
            slots["months"] = new JsonArray([.. months
                .Select(month => JsonValue.Create(month.ToString("00", CultureInfo.InvariantCulture)))]);
        SlotFiller.Set(slots, "amount", SlotFiller.Money(sentence));
    }

    public static void Announcement(Sentence sentence, JsonObject slots)
    {
        var verb = sentence.Hits.Find(hit => hit.Is("announce"));
        var start = verb.End;
        while (start < sentence.Tokens.Count &&
            (IsPunctuation(sentence.Tokens[start]) || Is(sentence.HitFrom(start), "audience")))
            start = Math.Max(start + 1, sentence.HitFrom(start).End);
        SlotFiller.Set(slots, "text", Rest(sentence, start));
    }

    private static bool Is(Hit hit, string word) => hit.Phrase is not null && hit.Is(word);

    private static bool IsUpTo(Sentence sentence, int at) => at > 0 &&
        (sentence.Words[at - 1].IsMark('-') || Is(sentence.HitOver(at - 1), "until"));

    private static void AddRange(List<string> ids, string last)
    {
        if (!int.TryParse(ids[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ||
            !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) || to - from > MaxApplications)
            return;
        for (var id = from + 1; id < to; id++)
            ids.Add(id.ToString(CultureInfo.InvariantCulture));
    }

    private static int AfterConnector(Sentence sentence, int at)
    {
        while (at < sentence.Tokens.Count)
        {
            var connector = sentence.HitFrom(at);
            if (Is(connector, "because") || Is(connector, "reject"))
                at = connector.End;
            else if (IsPunctuation(sentence.Tokens[at]))
                at++;
            else
                break;
        }

        return at;
    }

    private static bool IsPunctuation(Token token) =>
        token.Kind == TokenKind.Mark && token.Text is ":" or "," or "-" or "." or ";" or "=" or "\n";

    private static string Rest(Sentence sentence, int start) =>
        start >= sentence.Tokens.Count ? "" : sentence.Clean[sentence.Tokens[start].Start..].Trim();
}
