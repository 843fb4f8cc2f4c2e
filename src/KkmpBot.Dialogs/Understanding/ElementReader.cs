using System.Globalization;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>Finds the values in a sentence: goods, amounts, money, months, times, and what parts them.</summary>
internal sealed class ElementReader(Sentence sentence)
{
    private static readonly HashSet<string> Endings = ["nya", "ne", "e", "ipun", "nipun"];
    private readonly Lexicon lexicon = sentence.Lexicon;
    private readonly List<Token> words = sentence.Words;
    private readonly List<Element> elements = [];
    private int listed;

    public List<Element> Read()
    {
        var hits = sentence.Hits.ToDictionary(hit => hit.Start);
        for (var at = 0; at < words.Count;)
        {
            if (IsListNumber(at))
            {
                listed++;
                elements.Add(new Element(ElementKind.Separator, at, at + 2));
                at += 2;
            }
            else if (lexicon.Correcting.Contains(words[at].Text))
            {
                elements.Add(new Element(ElementKind.Correction, at, at + 1));
                at++;
            }
            else if (hits.TryGetValue(at, out var hit) && FromHit(hit) is { } found)
            {
                var said = WithOwnSize(found);
                elements.Add(said);
                at = said.End;
            }
            else if ((words[at].Kind == TokenKind.Numeral || !hits.ContainsKey(at)) && Number(at, hits) is { } number)
            {
                elements.Add(number);
                at = number.End;
            }
            else
            {
                if (Mark(at) is { } mark)
                    elements.Add(mark);
                at = hits.TryGetValue(at, out var plain) ? plain.End : at + 1;
            }
        }

        return elements;
    }

    // "1. beras 5 kg 2. gula 1 kg": the numbers of a list come in their order, the first one before any goods.
    private bool IsListNumber(int at) =>
        words[at].Kind == TokenKind.Numeral && at + 2 < words.Count && words[at].Text.Length <= 2 &&
        int.TryParse(words[at].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == listed + 1 &&
        (words[at + 1].IsMark('.') || words[at + 1].IsMark(')')) && words[at + 1].Glued && !words[at + 2].Glued &&
        (listed > 0 || !elements.Exists(element => element.Kind is ElementKind.Product or ElementKind.Material));

    private Element? FromHit(Hit hit)
    {
        if (hit.Key("products") is { } product)
            return new Element(ElementKind.Product, hit.Start, hit.End, product, Flag: Definite(hit));
        if (hit.Key("either") is { } either)
            return Either(hit, either);
        if (hit.Key("materials") is { } material)
            return new Element(ElementKind.Material, hit.Start, hit.End, material);
        if (hit.Is("clock") && Clock(hit) is { } clock)
            return clock;
        if (hit.Is("date") && Date(hit) is { } date)
            return date;
        if (hit.Key("time") is { } time)
            return new Element(ElementKind.Time, hit.Start, hit.End, time);
        if (hit.Is("and"))
            return new Element(ElementKind.Separator, hit.Start, hit.End);
        if (hit.Is("holds"))
            return new Element(ElementKind.Holds, hit.Start, hit.End);
        return hit.Is("size_word") ? new Element(ElementKind.SizeWord, hit.Start, hit.End) : null;
    }

    // "lpg 3 kg" is a name, and no three kilos.
    private Element WithOwnSize(Element said)
    {
        var next = said.End;
        return said.Kind == ElementKind.Product && lexicon.OwnSize(said.Text!) is { } own &&
            lexicon.Quantities.ReadAt(words, ref next) is { Unit: "kg" or "l" } size &&
            ItemReader.SizeOf(new Element(ElementKind.Quantity, said.End, next, size.Unit, size.Amount)) == own
            ? said with { End = next }
            : said;
    }

    private Element Either(Hit hit, string either)
    {
        var javanese = lexicon.InJavanese(words[hit.Start].Text);
        return javanese is not null && SpeaksJavanese()
            ? new Element(ElementKind.Product, hit.Start, hit.End, javanese, Flag: Definite(hit))
            : new Element(ElementKind.Product, hit.Start, hit.End, either, Flag: Definite(hit) | ElementFlag.Either);
    }

    private bool SpeaksJavanese() => words.Exists(word => lexicon.IsJavanese(word.Text));

    private ElementFlag Definite(Hit hit)
    {
        var typed = sentence.Tokens[hit.End - 1].Text;
        return sentence.Steps[hit.End - 1] is SpellingStep.Ending or SpellingStep.Near &&
            Endings.Any(ending => typed.EndsWith(ending, StringComparison.Ordinal)) ? ElementFlag.Definite : ElementFlag.None;
    }

    // "jam 4", "pukul 16.00", "jam setengah sanga"
    private Element? Clock(Hit hit)
    {
        if (hit.End < words.Count && words[hit.End].Kind == TokenKind.Numeral)
            return new Element(ElementKind.Time, hit.Start, hit.End + 1, $"jam {words[hit.End].Text}");
        var next = hit.End;
        if (lexicon.Numbers.Read(words, ref next) is not { Scaled: false, Value: <= 24 })
            return null;
        return new Element(ElementKind.Time, hit.Start, next, $"jam {string.Join(' ', words.GetRange(hit.End, next - hit.End).Select(word => word.Text))}");
    }

    // "tanggal 25", "tgl 3 des"
    private Element? Date(Hit hit) => hit.End < words.Count && IsDay(words[hit.End])
        ? hit.End + 1 < words.Count && MonthName(words[hit.End + 1]) is { } month
            ? new Element(ElementKind.Time, hit.Start, hit.End + 2, $"tanggal {words[hit.End].Text} {month}")
            : new Element(ElementKind.Time, hit.Start, hit.End + 1, $"tanggal {words[hit.End].Text}")
        : null;

    // "diambil 25 desember"; beside savings a month is what is paid for.
    private Element? DayOfMonth(int at) =>
        IsDay(words[at]) && at + 1 < words.Count && MonthName(words[at + 1]) is { } month &&
        !sentence.Hits.Exists(hit => hit.Is("savings") || hit.Is("pay") || hit.Key("kind") is not null)
        ? new Element(ElementKind.Time, at, at + 2, $"{words[at].Text} {month}")
        : null;

    private static bool IsDay(Token word) => word.Kind == TokenKind.Numeral && word.Text.Length <= 2 &&
        int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31;

    private string? MonthName(Token word) =>
        lexicon.Spelled.Months.TryGetValue(word.Text, out var number) ? lexicon.Spelled.Months.First(month => month.Value == number).Key : null;

    private Element? Number(int at, Dictionary<int, Hit> hits)
    {
        if (words[at].Kind == TokenKind.Mark || QuantityReader.IsRepeatMark(words, at) && !AfterProduct(at))
            return null;
        if (Month(at) is { } month)
            return month;
        if (lexicon.Spelled.Spans.TryGetValue(words[at].Text, out var span))
            return new Element(ElementKind.Duration, at, at + 1, Value: span);
        if (DayOfMonth(at) is { } day)
            return day;
        if (NumberedMonth(at) is { } numbered)
            return numbered;
        if (words[at].Text == "kalih" && IsWith(at, hits))
            return new Element(ElementKind.Separator, at, at + 1);
        if (OrderNumber(at) is { } order)
            return order;
        var next = at;
        if (lexicon.Money.ReadAt(words, ref next) is { Marked: true, Rupiah: { } rupiah })
            return new Element(ElementKind.Money, at, next, Value: rupiah);
        next = at;
        if (lexicon.Quantities.ReadAt(words, ref next) is not { } quantity)
            return null;
        if (IsContrasted(at))
            return new Element(ElementKind.Per, at, next);
        if (Counted(next, quantity, out var counted))
            return counted is { } months ? new Element(ElementKind.Duration, at, next + 1, Value: months)
                : new Element(ElementKind.Per, at, next + 1);
        var bare = quantity.Unit is null && words[at].Kind == TokenKind.Numeral && next == at + 1;
        if (bare && quantity.Amount >= RupiahReader.SmallestBare)
            return new Element(ElementKind.Money, at, next, Value: quantity.Amount, Flag: ElementFlag.Bare);
        // "selusin botol": twelve of what is named then.
        if (quantity.Counted && next < words.Count && words[next].Kind == TokenKind.Word && lexicon.Spelled.FindUnit(words[next].Text) is { One: false, Factor: 1 } of)
            return new Element(ElementKind.Quantity, at, next + 1, of.Unit, quantity.Amount);
        return new Element(ElementKind.Quantity, at, next, quantity.Unit, IsNegative(at) ? -quantity.Amount : quantity.Amount, Flags(at, next, quantity, bare));
    }

    // "2 kg bukan 3", "jangan 2, 3 saja": the number behind it is not meant.
    private bool IsContrasted(int at) => at > 0 && lexicon.Contrasting.Contains(words[at - 1].Text) && sentence.CountNumbers() > 1;

    // "gula -3" is a slip that whoever reads the amount refuses; a dash that begins a line or follows a mark belongs to a list.
    private bool IsNegative(int at) => words[at].Kind == TokenKind.Numeral && words[at].Glued && at > 1 &&
        words[at - 1].IsMark('-') && !words[at - 1].Glued && words[at - 2].Kind != TokenKind.Mark;

    private ElementFlag Flags(int at, int next, QuantityPhrase quantity, bool bare)
    {
        var typed = sentence.Tokens[next - 1].Text;
        var flags = (quantity.Counted ? ElementFlag.Counted : ElementFlag.None) | (bare ? ElementFlag.Bare : ElementFlag.None);
        if (quantity.Unit is null && !bare && decimal.Truncate(quantity.Amount) != quantity.Amount)
            flags |= ElementFlag.Part;
        if (quantity.Unit is not null && typed.Length > 4 && typed.EndsWith("an", StringComparison.Ordinal) &&
            !lexicon.Spelled.Units.ContainsKey(typed))
            flags |= ElementFlag.Size;
        if (next == at + 1 && words[at].Kind == TokenKind.Word && quantity.Unit is not null)
            flags |= ElementFlag.One;
        return flags;
    }

    private bool AfterProduct(int at) =>
        elements.Count > 0 && elements[^1] is { Kind: ElementKind.Product or ElementKind.Material } last && last.End == at;

    // "mar" after a title is a name.
    private Element? Month(int at) =>
        words[at].Kind == TokenKind.Word && lexicon.Spelled.Months.TryGetValue(words[at].Text, out var month) &&
        !(at > 0 && Sentence.IsTitle(words[at - 1].Text))
        ? new Element(ElementKind.Month, at, at + (IsYear(at + 1) ? 2 : 1), Value: month)
        : null;

    // "des 2025 20rb": the year is no money.
    private bool IsYear(int at) => at < words.Count && words[at] is { Kind: TokenKind.Numeral, Text.Length: 4 } year
        && year.Text.StartsWith("20", StringComparison.Ordinal) && year.Text[2] != '0' && year.Text.All(char.IsAsciiDigit);

    // "bulan 10-12", "sasi 3 karo 4"
    private Element? NumberedMonth(int at)
    {
        if (words[at].Kind != TokenKind.Numeral || words[at].Text.Length > 2 || at == 0 ||
            !int.TryParse(words[at].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 12)
            return null;
        var named = sentence.HitOver(at - 1) is { Phrase: not null } before && before.Is("month") && (at < 2 || words[at - 2].Kind != TokenKind.Numeral);
        var continues = elements.FindLast(element => element.Kind != ElementKind.Separator) is { Kind: ElementKind.Month } last &&
            last.End == at - 1 && words[last.Start].Kind == TokenKind.Numeral;
        var counts = at + 1 < words.Count && words[at + 1].Kind == TokenKind.Word &&
            (lexicon.Spelled.FindUnit(words[at + 1].Text) is not null || lexicon.Spelled.Numbers.ContainsKey(words[at + 1].Text));
        return (named || continues) && !counts ? new Element(ElementKind.Month, at, at + 1, Value: number) : null;
    }

    // Kalih is two before a measure or the rest of a number, "and" between goods.
    private bool IsWith(int at, Dictionary<int, Hit> hits)
    {
        if (at + 1 >= words.Count || elements.Count == 0)
            return false;
        var goods = hits.TryGetValue(at + 1, out var hit) && (hit.Key("products") ?? hit.Key("either") ?? hit.Key("materials")) is not null;
        return goods && elements.Exists(element => element.Kind is ElementKind.Product or ElementKind.Material);
    }

    private Element? OrderNumber(int at)
    {
        if (words[at].Kind != TokenKind.Numeral || !words[at].Text.All(char.IsAsciiDigit))
            return null;
        var before = sentence.Hits.FindLast(hit => hit.End <= at);
        var sign = before.Phrase is not null && before.End >= at - 1 && (before.Is("number_sign") || words[at - 1].IsMark('#'));
        var noun = sentence.Hits.Exists(hit => hit.Is("order_noun") && hit.End <= at);
        var verb = sentence.Hits.Exists(hit => hit.Is("buy") && hit.End <= at);
        var next = words.Count > at + 1 ? words[at + 1] : default;
        var measured = next.Text is not null && next.Kind == TokenKind.Word && lexicon.Spelled.FindUnit(next.Text) is not null;
        var directly = before.Phrase is not null && before.End == at &&
            (before.Is("order_noun") || (before.Is("buy") && words[at].Text.Length >= 3));
        var zeroes = words[at].Text.Length >= 3 && words[at].Text[0] == '0';
        var counts = !measured && !(next.Text is not null && lexicon.Spelled.Numbers.ContainsKey(next.Text));
        return counts && ((sign && (noun || verb)) || directly || (zeroes && !next.IsMark('/')))
            ? new Element(ElementKind.OrderNumber, at, at + 1, words[at].Text)
            : null;
    }

    // "3 bulan" is a duration, "2 hari" and "2 kali" count something else.
    private bool Counted(int next, QuantityPhrase quantity, out decimal? months)
    {
        months = null;
        if (next >= words.Count || quantity.Unit is not null)
            return false;
        var noun = sentence.HitFrom(next);
        if (noun.Phrase is null)
            return false;
        // "tigang wulan kepengker": the months are counted, though they are part of "last month".
        if (noun.Is("last") && lexicon.Longest([words[next]], 0) is { } counted)
            noun = counted;
        months = noun.Is("month") ? quantity.Amount : noun.Is("year") ? quantity.Amount * 12 : null;
        return months is not null || noun.Is("counted");
    }

    private Element? Mark(int at)
    {
        var word = words[at];
        if (word.Kind != TokenKind.Mark)
            return null;
        if (word.IsMark('/'))
            return new Element(ElementKind.Per, at, at + 1);
        var parts = word.Text is "," or ";" or "\n" or "." or "+" or "&" or "•" or "*" ||
            (word.IsMark('-') && !(word.Glued && at + 1 < words.Count && words[at + 1].Glued));
        return parts ? new Element(ElementKind.Separator, at, at + 1) : null;
    }
}
