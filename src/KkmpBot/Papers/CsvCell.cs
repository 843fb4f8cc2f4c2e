namespace KkmpBot.Papers;

/// <summary>A cell of a file for spreadsheets: what begins like a formula would be one there, whoever wrote it.</summary>
public static class CsvCell
{
    /// <summary>The text with an apostrophe in front where it begins like a formula; empty for null.</summary>
    /// <param name="text">As people wrote it.</param>
    public static string Harmless(string? text) => IsLikeFormula(text) ? $"'{text}" : text ?? "";

    /// <summary>Takes that apostrophe away again, for a file that comes back.</summary>
    /// <param name="cell">As in the file.</param>
    public static string Plain(string cell) => cell is ['\'', ..] && IsLikeFormula(cell[1..]) ? cell[1..] : cell;

    private static bool IsLikeFormula(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..];
}
