using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

public sealed class LexiconTests
{
    [Fact]
    public void The_lexicon_has_no_mistakes()
    {
        var mistakes = LexiconCheck.Run(Lexicon.Load(Fixture.Path("dialogs/lexicon"), Fixture.Wards()));
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }
}
