using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Channels.Telegram;

namespace KkmpBot.Tests.Channels.Telegram;

public sealed class TelegramTextTests
{
    [Fact]
    public void A_short_text_stays_one_message() => Assert.Equal([" apa adanya \n"], TelegramText.Split(" apa adanya \n"));

    [Fact]
    public void A_long_text_breaks_at_the_last_line_that_fits()
    {
        var line = new string('x', 1500);
        Assert.Equal([$"{line}\n{line}", $"{line}\nakhir"], TelegramText.Split($"{line}\n{line}\n\n{line}\nakhir"));
    }

    [Fact]
    public void A_long_line_breaks_at_a_space()
    {
        var word = new string('x', 3000);
        Assert.Equal([word, word], TelegramText.Split($"{word} {word}"));
    }

    [Fact]
    public void A_text_beyond_all_parts_ends_with_an_ellipsis()
    {
        var parts = TelegramText.Split(new string('x', 100_000));
        Assert.Equal(TelegramText.MaxParts, parts.Count);
        Assert.EndsWith("x…", parts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_split_into_whole_characters_and_nothing_is_lost()
    {
        string[] pieces = ["a", "😀", "\n", " ", "\r\n", "Rp12.000", new string('y', 700), string.Concat(Enumerable.Repeat("🧺", 500))];
        const int alwaysFits = (TelegramText.MaxMessageLength / 2 * (TelegramText.MaxParts - 1)) + TelegramText.MaxMessageLength;
        var recipes = Gen.Choose(0, pieces.Length - 1).ListOf().Resize(60).ToArbitrary();
        Prop.ForAll(recipes, recipe =>
        {
            var text = string.Concat(recipe.Select(piece => pieces[piece]));
            var parts = TelegramText.Split(text);
            var isWhole = parts.All(part => part.Length <= TelegramText.MaxMessageLength && HasWholeCharacters(part));
            var isComplete = text.Length > alwaysFits || Squeeze(string.Concat(parts)) == Squeeze(text);
            return isWhole && isComplete && parts.Count <= TelegramText.MaxParts;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Beras 5 kg", 64, "Beras 5 kg")]
    [InlineData("Beras premium", 6, "Beras…")]
    [InlineData("abc😀", 4, "abc…")]
    [InlineData("ab😀😀", 4, "ab…")]
    public void A_label_is_shortened_without_half_characters(string text, int maxLength, string expected) =>
        Assert.Equal(expected, TelegramText.Shorten(text, maxLength));

    private static bool HasWholeCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string Squeeze(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
