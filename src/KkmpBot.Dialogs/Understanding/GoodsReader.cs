namespace KkmpBot.Dialogs.Understanding;

/// <summary>What a sentence wants done with the goods it names.</summary>
public enum GoodsWish
{
    /// <summary>That many of each, in place of what there was.</summary>
    Set,
    /// <summary>That many more of each.</summary>
    Add,
    /// <summary>That many fewer of each.</summary>
    Less,
    /// <summary>None of them.</summary>
    Remove,
}

/// <summary>Goods as somebody said them, with the amount they said.</summary>
/// <param name="Goods">The goods that the word may mean; one when it is clear.</param>
/// <param name="Quantity">How many of <paramref name="Unit"/>; null when not said.</param>
/// <param name="Unit">kg, l, pcs or a pack unit; null when not said.</param>
/// <param name="Size">The pack, "5kg"; null when not said.</param>
/// <param name="Rupiah">For how much money; null when not bought for money.</param>
public sealed record SaidGoods(IReadOnlyList<string> Goods, decimal? Quantity, string? Unit, string? Size, long? Rupiah);

/// <summary>A sentence about goods, taken apart.</summary>
/// <param name="Items">The goods in the order said; empty when it names none.</param>
/// <param name="Wish">What is to be done with them.</param>
/// <param name="LikeLast">True for "seperti minggu lalu": what was ordered last.</param>
/// <param name="PickUp">When it is fetched, spelled out ("besok sore"); null when not said.</param>
/// <param name="Others">Goods named that sound like one of ours and are none, as the lexicon spells them: minyak tanah, gula jawa.</param>
public sealed record GoodsSentence(IReadOnlyList<SaidGoods> Items, GoodsWish Wish, bool LikeLast, string? PickUp, IReadOnlyList<string> Others)
{
    /// <summary>True when it names goods, or what was ordered last.</summary>
    public bool IsAboutGoods => Items.Count > 0 || LikeLast || Others.Count > 0;
}

/// <summary>Reads what people call goods, with their amounts: "bras 5kg 2 sm telur sekilo". Never throws, whatever the text.</summary>
/// <param name="lexicon">The words.</param>
public sealed class GoodsReader(Lexicon lexicon)
{
    /// <summary>The goods that a text may mean by their keys in the lexicon; both of "bawang"; empty when it names none.</summary>
    /// <param name="text">As typed.</param>
    public IReadOnlyList<string> Named(string text) => Keys(new Sentence(lexicon, text));

    /// <summary>The goods that a text names and nothing more: no amount beside them; empty otherwise.</summary>
    /// <param name="text">As typed.</param>
    public IReadOnlyList<string> OnlyNamed(string text)
    {
        var sentence = new Sentence(lexicon, text);
        return sentence.Of(ElementKind.Quantity).Concat(sentence.Of(ElementKind.Money)).Any() ? [] : Keys(sentence);
    }

    /// <summary>True when goods are what somebody named, or a kind of it.</summary>
    /// <param name="goods">The goods of an article.</param>
    /// <param name="named">What was named.</param>
    public bool IsKindOf(string goods, string named) => lexicon.IsKindOf(goods, named);

    /// <summary>The waste that a sentence names, with its amounts: "kardus 2,5 kg, botol plastik setengah kilo".</summary>
    /// <param name="text">As typed.</param>
    public IReadOnlyList<SaidGoods> Materials(string text) => [.. new ItemReader(new Sentence(lexicon, text), ElementKind.Material).Read().Select(Said)];

    /// <summary>Takes a sentence apart.</summary>
    /// <param name="text">As typed.</param>
    public GoodsSentence Read(string text)
    {
        var sentence = new Sentence(lexicon, text);
        var items = new ItemReader(sentence, ElementKind.Product).Read();
        var wish = GoodsSlots.Wish(sentence);
        var removes = wish == GoodsWish.Remove;
        List<string> others = [.. sentence.Hits.Where(hit => hit.Is("other_goods") && hit.Key("products") is null)
            .Select(hit => string.Join(' ', hit.Phrase.Words)).Distinct()];
        var likeLast = items.Count == 0 && others.Count == 0 && (sentence.Has("like") || sentence.Has("last"));
        return new GoodsSentence(
            [.. (removes ? GoodsSlots.Removed(sentence, items) : items).Select(Said)], wish, likeLast, likeLast ? null : GoodsSlots.PickUp(sentence),
            removes ? [] : others);
    }

    private static string[] Keys(Sentence sentence) =>
        [.. sentence.Of(ElementKind.Product).SelectMany(product => product.Text!.Split(Item.EitherMark)).Distinct()];

    private static SaidGoods Said(Item item) =>
        new(item.Candidates, item.Quantity, item.Unit, item.Size, item.Amount is { } amount ? (long)amount : null);
}
