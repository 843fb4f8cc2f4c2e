using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace KkmpBot.Papers;

/// <summary>Prints books as PDF on A4: headings repeated on every page, long texts broken in their column, "halaman 2 dari 5" at the foot.</summary>
public sealed class Pdf
{
    private const double Margin = 42;
    private const double CellPadding = 3;
    private const double LineHeight = 12;
    private const double FootHeight = 24;
    private const double SignatureHeight = 90;
    private const int WideColumns = 6;
    private static readonly XFont Small = Font(8);
    private static readonly XFont Bold = Font(8, bold: true);
    private static readonly XFont Heading = Font(13, bold: true);
    private static readonly XFont Aksara = new(PaperFonts.Javanese, 9);
    private static readonly XPen Rule = new(XColors.Gray, 0.5);
    private static readonly XBrush Shade = new XSolidBrush(XColor.FromArgb(235, 235, 235));

    private readonly Book book;
    private readonly PdfDocument document = new();
    private readonly double[] widths;
    private XGraphics graphics;
    private double top;

    private Pdf(Book book)
    {
        this.book = book;
        document.Info.Title = book.Title;
        graphics = NewPage();
        double all = book.Columns.Sum(column => column.Width);
        widths = [.. book.Columns.Select(column => column.Width / all * PageWidth)];
    }

    private double PageWidth => graphics.PageSize.Width - (2 * Margin);

    private double Bottom => graphics.PageSize.Height - Margin - FootHeight;

    /// <summary>Prints a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="printedOn">The day at the foot.</param>
    public static byte[] Print(Book book, DateOnly printedOn) => PrintAll([book], printedOn);

    /// <summary>Prints several books into one file, each from a new page on.</summary>
    /// <param name="books">At least one.</param>
    /// <param name="printedOn">The day at the foot.</param>
    public static byte[] PrintAll(IReadOnlyList<Book> books, DateOnly printedOn)
    {
        PaperFonts.Use();
        var pdf = new Pdf(books[0]);
        pdf.Draw();
        foreach (var book in books.Skip(1))
            new Pdf(book, pdf.document).Draw();
        pdf.Number(printedOn);
        using var file = new MemoryStream();
        pdf.document.Save(file, closeStream: false);
        return file.ToArray();
    }

    private Pdf(Book book, PdfDocument into)
    {
        this.book = book;
        document = into;
        graphics = NewPage();
        double all = book.Columns.Sum(column => column.Width);
        widths = [.. book.Columns.Select(column => column.Width / all * PageWidth)];
    }

    private static XFont Font(double size, bool bold = false)
    {
        PaperFonts.Use();
        return new XFont(PaperFonts.Text, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
    }

    private void Draw()
    {
        graphics.DrawString(book.Title, Heading, XBrushes.Black, Margin, top + 13);
        top += 22;
        foreach (string line in book.Of)
        {
            Write(line, Small, Margin, PageWidth, top, isRight: false);
            top += LineHeight;
        }
        top += 6;
        DrawHead();
        foreach (var line in book.Lines)
            DrawLine(line);
        top += 6;
        foreach (string note in book.Notes)
            DrawNote(note);
        DrawSignatures();
        graphics.Dispose();
    }

    private void DrawHead()
    {
        var cells = book.Columns.Select(column => column.Title).ToList();
        double height = (cells.Select((cell, i) => Break(cell, Bold, widths[i]).Count).Max() * LineHeight) + (2 * CellPadding);
        graphics.DrawRectangle(Shade, Margin, top, PageWidth, height);
        DrawCells(cells, Bold, height);
    }

    private void DrawLine(BookLine line)
    {
        var font = line.IsTotal ? Bold : Small;
        var cells = line.Cells.Select(Book.Text).ToList();
        double height = (cells.Select((cell, i) => Break(cell, font, widths[i]).Count).Append(1).Max() * LineHeight) + (2 * CellPadding);
        if (top + height > Bottom)
        {
            graphics.Dispose();
            graphics = NewPage();
            DrawHead();
        }
        DrawCells(cells, font, height);
    }

    private void DrawCells(List<string> cells, XFont font, double height)
    {
        double left = Margin;
        for (int i = 0; i < cells.Count; i++)
        {
            double baseline = top + CellPadding;
            foreach (string part in Break(cells[i], font, widths[i]))
            {
                Write(part, font, left + CellPadding, widths[i] - (2 * CellPadding), baseline, book.Columns[i].IsMoney);
                baseline += LineHeight;
            }
            left += widths[i];
        }
        top += height;
        graphics.DrawLine(Rule, Margin, top, Margin + PageWidth, top);
    }

    private void DrawNote(string note)
    {
        foreach (string part in Break(note, Small, PageWidth))
        {
            if (top + LineHeight > Bottom)
            {
                graphics.Dispose();
                graphics = NewPage();
            }
            Write(part, Small, Margin, PageWidth, top, isRight: false);
            top += LineHeight;
        }
    }

    private void DrawSignatures()
    {
        if (book.Signatures.Count == 0)
            return;
        if (top + SignatureHeight > Bottom)
        {
            graphics.Dispose();
            graphics = NewPage();
        }
        double width = PageWidth / book.Signatures.Count;
        for (int i = 0; i < book.Signatures.Count; i++)
        {
            double left = Margin + (i * width);
            Write(book.Signatures[i], Small, left, width, top + 10, isRight: false);
            graphics.DrawLine(Rule, left, top + SignatureHeight - 16, left + (width * 0.7), top + SignatureHeight - 16);
        }
        top += SignatureHeight;
    }

    // Runs of aksara Jawa in their own font, everything else in the given one.
    private void Write(string text, XFont font, double left, double width, double at, bool isRight)
    {
        double x = isRight ? left + width - Measure(text, font) : left;
        foreach (var (run, isAksara) in Runs(text))
        {
            var own = isAksara ? Aksara : font;
            graphics.DrawString(run, own, XBrushes.Black, x, at + LineHeight - 3);
            x += graphics.MeasureString(run, own).Width;
        }
    }

    private double Measure(string text, XFont font) =>
        Runs(text).Sum(run => graphics.MeasureString(run.Text, run.IsAksara ? Aksara : font).Width);

    private static IEnumerable<(string Text, bool IsAksara)> Runs(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            bool isAksara = PaperFonts.IsJavanese(text[start]);
            int end = start + 1;
            while (end < text.Length && PaperFonts.IsJavanese(text[end]) == isAksara)
                end++;
            yield return (text[start..end], isAksara);
            start = end;
        }
    }

    private List<string> Break(string text, XFont font, double width)
    {
        double room = width - (2 * CellPadding);
        var parts = new List<string>();
        string part = "";
        foreach (string word in text.Split(' '))
        {
            string longer = part.Length == 0 ? word : $"{part} {word}";
            if (Measure(longer, font) <= room)
            {
                part = longer;
                continue;
            }
            if (part.Length > 0)
                parts.Add(part);
            part = word;
            while (Measure(part, font) > room && part.Length > 1)
            {
                int fits = Enumerable.Range(1, part.Length).Last(length => length == 1 || Measure(part[..length], font) <= room);
                parts.Add(part[..fits]);
                part = part[fits..];
            }
        }
        parts.Add(part);
        return parts;
    }

    private XGraphics NewPage()
    {
        var page = document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        page.Orientation = book.Columns.Count > WideColumns ? PdfSharp.PageOrientation.Landscape : PdfSharp.PageOrientation.Portrait;
        top = Margin;
        return XGraphics.FromPdfPage(page);
    }

    private void Number(DateOnly printedOn)
    {
        for (int i = 0; i < document.PageCount; i++)
        {
            using var foot = XGraphics.FromPdfPage(document.Pages[i]);
            string text = string.Create(CultureInfo.InvariantCulture, $"Halaman {i + 1} dari {document.PageCount} · dicetak {Dialogs.Texts.Days.Short(printedOn, "id")}");
            foot.DrawString(text, Small, XBrushes.Gray, Margin, foot.PageSize.Height - Margin + 4);
        }
    }
}
