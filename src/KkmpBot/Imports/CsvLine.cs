using System.Globalization;
using CsvHelper;

namespace KkmpBot.Imports;

/// <summary>A line of a file with its number, as spreadsheets count: the heading is line 1.</summary>
/// <param name="Number">The line.</param>
/// <param name="Cells">By heading in lower case; trimmed, never null.</param>
internal sealed record CsvLine(int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>More lines are no register of one kelurahan.</summary>
    public const int MaxLines = 20_000;

    /// <summary>The cell under a heading; empty when the file has none.</summary>
    public string this[string heading] => Cells.GetValueOrDefault(heading, "");

    /// <summary>Reads a file in UTF-8, with commas or semicolons, as spreadsheets write it.</summary>
    /// <param name="content">The file.</param>
    /// <param name="headings">Those that have to be there.</param>
    /// <param name="problems">Receives what is wrong with the file.</param>
    public static List<CsvLine> Read(string content, IReadOnlyList<string> headings, List<ImportProblem> problems)
    {
        var lines = new List<CsvLine>();
        var rows = Rows(content, problems);
        if (rows.Count == 0)
        {
            problems.Add(new ImportProblem(1, "berkas kosong"));
            return lines;
        }
        string[] found = [.. rows[0].Cells.Select(cell => cell.Trim().ToLowerInvariant())];
        foreach (string heading in headings.Where(heading => !found.Contains(heading)))
            problems.Add(new ImportProblem(1, $"kolom '{heading}' tidak ada"));
        if (rows.Count - 1 > MaxLines)
            problems.Add(new ImportProblem(MaxLines + 2, string.Create(CultureInfo.InvariantCulture, $"lebih dari {MaxLines} baris")));
        if (problems.Count > 0)
            return lines;
        foreach (var (number, cells) in rows.Skip(1).Where(row => !row.Cells.All(string.IsNullOrWhiteSpace)))
        {
            lines.Add(new CsvLine(number, found.Select((heading, at) => (heading, Cell: at < cells.Length ? cells[at].Trim() : ""))
                .DistinctBy(pair => pair.heading).ToDictionary(pair => pair.heading, pair => pair.Cell)));
        }
        return lines;
    }

    private static List<(int Line, string[] Cells)> Rows(string content, List<ImportProblem> problems)
    {
        string first = content.Split('\n', 2)[0];
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            Separator = first.Count(sign => sign == ';') > first.Count(sign => sign == ',') ? ';' : ',',
        };
        var rows = new List<(int, string[])>();
        using var csv = CsvReader.FromText(content.TrimStart('\uFEFF'), options);
        try
        {
            while (rows.Count <= MaxLines + 1 && csv.Read())
                rows.Add(((int)csv.LineNumber, [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]));
        }
        catch (CsvFormatException broken)
        {
            problems.Add(new ImportProblem(rows.Count + 1, $"bukan CSV yang utuh ({broken.GetType().Name})"));
        }
        return rows;
    }
}

/// <summary>A line that cannot be taken over, and why.</summary>
/// <param name="Line">The line of the file; the heading is line 1.</param>
/// <param name="Reason">In words, without the person's data.</param>
public sealed record ImportProblem(int Line, string Reason);
