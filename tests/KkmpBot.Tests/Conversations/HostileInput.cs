using KkmpBot.Channels;

namespace KkmpBot.Tests.Conversations;

/// <summary>What people, and those who would rather not be taken for people, may send.</summary>
internal sealed class HostileInput(Random random)
{
    public static readonly InboundKind[] Wordless =
    [
        InboundKind.Photo, InboundKind.Voice, InboundKind.Location, InboundKind.Document, InboundKind.Edited,
        InboundKind.ForeignContact, InboundKind.Other, InboundKind.Group,
    ];

    private static readonly string[] Good =
    [
        "menu", "daftar", "pesan", "pesan beras", "beras", "minyak", "saldo", "harga", "petugas", "batal", "bantuan", "bahasa", "basa jawa", "english",
        "bahasa indonesia", "keluhan", "keanggotaan saya", "pesanan saya", "menu petugas", "setoran", "stok", "pendaftaran", "ya", "tidak", "nggih",
        "mboten", "lanjut", "setuju", "selesai", "jatisari", "gisikdrono", "RT 3 RW 5", "3374140101909920", "081298765432", "198501172010012001",
        "budi santoso", "5", "2 kg", "setengah", "10000", "50 ribu", "17 agustus 1985", "1", "2", "3", "4", "9", "10", "11", "0009", "0001",
    ];

    private static readonly string[] Bad =
    [
        "", " ", "\n\n", "\0", "\u200b", "\ufeff", "😀", "👨‍👩‍👧‍👦🇮🇩", "\ud83d", "\ude00\ud83d", "e\u0301\u0301\u0301\u0301", "\u202eمرحبا\u202c", "שלום 5 ק\"ג",
        "٣", "Ⅷ", "𝟓", "½", "一", "-1", "0", "00000", "1e309", "1.000.000,50", "99999999999999999999999999", "NaN", "0x7fffffff", "5 kg 5 kg", "+62", "+",
        "*tebal* _miring_ `kode` [x](y) ~z~ >", "</b><script>alert(1)</script>", "&amp;&#0;", "'; DROP TABLE members; --", "\" OR 1=1 --", "%s%n%d", "../../etc",
        "{member.nickname}", "{{", "}", "{each cart.lines}", "start:order", "start:nowhere", "__more", "__resume", "__forget", "/start", "/start abc", "/", "@", "#",
        "İı", "ß", "ﬁ", "Ǆ", "null", "true", "<<: *x", "- a: b", "\\", "\t", "?", "!!!", "…",
    ];

    private static readonly Dictionary<string, string[]> Answers = new()
    {
        ["text"] = ["budi santoso", "siti aminah", "jatisari", "gisikdrono", "wonosari", "bandung", "RT 3 RW 5", "003/005", "berasnya berkutu", "5 kg", "2", "0001", "0009"],
        ["nik"] = ["3374140101909920", "3374145503850003", "3374140101909"],
        ["nip"] = ["198501172010012001", "123456789"],
        ["phone"] = ["081298765432", "08123", "+6281234567890"],
        ["number"] = ["1", "2", "12", "0", "dua"],
        ["quantity"] = ["1", "2", "5 kg", "0", "1000000"],
        ["money"] = ["10000", "50 ribu", "1,5 juta", "0", "999999999999"],
        ["date"] = ["17-8-1985", "besok", "31-2-2000"],
        ["yes_no"] = ["ya", "tidak", "nggih", "mungkin"],
    };

    /// <summary>What could be meant as an answer to a question, mostly well.</summary>
    public string AnswerTo(string type) => Answers.TryGetValue(type, out var answers) ? OneOf(answers) : Sensible();

    public int Below(int limit) => random.Next(limit);

    public bool OneIn(int many) => random.Next(many) == 0;

    public T OneOf<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>Words that mean something somewhere.</summary>
    public string Sensible() => OneOf(Good);

    /// <summary>Anything at all, of any length a platform lets through.</summary>
    public string Text() => random.Next(8) switch
    {
        0 => new string(OneOf(Good)[0], InboundMessage.MaxTextLength),
        1 => string.Concat(Enumerable.Repeat("😀 ", InboundMessage.MaxTextLength / 3)),
        2 => new string([.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (char)random.Next(1, 0xFFFF))]),
        3 => $"{OneOf(Good)} {OneOf(Bad)} {OneOf(Good)}",
        4 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => OneOf(Bad),
    };
}
