using System.Reflection;
using PdfSharp.Fonts;

namespace KkmpBot.Papers;

/// <summary>
/// The fonts that are shipped with the program, so that a paper looks the same on every machine: DejaVu Sans for nearly every alphabet, Noto
/// Sans Javanese for names in aksara Jawa. Licences: the file NOTICE.
/// </summary>
internal sealed class PaperFonts : IFontResolver
{
    /// <summary>The family of ordinary text.</summary>
    public const string Text = "DejaVu Sans";

    /// <summary>The family of aksara Jawa.</summary>
    public const string Javanese = "Noto Sans Javanese";

    private const string Prefix = "fonts/";
    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Makes PdfSharp use these fonts; the first paper of the process does it.</summary>
    public static void Use() => _ = Registered.Value;

    /// <summary>True for a letter that only the Javanese font has.</summary>
    /// <param name="letter">A character.</param>
    public static bool IsJavanese(char letter) => letter is >= '\uA980' and <= '\uA9DF';

    /// <inheritdoc />
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => familyName switch
    {
        Text => new FontResolverInfo(isBold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf"),
        Javanese => new FontResolverInfo("NotoSansJavanese-Regular.ttf"),
        _ => null,
    };

    /// <inheritdoc />
    public byte[]? GetFont(string faceName)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + faceName)
            ?? throw new InvalidOperationException($"The font {faceName} is not in the program.");
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool Register()
    {
        GlobalFontSettings.FontResolver = new PaperFonts();
        return true;
    }
}
