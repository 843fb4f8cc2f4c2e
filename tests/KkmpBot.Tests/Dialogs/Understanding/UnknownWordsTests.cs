using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

/// <summary>What is kept of a sentence with a word nobody knows: the word, and nothing of the person.</summary>
public sealed class UnknownWordsTests
{
    private static readonly Lexicon Lexicon = UtteranceTests.Understander.Lexicon;

    [Theory]
    [InlineData("pesan kripset 2 bungkus", "kripset", "pesan kripset # bungkus")]
    [InlineData("mau beli emping mlinjo 1 kg sama gula 2 kg", "emping mlinjo", "mau beli emping mlinjo # kg sama gula # kg")]
    [InlineData("pesan kripset a.n. pak Sugeng Riyadi hp 081234567890", "kripset", "pesan kripset an pak … hp #")]
    [InlineData("saya Slamet Widodo pesan kripset 2", "kripset", "saya … pesan kripset #")]
    [InlineData("pesan kripset buat Bambang", "kripset", "pesan kripset buat …")]
    public void Keeps_the_word_and_masks_numbers_and_names(string text, string word, string example)
    {
        var unknown = UnknownWords.In(Lexicon, text);
        Assert.Equal(new UnknownWord(word, example), unknown);
    }

    [Theory]
    [InlineData("pesan gula 2 kg")]
    [InlineData("nama saya slametwidodo")]
    [InlineData("pakde gunarto lagi tindak")]
    [InlineData("pesan buat bu sumarni")]
    [InlineData("")]
    public void Keeps_nothing_of_what_is_known_or_about_people(string text) => Assert.Null(UnknownWords.In(Lexicon, text));

    [Fact]
    public void Takes_any_text()
    {
        foreach (var text in new[] { "\uD800", new string('a', 10_000), "pesan " + string.Join(' ', Enumerable.Repeat("xqz", 3_000)), "@@@ pesan @", "１２３ pesan ½" })
            Assert.True(UnknownWords.In(Lexicon, text) is null or { Word.Length: <= UnknownWords.MaxWordLength, Example.Length: <= UnknownWords.MaxExampleLength });
    }
}
