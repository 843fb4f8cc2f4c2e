using System.Globalization;
using System.Text;
using CsvHelper;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Papers;

/// <summary>A column of a book.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Width">Its share of the page's width.</param>
/// <param name="IsMoney">True for rupiah: set to the right, with dots on paper and bare in CSV.</param>
public sealed record Column(string Title, double Width, bool IsMoney = false);

/// <summary>A line of a book.</summary>
/// <param name="Cells">One a column: a text, a number of rupiah (long), or null for nothing.</param>
/// <param name="IsTotal">True for a sum or a heading, set in bold.</param>
public sealed record BookLine(IReadOnlyList<object?> Cells, bool IsTotal = false)
{
    /// <summary>A line of values.</summary>
    public static BookLine Of(params object?[] cells) => new(cells);

    /// <summary>A line in bold.</summary>
    public static BookLine Total(params object?[] cells) => new(cells, IsTotal: true);
}

/// <summary>A book or statement of a cooperative as it is printed or handed on: a title, what it is of, columns, lines, notes.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">E.g. "Daftar Anggota".</param>
/// <param name="Of">Whose and of when, one line each.</param>
/// <param name="Columns">From left to right.</param>
/// <param name="Lines">From top to bottom.</param>
public sealed record Book(string Name, string Title, IReadOnlyList<string> Of, IReadOnlyList<Column> Columns, IReadOnlyList<BookLine> Lines)
{
    /// <summary>Sentences under the last line; empty for none.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whose signature belongs under it; empty for none.</summary>
    public IReadOnlyList<string> Signatures { get; init; } = [];

    /// <summary>The book with its last lines only, and a note that says so; itself when it is no longer than that.</summary>
    /// <param name="maxLines">The most lines.</param>
    public Book Shortened(int maxLines) => Lines.Count <= maxLines ? this : this with
    {
        Lines = [.. Lines.TakeLast(maxLines)],
        Notes = [.. Notes, string.Create(CultureInfo.InvariantCulture, $"Hanya {maxLines} baris terakhir; buku lengkap dibuat pengelola dengan perintah export.")],
    };

    /// <summary>The book as CSV: UTF-8 with a mark so that spreadsheets see it, commas, bare numbers, no totals.</summary>
    public byte[] ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteRecord([.. Columns.Select(column => column.Title)]);
            foreach (var line in Lines.Where(line => !line.IsTotal))
                csv.WriteRecord([.. line.Cells.Select(Bare)]);
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A cell as it is printed.</summary>
    internal static string Text(object? cell) => cell switch
    {
        long rupiah => Rupiah.Write(rupiah),
        string text => text,
        null => "",
        _ => throw new InvalidOperationException($"A {cell.GetType().Name} is no cell of a book."),
    };

    private static string Bare(object? cell) => cell is long rupiah ? rupiah.ToString(CultureInfo.InvariantCulture) : CsvCell.Harmless(cell as string);
}
