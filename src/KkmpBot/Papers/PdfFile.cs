using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace KkmpBot.Papers;

/// <summary>
/// Writes PDF 1.7: pages with text, lines and shades, and the fonts they use cut down to the glyphs that occur. Only what papers need; ISO 32000-1.
/// </summary>
/// <param name="title">As viewers show it.</param>
internal sealed class PdfFile(string title) : IDisposable
{
    private const int Catalog = 1;
    private const int Pages = 2;
    private const int Info = 3;
    private readonly List<PdfPage> pages = [];
    private readonly List<PdfFont> fonts = [new("F1", TrueType.Regular), new("F2", TrueType.Bold), new("F3", TrueType.Javanese)];
    private readonly MemoryStream file = new();
    private readonly SortedDictionary<int, long> offsets = [];
    private int last = Info;

    /// <summary>Pages so far.</summary>
    public IReadOnlyList<PdfPage> AllPages => pages;

    /// <summary>Adds an empty page.</summary>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    public PdfPage AddPage(double width, double height)
    {
        pages.Add(new PdfPage(width, height, fonts));
        return pages[^1];
    }

    /// <summary>The finished file.</summary>
    public byte[] Save()
    {
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var used = fonts.Where(font => font.Used.Count > 0).Select(font => (font.Name, Number: WriteFont(font))).ToList();
        string resources = $"<< /Font << {string.Join(' ', used.Select(font => $"/{font.Name} {font.Number} 0 R"))} >> >>";
        var numbers = new List<int>();
        foreach (var page in pages)
        {
            int content = WriteStream("", Encoding.Latin1.GetBytes(page.Content));
            numbers.Add(WriteObject(++last, string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {Pages} 0 R /MediaBox [0 0 {page.Width:0.##} {page.Height:0.##}] /Resources {resources} /Contents {content} 0 R >>")));
        }
        WriteObject(Catalog, $"<< /Type /Catalog /Pages {Pages} 0 R >>");
        WriteObject(Pages, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', numbers.Select(number => $"{number} 0 R"))}] >>");
        WriteObject(Info, $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> >>");
        return Finish();
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private byte[] Finish()
    {
        long table = file.Position;
        Write($"xref\n0 {last + 1}\n0000000000 65535 f \n");
        foreach (long offset in offsets.Values)
            Write($"{offset.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n");
        Write($"trailer\n<< /Size {last + 1} /Root {Catalog} 0 R /Info {Info} 0 R >>\nstartxref\n{table.ToString(CultureInfo.InvariantCulture)}\n%%EOF\n");
        return file.ToArray();
    }

    private int WriteFont(PdfFont font)
    {
        var type = font.Type;
        int program = WriteStream("", type.Subset(font.Used.Keys));
        var (ascent, descent) = type.Reach;
        string name = $"KKMP+{font.Name}";
        int descriptor = WriteObject(++last,
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', type.Box)}] /ItalicAngle 0 /Ascent {ascent} "
            + $"/Descent {descent} /CapHeight {ascent} /StemV 80 /FontFile2 {program} 0 R >>");
        string widths = string.Join(' ', font.Used.Keys.Order().Select(glyph => $"{glyph} [{type.WidthOf(glyph)}]"));
        int descendant = WriteObject(++last,
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /W [{widths}] /CIDToGIDMap /Identity >>");
        int letters = WriteStream("", Encoding.ASCII.GetBytes(LettersOf(font)));
        return WriteObject(++last,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {letters} 0 R >>");
    }

    // So that text can be searched and copied.
    private static string LettersOf(PdfFont font)
    {
        const int mostALine = 100;
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /KKMP def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var some in font.Used.OrderBy(pair => pair.Key).Chunk(mostALine))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, letter) in some)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letter.ToString()))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }

    private int WriteStream(string entries, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(content);
        offsets[++last] = file.Position;
        Write($"{last} 0 obj\n<< {entries} /Length {packed.Length} /Length1 {content.Length} /Filter /FlateDecode >>\nstream\n");
        packed.Position = 0;
        packed.CopyTo(file);
        Write("\nendstream\nendobj\n");
        return last;
    }

    private int WriteObject(int number, string content)
    {
        offsets[number] = file.Position;
        Write($"{number} 0 obj\n{content}\nendobj\n");
        return number;
    }

    private void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
}

/// <summary>A font as a file uses it.</summary>
/// <param name="Name">As the pages' content names it.</param>
/// <param name="Type">The font.</param>
internal sealed record PdfFont(string Name, TrueType Type)
{
    /// <summary>The glyphs that occur, with a letter that each stands for.</summary>
    public Dictionary<int, Rune> Used { get; } = [];
}
