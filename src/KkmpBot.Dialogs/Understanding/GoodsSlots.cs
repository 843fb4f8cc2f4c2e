using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The slots about goods: orders, changes, waste, prices and stock.</summary>
internal static class GoodsSlots
{
    private const int MostWordsBetween = 3;

    public static Doubt? Order(Sentence sentence, JsonObject slots)
    {
        var items = new ItemReader(sentence, ElementKind.Product).Read();
        slots["items"] = Json(items, "product");
        if (items.Count == 0 && (sentence.Has("like") || sentence.Has("last")))
            slots["repeat_last"] = true;
        else
            SlotFiller.Set(slots, "pickup", PickUp(sentence));
        return DoubtAmong(items.SelectMany(item => item.Candidates.Length > 1 ? item.Candidates : []));
    }

    public static Doubt? Change(Sentence sentence, JsonObject slots)
    {
        var items = new ItemReader(sentence, ElementKind.Product).Read();
        var wish = Wish(sentence);
        if (wish == GoodsWish.Remove)
            items = Removed(sentence, items);
        slots["items"] = Json(items, "product");
        slots["op"] = wish switch { GoodsWish.Remove => "remove", GoodsWish.Add => "add", GoodsWish.Less => "less", _ => "set" };
        return DoubtAmong(items.SelectMany(item => item.Candidates.Length > 1 ? item.Candidates : []));
    }

    /// <summary>What is to be done with the goods named: "kurangi 2 kg" takes two away, "kurangi jadi 2 kg" leaves two.</summary>
    public static GoodsWish Wish(Sentence sentence) =>
        sentence.Has("cancel") || sentence.Has("delete") || sentence.Has("dont") ? GoodsWish.Remove
        : sentence.Has("to") ? GoodsWish.Set
        : sentence.Has("add") ? GoodsWish.Add
        : sentence.Has("less") ? GoodsWish.Less : GoodsWish.Set;

    /// <summary>Times that stand together, spelled out: "besok sore"; null when none is said.</summary>
    public static string? PickUp(Sentence sentence)
    {
        var said = new List<string>();
        var end = -1;
        foreach (var time in sentence.Of(ElementKind.Time))
        {
            if (said.Count > 0 && !Continues(sentence, end, time.Start))
                break;
            if (said.Count == 0 && IsGreeting(sentence, time))
                continue;
            said.Add(time.Text!);
            end = time.End;
        }

        return said.Count == 0 ? null : string.Join(' ', said);
    }

    /// <summary>What a refusal takes away: "minyakita ga usah, beras aja" keeps the rice.</summary>
    public static List<Item> Removed(Sentence sentence, List<Item> items)
    {
        var breaks = Breaks(sentence);
        var refused = sentence.Hits.Where(hit => hit.Is("cancel") || hit.Is("delete") || hit.Is("dont"))
            .Select(hit => Segment(breaks, hit.Start)).ToHashSet();
        var beside = items.Where(item => refused.Contains(Segment(breaks, item.At))).ToList();
        return (beside.Count > 0 ? beside : items).Select(item => new Item(item.Key, null, null, null, null, item.At)).ToList();
    }

    /// <summary>True when what is refused is none of the goods named: "uyah 2 bungkus, micin ga usah".</summary>
    public static bool RefusesOther(Sentence sentence)
    {
        var breaks = Breaks(sentence);
        var named = sentence.Of(ElementKind.Product).Select(product => Segment(breaks, product.Start)).ToHashSet();
        return breaks.Count > 0 && sentence.Of(ElementKind.Quantity).Any() && sentence.Hits
            .Where(hit => hit.Is("cancel") || hit.Is("delete") || hit.Is("dont"))
            .All(hit => !named.Contains(Segment(breaks, hit.Start)) && HasStranger(sentence, breaks, Segment(breaks, hit.Start)));
    }

    private static bool HasStranger(Sentence sentence, List<int> breaks, int segment)
    {
        for (var at = 0; at < sentence.Words.Count; at++)
        {
            if (Segment(breaks, at) == segment && sentence.Steps[at] == SpellingStep.Unknown && sentence.Words[at].Kind == TokenKind.Word)
                return true;
        }

        return false;
    }

    private static List<int> Breaks(Sentence sentence) =>
        [.. sentence.Of(ElementKind.Separator).Where(separator => sentence.Words[separator.Start].Kind == TokenKind.Mark)
            .Select(separator => separator.Start)];

    private static int Segment(List<int> breaks, int at) => breaks.Count(start => start < at);

    public static Doubt? Waste(Sentence sentence, JsonObject slots)
    {
        slots["items"] = Json(new ItemReader(sentence, ElementKind.Material).Read(), "material");
        return null;
    }

    public static Doubt? Products(Sentence sentence, JsonObject slots)
    {
        var said = sentence.Of(ElementKind.Product).ToList();
        var keys = said.Where(product => !product.Flag.HasFlag(ElementFlag.Either)).Select(product => product.Text!).Distinct().ToList();
        // "Beras sphp" beside "beras" is one thing said twice.
        keys.RemoveAll(key => keys.Exists(other => other.StartsWith(key + "_", StringComparison.Ordinal)) && said.Count == keys.Count &&
            IsNextTo(said, key));
        slots["products"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]);
        return DoubtAmong(said.Where(product => product.Flag.HasFlag(ElementFlag.Either)).SelectMany(product => product.Text!.Split('+')));
    }

    /// <summary>The first good named; null when none is, or it may be several.</summary>
    public static string? FirstProduct(Sentence sentence) =>
        sentence.Of(ElementKind.Product).FirstOrDefault(product => !product.Flag.HasFlag(ElementFlag.Either)).Text;

    /// <summary>What must be asked of the goods named.</summary>
    public static Doubt? DoubtOfProducts(Sentence sentence) =>
        DoubtAmong(sentence.Of(ElementKind.Product)
            .Where(product => product.Flag.HasFlag(ElementFlag.Either)).SelectMany(product => product.Text!.Split('+')));

    private static Doubt? DoubtAmong(IEnumerable<string> candidates)
    {
        var distinct = candidates.Distinct().ToList();
        return distinct.Count == 0 ? null : new Doubt("product", distinct);
    }

    private static bool IsNextTo(List<Element> said, string key)
    {
        var at = said.FindIndex(product => product.Text == key);
        return at + 1 < said.Count && said[at + 1].Start == said[at].End;
    }

    private static JsonArray Json(IEnumerable<Item> items, string name) => new([.. items.Select(item => item.ToJson(name))]);

    // "nanti saya ambil jam 5"
    private static bool Continues(Sentence sentence, int end, int start) => start <= end + MostWordsBetween &&
        Enumerable.Range(end, start - end).All(at => sentence.Words[at].Kind == TokenKind.Word && sentence.HitOver(at).Key("products") is null &&
            !sentence.Elements.Exists(element => element.Start <= at && element.End > at));

    // "pagi bu, mau pesan …"
    private static bool IsGreeting(Sentence sentence, Element time)
    {
        for (var at = 0; at < time.Start; at++)
        {
            if (sentence.HitOver(at) is { Phrase: not null } hit ? !hit.Is("greeting") : !IsEmpty(sentence, at))
                return false;
        }

        return time.End < sentence.Words.Count && IsEmpty(sentence, time.End);
    }

    private static bool IsEmpty(Sentence sentence, int at) =>
        sentence.Words[at].Kind == TokenKind.Mark || sentence.Lexicon.Spelled.Fillers.Contains(sentence.Words[at].Text);
}
