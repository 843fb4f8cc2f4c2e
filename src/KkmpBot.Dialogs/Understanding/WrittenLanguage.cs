using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// Tells the language of a sentence by words that only one of them has. One such word proves nothing, since everybody in Semarang mixes:
/// it takes two, and more than of any other language.
/// </summary>
public static class WrittenLanguage
{
    private const int MinWords = 2;
    private const int MaxWordsRead = 40;

    private static readonly Dictionary<string, string> Words = new(
        Entries("jv", "kula kulo badhe nggih inggih mboten pinten mundhut tumbas sampun panjenengan nuwun matur saged ingkang wonten nyuwun "
            + "aku arep piye piro opo ora gelem tuku iki kuwi wis durung iso nek karo regane reginipun dados ndaftar menapa")
            .Concat(Entries("en", "the please want would like my balance hello how much what is are i you register join price of today can do to"))
            .Concat(Entries("id", "saya mau berapa tolong ingin apa bisa tidak sudah belum dengan yang untuk harganya daftar anggota pesan dong")));

    /// <summary>id, jv or en; null when the sentence does not tell.</summary>
    /// <param name="text">As typed.</param>
    public static string? Of(string text)
    {
        var counts = Folding.Fold(text).Split(' ').Take(MaxWordsRead)
            .Select(word => Words.GetValueOrDefault(word)).OfType<string>()
            .GroupBy(language => language)
            .Select(group => (Language: group.Key, Count: group.Count()))
            .OrderByDescending(group => group.Count)
            .ToList();
        return counts.Count > 0 && counts[0].Count >= MinWords && (counts.Count == 1 || counts[0].Count > counts[1].Count)
            ? counts[0].Language
            : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(string language, string words) =>
        words.Split(' ').Select(word => KeyValuePair.Create(word, language));
}
