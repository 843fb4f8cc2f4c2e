using System.Buffers.Binary;
using System.Reflection;
using System.Text;

namespace KkmpBot.Papers;

/// <summary>
/// A TrueType font that is shipped with the program: which glyph a letter has, how wide it is, and the font's file with only the glyphs that a
/// paper uses. https://learn.microsoft.com/typography/opentype/spec/otff
/// </summary>
internal sealed class TrueType
{
    private const int ThousandthsAnEm = 1000;
    private const int MaxComponentDepth = 8;
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];
    private static readonly Lazy<TrueType> LazyRegular = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<TrueType> LazyBold = new(() => Load("DejaVuSans-Bold.ttf"));
    private static readonly Lazy<TrueType> LazyJavanese = new(() => Load("NotoSansJavanese-Regular.ttf"));

    private readonly byte[] file;
    private readonly Dictionary<string, (int Offset, int Length)> tables = [];
    private readonly Dictionary<int, int> glyphs = [];
    private readonly int unitsPerEm;
    private readonly int wideGlyphs;
    private readonly bool longOffsets;

    private TrueType(byte[] file)
    {
        this.file = file;
        int count = U16(4);
        for (int i = 0; i < count; i++)
        {
            int entry = 12 + (16 * i);
            tables[Encoding.ASCII.GetString(file, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }
        unitsPerEm = U16(tables["head"].Offset + 18);
        longOffsets = U16(tables["head"].Offset + 50) == 1;
        wideGlyphs = U16(tables["hhea"].Offset + 34);
        GlyphCount = U16(tables["maxp"].Offset + 4);
        ReadLetters();
    }

    /// <summary>DejaVu Sans: nearly every alphabet.</summary>
    public static TrueType Regular => LazyRegular.Value;

    /// <summary>The same in bold.</summary>
    public static TrueType Bold => LazyBold.Value;

    /// <summary>Noto Sans Javanese: aksara Jawa.</summary>
    public static TrueType Javanese => LazyJavanese.Value;

    /// <summary>Glyphs in the font.</summary>
    public int GlyphCount { get; }

    /// <summary>The box around all glyphs, in thousandths of an em: left, bottom, right, top.</summary>
    public int[] Box => [.. Enumerable.Range(0, 4).Select(side => Scale(S16(tables["head"].Offset + 36 + (2 * side))))];

    /// <summary>How far letters reach up and down, in thousandths of an em.</summary>
    public (int Ascent, int Descent) Reach => (Scale(S16(tables["hhea"].Offset + 4)), Scale(S16(tables["hhea"].Offset + 6)));

    /// <summary>The glyph of a letter; null when the font has none.</summary>
    /// <param name="letter">A code point.</param>
    public int? GlyphOf(Rune letter) => glyphs.TryGetValue(letter.Value, out int glyph) ? glyph : null;

    /// <summary>A glyph's width in thousandths of an em.</summary>
    /// <param name="glyph">The glyph.</param>
    public int WidthOf(int glyph) => Scale(U16(tables["hmtx"].Offset + (4 * Math.Min(glyph, wideGlyphs - 1))));

    /// <summary>The font's file in which every glyph but these is empty; the numbers of the glyphs stay.</summary>
    /// <param name="used">The glyphs.</param>
    public byte[] Subset(IEnumerable<int> used)
    {
        var wanted = new SortedSet<int> { 0 };
        foreach (int glyph in used)
            Want(glyph, wanted, 0);
        var outlines = new MemoryStream();
        byte[] offsets = new byte[4 * (GlyphCount + 1)];
        for (int glyph = 0; glyph < GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (!wanted.Contains(glyph))
                continue;
            outlines.Write(Outline(glyph));
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
        }
        BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * GlyphCount), (uint)outlines.Length);
        byte[] head = Table("head").ToArray();
        // Offsets are long now.
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        return Assemble(name => name switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => offsets,
            "head" => head,
            _ => Table(name).ToArray(),
        });
    }

    private static TrueType Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts/{name}")
            ?? throw new InvalidOperationException($"The font {name} is not in the program.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new TrueType(bytes.ToArray());
    }

    private void ReadLetters()
    {
        int cmap = tables["cmap"].Offset;
        int count = U16(cmap + 2);
        for (int i = 0; i < count; i++)
        {
            int at = cmap + (int)U32(cmap + 8 + (8 * i));
            if (U16(at) == 12)
                ReadGroups(at);
            else if (U16(at) == 4)
                ReadSegments(at);
        }
    }

    private void ReadGroups(int at)
    {
        for (int group = 0; group < U32(at + 12); group++)
        {
            int entry = at + 16 + (12 * group);
            var (first, last, glyph) = (U32(entry), U32(entry + 4), U32(entry + 8));
            for (uint letter = first; letter <= last; letter++)
                glyphs.TryAdd((int)letter, (int)(glyph + letter - first));
        }
    }

    private void ReadSegments(int at)
    {
        int segments = U16(at + 6) / 2;
        var (ends, starts) = (at + 14, at + 16 + (2 * segments));
        var (deltas, ranges) = (starts + (2 * segments), starts + (4 * segments));
        for (int i = 0; i < segments; i++)
        {
            int range = U16(ranges + (2 * i));
            for (int letter = U16(starts + (2 * i)); letter <= U16(ends + (2 * i)) && letter != 0xFFFF; letter++)
            {
                int glyph = range == 0 ? letter : U16(ranges + (2 * i) + range + (2 * (letter - U16(starts + (2 * i)))));
                if (glyph != 0)
                    glyphs.TryAdd(letter, (glyph + U16(deltas + (2 * i))) & 0xFFFF);
            }
        }
    }

    // An accented letter is drawn from two others.
    private void Want(int glyph, SortedSet<int> wanted, int depth)
    {
        if (glyph >= GlyphCount || !wanted.Add(glyph) && glyph != 0 || depth > MaxComponentDepth)
            return;
        var outline = Outline(glyph);
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return;
        int at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Want(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]), wanted, depth + 1);
            at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
        }
        while ((flags & 0x20) != 0);
    }

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        int loca = tables["loca"].Offset;
        var (from, to) = longOffsets
            ? ((int)U32(loca + (4 * glyph)), (int)U32(loca + (4 * glyph) + 4))
            : (2 * U16(loca + (2 * glyph)), 2 * U16(loca + (2 * glyph) + 2));
        return file.AsSpan(tables["glyf"].Offset + from, to - from);
    }

    private byte[] Assemble(Func<string, byte[]> content)
    {
        string[] names = [.. Kept.Where(tables.ContainsKey)];
        using var font = new MemoryStream();
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(head, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], (ushort)names.Length);
        font.Write(head);
        uint offset = (uint)(12 + (16 * names.Length));
        var parts = names.Select(name => (Name: name, Bytes: content(name))).ToList();
        Span<byte> entry = stackalloc byte[16];
        foreach (var (name, bytes) in parts)
        {
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(bytes));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)bytes.Length);
            font.Write(entry);
            offset += (uint)((bytes.Length + 3) & ~3);
        }
        foreach (var (_, bytes) in parts)
        {
            font.Write(bytes);
            while (font.Length % 4 != 0)
                font.WriteByte(0);
        }
        return font.ToArray();
    }

    private static uint Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
        {
            for (int part = 0; part < 4; part++)
                sum += (uint)(i + part < bytes.Length ? bytes[i + part] : 0) << (24 - (8 * part));
        }
        return sum;
    }

    private ReadOnlySpan<byte> Table(string name) => file.AsSpan(tables[name].Offset, tables[name].Length);

    private int Scale(int units) => units * ThousandthsAnEm / unitsPerEm;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
