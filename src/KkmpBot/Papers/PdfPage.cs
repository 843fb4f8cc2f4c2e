using System.Globalization;
using System.Text;

namespace KkmpBot.Papers;

/// <summary>A page while it is drawn. Places are in points from its upper left corner.</summary>
/// <param name="width">In points.</param>
/// <param name="height">In points.</param>
/// <param name="fonts">Regular, bold, and the fallback for letters that neither has.</param>
internal sealed class PdfPage(double width, double height, IReadOnlyList<PdfFont> fonts)
{
    // What stands for a letter that no font has: an empty box.
    private static readonly Rune Missing = new('\u25A1');
    private readonly StringBuilder content = new();

    /// <summary>In points.</summary>
    public double Width => width;

    /// <summary>In points.</summary>
    public double Height => height;

    /// <summary>The page's drawing operators.</summary>
    public string Content => content.ToString();

    /// <summary>How wide a text is, in points.</summary>
    /// <param name="text">Of any letters.</param>
    /// <param name="size">In points.</param>
    /// <param name="bold">True for bold.</param>
    public static double Measure(string text, double size, bool bold)
    {
        double width = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            var (type, glyph) = Find(letter, bold);
            width += type.WidthOf(glyph);
        }
        return width * size / 1000;
    }

    /// <summary>Writes a text on one line.</summary>
    /// <param name="text">Of any letters.</param>
    /// <param name="x">Where it begins.</param>
    /// <param name="baseline">The line it stands on.</param>
    /// <param name="size">In points.</param>
    /// <param name="bold">True for bold.</param>
    /// <param name="gray">0 for black, towards 1 for paler.</param>
    public void Write(string text, double x, double baseline, double size, bool bold = false, double gray = 0)
    {
        var run = new StringBuilder();
        PdfFont? inFont = null;
        Append($"BT {Number(gray)} g 1 0 0 1 {Number(x)} {Number(height - baseline)} Tm ");
        foreach (var letter in text.EnumerateRunes())
        {
            var (type, glyph) = Find(letter, bold);
            var font = fonts.First(candidate => candidate.Type == type);
            if (font != inFont)
            {
                Show(run, inFont, size);
                inFont = font;
            }
            font.Used.TryAdd(glyph, letter);
            run.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }
        Show(run, inFont, size);
        Append("ET 0 g\n");
    }

    /// <summary>Draws a thin line from left to right.</summary>
    /// <param name="x">Where it begins.</param>
    /// <param name="y">How far down.</param>
    /// <param name="length">How long.</param>
    public void Rule(double x, double y, double length) =>
        Append($"0.6 G 0.5 w {Number(x)} {Number(height - y)} m {Number(x + length)} {Number(height - y)} l S\n");

    /// <summary>Shades a box.</summary>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its upper side.</param>
    /// <param name="boxWidth">How wide.</param>
    /// <param name="boxHeight">How high.</param>
    public void Shade(double x, double y, double boxWidth, double boxHeight) =>
        Append($"0.92 g {Number(x)} {Number(height - y - boxHeight)} {Number(boxWidth)} {Number(boxHeight)} re f 0 g\n");

    private static (TrueType Type, int Glyph) Find(Rune letter, bool bold)
    {
        var type = bold ? TrueType.Bold : TrueType.Regular;
        if (type.GlyphOf(letter) is { } own)
            return (type, own);
        if (TrueType.Regular.GlyphOf(letter) is { } regular)
            return (TrueType.Regular, regular);
        return TrueType.Javanese.GlyphOf(letter) is { } aksara ? (TrueType.Javanese, aksara) : (type, type.GlyphOf(Missing) ?? 0);
    }

    private void Show(StringBuilder run, PdfFont? font, double size)
    {
        if (font is null || run.Length == 0)
            return;
        Append($"/{font.Name} {Number(size)} Tf <{run}> Tj ");
        run.Clear();
    }

    private void Append(string operators) => content.Append(operators);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
