using System.Globalization;

namespace KkmpBot.Papers;

/// <summary>Prints books as PDF on A4: headings repeated on every page, long texts broken in their column, "halaman 2 dari 5" at the foot.</summary>
public sealed class Pdf
{
    private const double ShortSide = 595;
    private const double LongSide = 842;
    private const double Margin = 42;
    private const double CellPadding = 3;
    private const double LineHeight = 12;
    private const double FootHeight = 24;
    private const double SignatureHeight = 90;
    private const double TextSize = 8;
    private const double TitleSize = 13;
    private const double NarrowColumn = 30;
    private const int WideColumns = 6;

    private readonly PdfFile file;
    private readonly Book book;
    private readonly double[] widths;
    private PdfPage page;
    private double top;

    private Pdf(PdfFile file, Book book)
    {
        this.file = file;
        this.book = book;
        page = NewPage();
        widths = Widths();
    }

    // An amount broken into two lines is read as two: its column is as wide as the widest, and the others share what is left.
    private double[] Widths()
    {
        double[] least = [.. book.Columns.Select((column, i) => column.IsMoney
            ? book.Lines.Select(line => PdfPage.Measure(Book.Text(line.Cells[i]), TextSize, bold: true) + (2 * CellPadding)).DefaultIfEmpty().Max()
            : 0)];
        double all = book.Columns.Sum(column => column.Width);
        double[] wanted = [.. book.Columns.Select(column => column.Width / all * Width)];
        double over = wanted.Select((width, i) => Math.Max(0, least[i] - width)).Sum();
        double spare = wanted.Select((width, i) => Math.Max(0, width - Math.Max(least[i], NarrowColumn))).Sum();
        double kept = spare == 0 ? 1 : Math.Max(0, 1 - (over / spare));
        return [.. wanted.Select((width, i) =>
        {
            double floor = Math.Min(width, Math.Max(least[i], NarrowColumn));
            return least[i] > width ? least[i] : floor + ((width - floor) * kept);
        })];
    }

    private double Width => page.Width - (2 * Margin);

    private double Bottom => page.Height - Margin - FootHeight;

    /// <summary>Prints a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="printedOn">The day at the foot.</param>
    public static byte[] Print(Book book, DateOnly printedOn) => PrintAll([book], printedOn);

    /// <summary>Prints several books into one file, each from a new page on.</summary>
    /// <param name="books">At least one.</param>
    /// <param name="printedOn">The day at the foot.</param>
    public static byte[] PrintAll(IReadOnlyList<Book> books, DateOnly printedOn)
    {
        using var printed = new PdfFile(books[0].Title);
        foreach (var next in books)
            new Pdf(printed, next).Draw();
        string day = Dialogs.Texts.Days.Short(printedOn, "id");
        for (int i = 0; i < printed.AllPages.Count; i++)
        {
            string foot = string.Create(CultureInfo.InvariantCulture, $"Halaman {i + 1} dari {printed.AllPages.Count} · dicetak {day}");
            printed.AllPages[i].Write(foot, Margin, printed.AllPages[i].Height - Margin + 8, TextSize, gray: 0.4);
        }
        return printed.Save();
    }

    private void Draw()
    {
        page.Write(book.Title, Margin, top + TitleSize, TitleSize, bold: true);
        top += 22;
        foreach (string line in book.Of)
            WriteParagraph(line);
        top += 6;
        DrawHead();
        for (int i = 0; i < book.Lines.Count; i++)
            DrawLine(book.Lines[i], isLast: i == book.Lines.Count - 1);
        top += 6;
        foreach (string note in book.Notes)
            WriteParagraph(note);
        DrawSignatures();
    }

    private void DrawHead()
    {
        var cells = book.Columns.Select((column, i) => Break(column.Title, true, widths[i])).ToList();
        double height = Height(cells);
        page.Shade(Margin, top, Width, height);
        DrawCells(cells, true, height);
    }

    private void DrawLine(BookLine line, bool isLast)
    {
        var cells = line.Cells.Select((cell, i) => Break(Book.Text(cell), line.IsTotal, widths[i])).ToList();
        double height = Height(cells);
        // Nobody signs an empty page: the last line goes with the signatures.
        double room = isLast && book.Signatures.Count > 0 ? SignatureHeight + (book.Notes.Count * LineHeight) : 0;
        if (top + height + room > Bottom)
        {
            page = NewPage();
            DrawHead();
        }
        DrawCells(cells, line.IsTotal, height);
    }

    private static double Height(List<List<string>> cells) => (cells.Max(parts => parts.Count) * LineHeight) + (2 * CellPadding);

    private void DrawCells(List<List<string>> cells, bool bold, double height)
    {
        double left = Margin;
        for (int i = 0; i < cells.Count; i++)
        {
            double baseline = top + CellPadding + LineHeight - 3;
            foreach (string part in cells[i])
            {
                double x = book.Columns[i].IsMoney ? left + widths[i] - CellPadding - PdfPage.Measure(part, TextSize, bold) : left + CellPadding;
                page.Write(part, x, baseline, TextSize, bold);
                baseline += LineHeight;
            }
            left += widths[i];
        }
        top += height;
        page.Rule(Margin, top, Width);
    }

    private void WriteParagraph(string text)
    {
        foreach (string part in Break(text, false, Width))
        {
            if (top + LineHeight > Bottom)
                page = NewPage();
            page.Write(part, Margin, top + LineHeight - 3, TextSize);
            top += LineHeight;
        }
    }

    private void DrawSignatures()
    {
        if (book.Signatures.Count == 0)
            return;
        if (top + SignatureHeight > Bottom)
            page = NewPage();
        double width = Width / book.Signatures.Count;
        for (int i = 0; i < book.Signatures.Count; i++)
        {
            double left = Margin + (i * width);
            page.Write(book.Signatures[i], left, top + 22, TextSize);
            page.Rule(left, top + SignatureHeight - 16, width * 0.7);
        }
        top += SignatureHeight;
    }

    private static List<string> Break(string text, bool bold, double width)
    {
        double room = width - (2 * CellPadding);
        var parts = new List<string>();
        string part = "";
        foreach (string word in text.Split(' '))
        {
            string longer = part.Length == 0 ? word : $"{part} {word}";
            if (PdfPage.Measure(longer, TextSize, bold) <= room)
            {
                part = longer;
                continue;
            }
            if (part.Length > 0)
                parts.Add(part);
            part = Cut(word, bold, room, parts);
        }
        parts.Add(part);
        return parts;
    }

    // A word that is wider than its column goes on in the next line, letter by letter.
    private static string Cut(string word, bool bold, double room, List<string> parts)
    {
        string part = "";
        foreach (var letter in word.EnumerateRunes())
        {
            string longer = part + letter;
            if (part.Length > 0 && PdfPage.Measure(longer, TextSize, bold) > room)
            {
                parts.Add(part);
                longer = letter.ToString();
            }
            part = longer;
        }
        return part;
    }

    private PdfPage NewPage()
    {
        bool isWide = book.Columns.Count > WideColumns;
        top = Margin;
        var added = file.AddPage(isWide ? LongSide : ShortSide, isWide ? ShortSide : LongSide);
        string title = $"{book.Title} · {book.Of[0].Split(',')[0]}";
        added.Write(title, added.Width - Margin - PdfPage.Measure(title, TextSize, bold: false), added.Height - Margin + 8, TextSize, gray: 0.4);
        return added;
    }
}
