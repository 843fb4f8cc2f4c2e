using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

public sealed class WrittenLanguageTests
{
    [Theory]
    [InlineData("kulo badhe ndaftar dados anggota", "jv")]
    [InlineData("regane beras piro", "jv")]
    [InlineData("saya mau pesan beras", "id")]
    [InlineData("what is the price of rice today", "en")]
    [InlineData("pesan beras 5 kg", null)]
    [InlineData("mundhut beras", null)]
    [InlineData("halo", null)]
    [InlineData("", null)]
    public void Is_told_by_words_that_only_one_language_has(string text, string? language) => Assert.Equal(language, WrittenLanguage.Of(text));
}
