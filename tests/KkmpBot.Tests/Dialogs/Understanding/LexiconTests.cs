using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

public sealed class LexiconTests
{
    private static readonly Lexicon Lexicon = Lexicon.Load(Fixture.Path("dialogs/lexicon"), Fixture.Wards());

    [Fact]
    public void The_lexicon_has_no_mistakes()
    {
        var mistakes = LexiconCheck.Run(Lexicon);
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Theory]
    [InlineData("products: { madu: [gula] }\nbase_units: { botol: [madu] }", "1 \"gula\" already means products gula in products.yaml")]
    [InlineData("products: { madu: [liter] }\nbase_units: { botol: [madu] }", "\"liter\" already means units l in units.yaml")]
    [InlineData("products: { madu: [cabai rawit] }\nbase_units: { botol: [madu] }", "\"cabai rawit\" is the name of another product")]
    [InlineData("products: { madu: [madu] }", "madu has no unit under base_units")]
    [InlineData("base_units: { gentong: [gula] }", "own.yaml:1 gentong is no unit")]
    [InlineData("measures: { gentong: { 10: [gentongan] } }", "own.yaml:1 gentong is no unit")]
    [InlineData("base_units: { kg: [emas] }", "own.yaml:1 emas is no product")]
    [InlineData("either: { gula+emas: [manis] }", "own.yaml:1 emas is no product")]
    [InlineData("rules: [\"order: buy emas\"]", "own.yaml:1 no word and no shape is called emas")]
    [InlineData("rules: [\"borrow: buy\"]", "own.yaml:1 borrow is no intent")]
    [InlineData("kind: { wajib: [pokok] }", "\"pokok\" already means kind")]
    [InlineData("words: { buy: [\" \"] }", "own.yaml:1 an empty word")]
    public void Each_mistake_is_named_with_its_place(string yaml, string expected)
    {
        var mistakes = LexiconCheck.Run(Lexicon.With(WordFile.Read("own.yaml", yaml)));
        Assert.Contains(mistakes, mistake => mistake.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("words: { buy: [a", "own.yaml:")]
    [InlineData("- a\n- b", "own.yaml:1 expected sections")]
    [InlineData("rules: [order buy]", "own.yaml:1 expected \"intent: words\"")]
    [InlineData("rules: [\"order:\"]", "own.yaml:1 a rule without words would always hold")]
    public void A_file_of_another_shape_is_refused_with_its_place(string yaml, string expected)
    {
        var problem = Assert.Throws<InvalidDataException>(() => Lexicon.With(WordFile.Read("own.yaml", yaml)));
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }
}
