using KkmpBot.Papers;

namespace KkmpBot.Tests.Papers;

/// <summary>Cells of files for spreadsheets.</summary>
public sealed class CsvCellTests
{
    [Theory]
    [InlineData("=SUM(A1)", "'=SUM(A1)")]
    [InlineData("+62812", "'+62812")]
    [InlineData("-1", "'-1")]
    [InlineData("@kopi", "'@kopi")]
    [InlineData("\tkopi", "'\tkopi")]
    [InlineData("\rkopi", "'\rkopi")]
    [InlineData("Kopi = enak", "Kopi = enak")]
    [InlineData("'Nasi", "'Nasi")]
    [InlineData("", "")]
    public void What_begins_like_a_formula_is_harmless_and_comes_back_as_it_was(string text, string cell)
    {
        Assert.Equal(cell, CsvCell.Harmless(text));
        Assert.Equal(text, CsvCell.Plain(cell));
    }
}
