using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Members;

namespace KkmpBot.Announcements;

/// <summary>
/// Who hears an announcement, as a line that people can read and write: <c>koperasi=1 status=aktif tunggakan=ya beli=beras kanal=telegram</c>.
/// A small closed set of criteria, all of which have to hold. Nobody hears anything who did not agree to announcements.
/// </summary>
public sealed record Audience
{
    /// <summary>The longest line.</summary>
    public const int MaxLength = 200;

    private static readonly string[] Channels = ["telegram", "whatsapp", "web"];
    private static readonly string[] Languages = ["id", "jv", "en"];

    /// <summary>The members of one cooperative (<c>koperasi=1</c>, its id); null for more than one.</summary>
    public int? CooperativeId { get; init; }

    /// <summary>The members of a kecamatan's cooperatives (<c>kecamatan=Mijen</c>); null with <see cref="CooperativeId"/>, and for the whole city (<c>kota=semua</c>).</summary>
    public string? Kecamatan { get; init; }

    /// <summary>The stage of their membership (<c>status=aktif</c>, <c>disetujui</c>); null for both.</summary>
    public string? Status { get; init; } = MemberStatus.Active;

    /// <summary>True for civil servants only, false for everybody else (<c>asn=ya</c>, <c>tidak</c>); null for both.</summary>
    public bool? IsCivilServant { get; init; }

    /// <summary>True for those who owe dues of months past, false for those who do not (<c>tunggakan=ya</c>, <c>tidak</c>); null for both.</summary>
    public bool? InArrears { get; init; }

    /// <summary>Those who bought goods of this kind in the last half year (<c>beli=beras</c>); null for anybody.</summary>
    public string? Bought { get; init; }

    /// <summary>Those who talk in this language (<c>bahasa=jv</c>); null for any.</summary>
    public string? Language { get; init; }

    /// <summary>Those whose latest word came through this channel (<c>kanal=whatsapp</c>); null for any.</summary>
    public string? Channel { get; init; }

    /// <summary>Everybody of one cooperative.</summary>
    /// <param name="cooperativeId">The cooperative.</param>
    public static Audience Of(int cooperativeId) => new() { CooperativeId = cooperativeId };

    /// <summary>Reads a line.</summary>
    /// <param name="line">As <see cref="ToString"/> writes it; capitals do not matter.</param>
    /// <param name="usual">Where the line names no cooperative, kecamatan or city.</param>
    /// <returns>Null when a word is none of the criteria.</returns>
    public static Audience? Read(string line, Audience usual)
    {
        if (line.Length > MaxLength)
            return null;
        var audience = usual;
        foreach (var word in line.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=', 2) is not [var name, { Length: > 0 } value] || With(audience, name.ToLowerInvariant(), value.ToLowerInvariant()) is not { } narrowed)
                return null;
            audience = narrowed;
        }
        return audience;
    }

    /// <summary>The same in words, for whoever is about to send: "anggota aktif, ASN, lewat WhatsApp".</summary>
    public string Words()
    {
        var words = new List<string>
        {
            Status switch { MemberStatus.Active => "anggota aktif", MemberStatus.Approved => "calon anggota yang sudah disetujui", _ => "anggota dan calon anggota" },
        };
        if (Kecamatan is not null || CooperativeId is null)
            words.Add(Kecamatan is null ? "seluruh kota" : $"Kecamatan {Kecamatan}");
        if (IsCivilServant is { } asn)
            words.Add(asn ? "ASN" : "bukan ASN");
        if (InArrears is { } owes)
            words.Add(owes ? "yang menunggak" : "yang tidak menunggak");
        if (Bought is not null)
            words.Add($"pembeli {Bought.Replace('_', ' ')}");
        if (Language is not null)
            words.Add(Language switch { "jv" => "berbahasa Jawa", "en" => "berbahasa Inggris", _ => "berbahasa Indonesia" });
        if (Channel is not null)
            words.Add($"lewat {Channel switch { "telegram" => "Telegram", "whatsapp" => "WhatsApp", _ => "obrolan web" }}");
        return string.Join(", ", words);
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Parts());

    private static Audience? With(Audience audience, string name, string value) => (name, value) switch
    {
        ("koperasi", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => audience with { CooperativeId = id, Kecamatan = null },
        ("kecamatan", _) when KecamatanOf(value) is { } kecamatan => audience with { CooperativeId = null, Kecamatan = kecamatan },
        ("kota", "semua") => audience with { CooperativeId = null, Kecamatan = null },
        ("status", "aktif") => audience with { Status = MemberStatus.Active },
        ("status", "disetujui") => audience with { Status = MemberStatus.Approved },
        ("status", "semua") => audience with { Status = null },
        ("asn", "ya" or "tidak") => audience with { IsCivilServant = value == "ya" },
        ("tunggakan", "ya" or "tidak") => audience with { InArrears = value == "ya" },
        ("beli", _) => audience with { Bought = value },
        ("bahasa", _) when Languages.Contains(value) => audience with { Language = value },
        ("kanal", _) when Channels.Contains(value) => audience with { Channel = value },
        _ => null,
    };

    private IEnumerable<string> Parts()
    {
        yield return CooperativeId is { } id ? string.Create(CultureInfo.InvariantCulture, $"koperasi={id}")
            : Kecamatan is { } kecamatan ? $"kecamatan={kecamatan.Replace(' ', '_')}" : "kota=semua";
        yield return Status switch { MemberStatus.Active => "status=aktif", MemberStatus.Approved => "status=disetujui", _ => "status=semua" };
        if (IsCivilServant is { } asn)
            yield return $"asn={YesNo(asn)}";
        if (InArrears is { } owes)
            yield return $"tunggakan={YesNo(owes)}";
        if (Bought is not null)
            yield return $"beli={Bought}";
        if (Language is not null)
            yield return $"bahasa={Language}";
        if (Channel is not null)
            yield return $"kanal={Channel}";
    }

    private static string? KecamatanOf(string said) =>
        KelurahanFile.Lines.FirstOrDefault(line => line.Kecamatan.Equals(said.Replace('_', ' '), StringComparison.OrdinalIgnoreCase))?.Kecamatan;

    private static string YesNo(bool yes) => yes ? "ya" : "tidak";
}
