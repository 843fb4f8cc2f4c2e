using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

public sealed class LexiconTests
{
    [Fact]
    public void The_lexicon_has_no_mistakes() =>
        Assert.Empty(LexiconCheck.Run(Lexicon.Load(Fixture.Path("dialogs/lexicon"), Fixture.Wards())));
}
