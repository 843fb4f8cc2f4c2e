namespace KkmpBot.Dialogs.Answers;

/// <summary>
/// Finds the kelurahan that typed words mean: everyday spellings (Beringin, Tanjungmas, Bendan Duwur), names that occur twice, and
/// near misses. Never takes a similar name for the right one: 17 pairs of names in the city lie within two letters.
/// </summary>
public sealed class KelurahanFinder
{
    /// <summary>More candidates are no help.</summary>
    public const int MaxCandidates = 5;
    private const int MostWordsInName = 3;
    private const int MostWordsForNear = 8;
    private const int ShortestForNear = 4;
    private const int NearLimit = 2;

    private static readonly HashSet<string> Labels = ["kelurahan", "kel", "klurahan", "kalurahan", "desa", "ds", "lurah", "kkmp",
        "koperasi"];
    private static readonly HashSet<string> DistrictLabels = ["kecamatan", "kec", "kcmatan"];

    private readonly ILookup<string, Ward> byName;
    private readonly ILookup<string, Ward> byFirstWord;
    private readonly HashSet<string> districts;

    /// <summary>Prepares the names.</summary>
    /// <param name="wards">All kelurahan of the city.</param>
    public KelurahanFinder(IReadOnlyCollection<Ward> wards)
    {
        byName = wards.ToLookup(ward => Skeleton(ward.Kelurahan));
        byFirstWord = wards.Where(ward => ward.Kelurahan.Contains(' ')).ToLookup(ward => Skeleton(ward.Kelurahan.Split(' ')[0]));
        districts = wards.Select(ward => Skeleton(ward.Kecamatan)).ToHashSet();
    }

    /// <summary>What an answer to "kelurahan mana?" means; the kecamatan may stand beside it.</summary>
    /// <param name="text">As typed.</param>
    public WardMatch Find(string text)
    {
        var tokens = Tokens.Split(TypedText.Clean(text));
        var match = FindNamed(tokens);
        return match.Fit == WardFit.None ? FindNear(tokens) : match;
    }

    /// <summary>The kelurahan named in a sentence, by its name or an everyday spelling of it only.</summary>
    /// <param name="tokens">The whole sentence.</param>
    public WardMatch FindNamed(IReadOnlyList<Token> tokens)
    {
        var spans = NamedSpans(tokens);
        var named = spans.Where(span => byName.Contains(span.Key) && !span.IsDistrict).ToList();
        if (named.Count == 0)
            return FindByFirstWord(tokens);
        var said = spans.Where(span => districts.Contains(span.Key)).ToList();
        var placed = named.SelectMany(span => byName[span.Key].Select(ward => (Span: span, Ward: ward)))
            .Where(pair => said.Any(district => district.Start != pair.Span.Start &&
                district.Key == Skeleton(pair.Ward.Kecamatan))).ToList();
        if (placed.Count > 0)
            return Of(placed.Select(pair => pair.Ward), placed[0].Span) with { KecamatanSaid = true };
        var wards = named.SelectMany(span => byName[span.Key]).Distinct().ToList();
        var contradicted = said.Exists(district => named.TrueForAll(span => span.Start != district.Start));
        return contradicted ? new WardMatch(WardFit.Near, Capped(wards), named[0].Start, named[0].End) : Of(wards, named[0]);
    }

    /// <summary>Names within two letters of the words typed.</summary>
    /// <param name="tokens">A short answer; nothing is found in longer sentences.</param>
    public WardMatch FindNear(IReadOnlyList<Token> tokens)
    {
        var words = Enumerable.Range(0, tokens.Count).Where(at => tokens[at].Kind == TokenKind.Word && !IsLabel(tokens[at].Text)).ToList();
        if (words.Count is 0 or > MostWordsForNear)
            return WardMatch.Nothing;
        var hits = new Dictionary<Ward, int>();
        for (var first = 0; first < words.Count; first++)
        {
            for (var length = 1; length <= MostWordsInName && first + length <= words.Count; length++)
            {
                var typed = Skeleton(string.Concat(words.Skip(first).Take(length).Select(at => tokens[at].Text)));
                if (typed.Length < ShortestForNear || districts.Contains(typed))
                    continue;
                foreach (var group in byName)
                {
                    var limit = group.Key.Length <= 5 ? 1 : NearLimit;
                    var distance = EditDistance.Between(typed, group.Key, limit);
                    if (distance > limit)
                        continue;
                    foreach (var ward in group)
                        hits[ward] = Math.Min(distance, hits.GetValueOrDefault(ward, int.MaxValue));
                }
            }
        }

        var best = hits.OrderBy(hit => hit.Value).ThenBy(hit => hit.Key.Code, StringComparer.Ordinal).Select(hit => hit.Key)
            .Take(MaxCandidates).ToList();
        return best.Count == 0 ? WardMatch.Nothing : new WardMatch(WardFit.Near, best, 0, tokens.Count);
    }

    /// <summary>
    /// What all spellings of a name have in common: no blanks, no doubled letters, dh = d, a silent e left out ("Beringin" =
    /// "Bringin").
    /// </summary>
    /// <param name="name">A name as written by anybody.</param>
    public static string Skeleton(string name)
    {
        var letters = string.Concat(TypedText.Fold(name).Where(char.IsLetter));
        letters = Stretched.Shorten(letters.Replace("dh", "d", StringComparison.Ordinal).Replace("th", "t", StringComparison.Ordinal)
            .Replace("oe", "u", StringComparison.Ordinal).Replace("dj", "j", StringComparison.Ordinal));
        var kept = new System.Text.StringBuilder(letters.Length);
        for (var at = 0; at < letters.Length; at++)
        {
            var silent = letters[at] == 'e' && at > 0 && at + 2 < letters.Length && !IsVowel(letters[at - 1]) &&
                letters[at + 1] is 'r' or 'l' &&
                IsVowel(letters[at + 2]);
            if (!silent)
                kept.Append(letters[at]);
        }

        return kept.ToString();
    }

    // Longest first, so that "Karanganyar Gunung" is not Karanganyar.
    private List<Span> NamedSpans(IReadOnlyList<Token> tokens)
    {
        var spans = new List<Span>();
        for (var at = 0; at < tokens.Count; at++)
        {
            for (var length = Math.Min(MostWordsInName, tokens.Count - at); length >= 1; length--)
            {
                if (SpanAt(tokens, at, length) is not { } key || !(byName.Contains(key) || districts.Contains(key)))
                    continue;
                var afterLabel = at > 0 && DistrictLabels.Contains(tokens[at - 1].IsMark('.') && at > 1 ? tokens[at - 2].Text
                    : tokens[at - 1].Text);
                spans.Add(new Span(key, at, at + length, afterLabel));
                at += length - 1;
                break;
            }
        }

        return spans;
    }

    private static string? SpanAt(IReadOnlyList<Token> tokens, int at, int length)
    {
        for (var index = at; index < at + length; index++)
        {
            if (tokens[index].Kind != TokenKind.Word)
                return null;
        }

        return Skeleton(length == 1 ? tokens[at].Text : string.Concat(tokens.Skip(at).Take(length).Select(token => token.Text)));
    }

    // "Srondol" stands for Srondol Kulon and Srondol Wetan.
    private WardMatch FindByFirstWord(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind != TokenKind.Word || tokens[at].Text.Length < ShortestForNear)
                continue;
            var wards = byFirstWord[Skeleton(tokens[at].Text)].ToList();
            if (wards.Count > 0)
                return new WardMatch(wards.Count == 1 ? WardFit.Near : WardFit.Several, Capped(wards), at, at + 1);
        }

        return WardMatch.Nothing;
    }

    private static WardMatch Of(IEnumerable<Ward> wards, Span span)
    {
        var found = Capped(wards.Distinct());
        return new WardMatch(found.Count == 1 ? WardFit.Exact : WardFit.Several, found, span.Start, span.End);
    }

    private static List<Ward> Capped(IEnumerable<Ward> wards) => wards.Take(MaxCandidates).ToList();

    /// <summary>True for "kelurahan", "kec" and the like.</summary>
    public static bool IsLabel(string word) => Labels.Contains(word) || DistrictLabels.Contains(word);

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    private readonly record struct Span(string Key, int Start, int End, bool IsDistrict);
}
