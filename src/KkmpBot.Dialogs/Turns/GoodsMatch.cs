using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Finds articles by what people call their goods: "bras", "gendhis", "brambang". The lexicon knows the words.</summary>
internal static class GoodsMatch
{
    // The field of a record that names its kind of goods as the lexicon does.
    private const string Field = "goods";

    /// <summary>The options whose goods a text names and nothing more; empty when it names none of them, or an amount beside.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="text">As typed.</param>
    public static IReadOnlyList<Option> Find(Walk walk, string text)
    {
        var articles = walk.Top.Options.Where(option => option.Record?.Fields.ContainsKey(Field) == true).ToList();
        if (articles.Count == 0 || walk.Understander?.Goods is not { } reader)
        {
            return [];
        }

        var named = walk.State is AskState { Otherwise: not null } ? reader.OnlyNamed(text) : reader.Named(text);
        return [.. articles.Where(option => named.Any(goods => reader.IsKindOf(option.Record!.Text(Field), goods)))];
    }

    /// <summary>The options of the question in front by the keys of their goods in the lexicon, several joined by +.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="keys">The keys.</param>
    public static IReadOnlyList<Option> OfKeys(Walk walk, string keys)
    {
        if (walk.Understander?.Goods is not { } reader)
        {
            return [];
        }

        var articles = walk.Top.Options.Where(option => option.Record?.Fields.ContainsKey(Field) == true).ToList();
        return [.. articles.Where(option => Array.Exists(keys.Split('+'), key => reader.IsKindOf(option.Record!.Text(Field), key)))];
    }

    /// <summary>True when a text names goods, or wants what was ordered last; always where the dialogs have no lexicon to tell.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="text">As typed.</param>
    public static bool IsAboutGoods(Walk walk, string text) => walk.Understander?.Goods.Read(text) is not { IsAboutGoods: false };
}
