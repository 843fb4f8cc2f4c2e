using System.Globalization;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// Puts amounts to goods: "3 beras premium 5kg sm 2 minyakita yg 1 literan". A weight beside a count is the size of the pack; an amount
/// goes to the goods before it, unless the sentence begins with one.
/// </summary>
internal sealed class ItemReader(Sentence sentence, ElementKind goods)
{
    /// <summary>More lines are not read from one sentence.</summary>
    public const int MaxItems = 30;
    private readonly List<Line> lines = [];
    private readonly List<Element> corrections = [.. sentence.Of(ElementKind.Correction)];
    private readonly List<Hit> replacements = [.. sentence.Hits.Where(hit => hit.Is("to") || hit.Is("set") || hit.Is("less"))];

    /// <summary>The items, in their order.</summary>
    public List<Item> Read()
    {
        var segment = new List<Element>();
        foreach (var element in sentence.Elements)
        {
            if (element.Kind == ElementKind.Separator)
            {
                Close(segment);
                segment.Clear();
            }
            else
            {
                segment.Add(element);
            }
        }

        Close(segment);
        TakeKinds();
        // "beras sama minyak, berase 5 kilo": what is said again with its amount was meant before.
        lines.RemoveAll(line => line.Amounts.Count == 0 && lines.Exists(other => other.Key == line.Key && other.Start > line.Start));
        return lines.Take(MaxItems).Select(Resolve).ToList();
    }

    private void Close(List<Element> segment)
    {
        var counted = segment.Where(element => element.Kind is ElementKind.Quantity or ElementKind.Money || element.Kind == goods).ToList();
        var amountsFirst = counted.Count > 0 && counted[0].Kind != goods && counted.Exists(element => element.Kind == goods);
        Line? line = null;
        var waiting = new List<Element>();
        for (var at = 0; at < counted.Count; at++)
        {
            var element = counted[at];
            if (element.Kind == goods)
            {
                line = Open(element, line, waiting);
                waiting.Clear();
            }
            else if (IsOfEach(element))
            {
                foreach (var without in lines.Where(known => known.Amounts.Count == 0))
                    without.Amounts.Add(element);
            }
            else if (amountsFirst && at + 1 < counted.Count && counted[at + 1].Kind == goods)
            {
                waiting.Add(element);
            }
            // "ayam 2 kilo potong 8": the eight counts something else.
            else if (!((line is { Amounts.Count: > 0 } && element.Flag.HasFlag(ElementFlag.Bare) && FollowsStranger(element)) || FollowsOther(element)) &&
                (line ?? (lines.Count > 0 && !FollowsStranger(element) ? lines[^1] : null)) is { } owner)
            {
                owner.Amounts.RemoveAll(before => IsReplaced(before, element));
                owner.Amounts.Add(element);
            }
        }
    }

    // "2 kilo eh 3 kilo", "5 kg jadi 10 kg": the last word counts; "5kg jadi 2" is a size and its number.
    private bool IsReplaced(Element before, Element after) =>
        IsCorrected(before.End, after.Start) || (before.Kind == after.Kind && IsMeasure(before) == IsMeasure(after) &&
            replacements.Exists(hit => hit.Start >= before.End && hit.End <= after.Start));

    private bool IsCorrected(int from, int to) => corrections.Exists(mark => mark.Start >= from && mark.End <= to);

    // "tahu sama tempe masing-masing 2"
    private bool IsOfEach(Element amount) =>
        sentence.HitOver(amount.Start - 1) is { Phrase: not null } before && before.Is("each");

    // "beras 5 kg minyak tanah 1 liter"
    private bool FollowsOther(Element amount) => sentence.HitOver(amount.Start - 1) is { Phrase: not null } other && other.Is("other_goods");

    // "…, tomat sekilo": an amount of something we do not know is no amount of the goods before.
    private bool FollowsStranger(Element amount)
    {
        var lexicon = sentence.Lexicon;
        return amount.Start > 0 && sentence.Words[amount.Start - 1] is { Kind: TokenKind.Word } before && before.Text.Length > 2 &&
            !lexicon.Spelled.Fillers.Contains(before.Text) && sentence.HitOver(amount.Start - 1).Phrase is null &&
            !sentence.Elements.Exists(element => element.End == amount.Start);
    }

    // Two names of one thing side by side are one line: "minyak goreng bimoli", "beras bulog sphp".
    private Line Open(Element element, Line? before, List<Element> waiting)
    {
        var key = element.Text!;
        if (before is not null && before.Amounts.Count == 0 && waiting.Count == 0 && before.End >= element.Start - 1 &&
            (key == before.Key || key.StartsWith(before.Key + "_", StringComparison.Ordinal)))
        {
            before.Key = key;
            before.End = element.End;
            return before;
        }

        // "gula eh garam 2"
        lines.RemoveAll(known => known.Amounts.Count == 0 && IsCorrected(known.End, element.Start));
        if (before is not null && waiting.Count == 0 && IsSizeWord(element.Start - 1) && IsKindOf(before, element))
        {
            before.Key = key;
            return before;
        }

        var line = new Line(key, element.Start, element.End);
        line.Amounts.AddRange(waiting);
        lines.Add(line);
        return line;
    }

    // "beras 5 kg yang premium", "minyak 1 tapi yang minyakita", "cabe sekilo yang rawit": which of them is said behind.
    private bool IsKindOf(Line line, Element kind) => kind.Text!.StartsWith(line.Key + "_", StringComparison.Ordinal)
        || line.Key.Split(Item.EitherMark) is { Length: > 1 } either && either.Contains(kind.Text)
        || sentence.Words[kind.Start].Text.StartsWith(sentence.Words[line.Start].Text, StringComparison.Ordinal);

    private bool IsSizeWord(int at) => sentence.HitOver(at) is { Phrase: not null } hit && hit.Is("size_word");

    // "bawang 2 kg yang merah": the word alone is no goods, behind the first word it is.
    private void TakeKinds()
    {
        foreach (var mark in sentence.Elements.Where(element => element.Kind == ElementKind.SizeWord && element.End < sentence.Words.Count))
        {
            if (lines.FindLast(line => line.End <= mark.Start) is { } line
                && sentence.Lexicon.Longest([sentence.Words[line.Start], sentence.Words[mark.End]], 0) is { Phrase.Words.Count: 2 } named
                && named.Key("products") is { } key)
                line.Key = key;
        }
    }

    private Item Resolve(Line line)
    {
        var product = line.Key.Split('+')[0];
        var quantities = line.Amounts.Where(amount => amount.Kind == ElementKind.Quantity).ToList();
        if (sentence.Lexicon.OwnSize(product) is { } own)
            quantities.RemoveAll(quantity => quantity.Text is not null && SizeOf(quantity) == own);
        var size = SizeAmong(quantities);
        if (size is not null)
            quantities.Remove(size.Value);
        var money = line.Amounts.Find(amount => amount.Kind == ElementKind.Money);
        if (quantities.Count == 0)
        {
            return new Item(line.Key, null, null, size is null ? null : SizeOf(size.Value),
                money.Kind == ElementKind.Money ? money.Value : null, line.Start);
        }

        var quantity = quantities[0];
        return new Item(line.Key, quantity.Value, UnitOf(quantity, product), size is null ? null : SizeOf(size.Value), null, line.Start);
    }

    private Element? SizeAmong(List<Element> quantities)
    {
        foreach (var quantity in quantities)
        {
            if (IsMeasure(quantity) && (quantity.Flag.HasFlag(ElementFlag.Size) || AfterSizeWord(quantity)))
                return quantity;
        }

        if (quantities.Count < 2)
            return null;
        foreach (var quantity in quantities)
        {
            if (IsMeasure(quantity) && quantities.Exists(other => other != quantity && !IsMeasure(other)))
                return quantity;
        }

        return null;
    }

    // "sing premium 5 kg" is five kilos of a kind, "yang 5 kg" a size.
    private bool AfterSizeWord(Element quantity) => sentence.Elements.Exists(element =>
        element.Kind is ElementKind.SizeWord or ElementKind.Holds && element.End <= quantity.Start && element.End >= quantity.Start - 1) &&
        !sentence.Elements.Exists(element => element.Kind == goods && element.End == quantity.Start && IsSizeWord(element.Start - 1));

    private string? UnitOf(Element quantity, string product)
    {
        if (quantity.Flag.HasFlag(ElementFlag.Counted))
            return sentence.Lexicon.Piece(product);
        if (!quantity.Flag.HasFlag(ElementFlag.Part))
            return quantity.Text;
        return goods == ElementKind.Material ? "kg" : sentence.Lexicon.BaseUnit(product) is "kg" or "l"
            ? sentence.Lexicon.BaseUnit(product) : null;
    }

    private static bool IsMeasure(Element quantity) => quantity.Text is "kg" or "l";

    /// <summary>"5kg", "250g".</summary>
    public static string SizeOf(Element quantity)
    {
        var small = quantity.Value < 1;
        var unit = quantity.Text switch { "kg" when small => "g", "l" when small => "ml", var other => other };
        return string.Create(CultureInfo.InvariantCulture, $"{(small ? quantity.Value * 1000 : quantity.Value):0.###}{unit}");
    }

    private sealed class Line(string key, int start, int end)
    {
        public int Start { get; } = start;

        public string Key { get; set; } = key;

        public int End { get; set; } = end;

        public List<Element> Amounts { get; } = [];
    }
}
