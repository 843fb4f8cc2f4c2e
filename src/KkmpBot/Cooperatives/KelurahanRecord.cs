using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Cooperatives;

/// <summary>A kelurahan as dialogs see it.</summary>
internal static class KelurahanRecord
{
    private static readonly ILookup<string, KelurahanLine> ByName = KelurahanFile.Lines.ToLookup(line => line.Kelurahan);

    /// <summary>
    /// Its key is the Kemendagri code; <c>label</c> is the name, with the kecamatan behind it where the name alone is no answer.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "kelurahan",
        ("key", DialogType.TextOf(13)),
        ("name", DialogType.TextOf(18)),
        ("kecamatan", DialogType.TextOf(16)),
        ("label", DialogType.TextOf(24)));

    /// <summary>Several, best first.</summary>
    public static DialogType ListType { get; } = DialogType.List("kelurahan_list", Type, KelurahanFinder.MaxCandidates);

    /// <summary>What typed words may mean: the best fit, and all that are worth showing.</summary>
    public static DialogType MatchType { get; } = DialogType.Record("kelurahan_match", ("best", Type), ("all", ListType));

    /// <summary>The record of a kelurahan.</summary>
    /// <param name="code">Kemendagri's code.</param>
    /// <param name="name">The kelurahan.</param>
    /// <param name="kecamatan">The kecamatan.</param>
    public static RecordValue Of(string code, string name, string kecamatan) => RecordValue.Of(
        ("key", new TextValue(code)),
        ("name", new TextValue(name)),
        ("kecamatan", new TextValue(kecamatan)),
        ("label", new TextValue(ByName[name].Count() == 1 ? name : $"{name} ({Short(kecamatan)})")));

    // A row of a WhatsApp list holds 24 characters.
    private static string Short(string kecamatan) => kecamatan.Replace("Semarang", "Smg", StringComparison.Ordinal);
}
