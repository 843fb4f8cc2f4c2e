using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Tests.Dialogs.Answers;

public sealed class SaidTimeTests
{
    // A Monday.
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("besok sore", 1, 14, 18)]
    [InlineData("mbenjing enjing", 1, 4, 11)]
    [InlineData("nanti siang", 0, 10, 15)]
    [InlineData("mengko sore", 0, 14, 18)]
    [InlineData("lusa", 2, 0, 24)]
    [InlineData("hari ini", 0, 0, 24)]
    [InlineData("sabtu pagi", 5, 4, 11)]
    [InlineData("minggu", 6, 0, 24)]
    [InlineData("besok lepas magrib", 1, 18, 24)]
    public void Reads_a_day_and_a_part_of_it(string text, int days, int from, int to) =>
        Assert.Equal(new SaidTime(Today.AddDays(days), from * 60, to * 60), SaidTime.Read(text, Today));

    [Theory]
    [InlineData("jam 4 sore", null, 16 * 60)]
    [InlineData("nanti jam 5", 0, 17 * 60)]
    [InlineData("besok jam 9", 1, 9 * 60)]
    [InlineData("besok pukul 16.30", 1, (16 * 60) + 30)]
    [InlineData("jam 1 siang", null, 13 * 60)]
    [InlineData("jam 11 siang", null, 11 * 60)]
    public void Reads_the_clock(string text, int? days, int minute) =>
        Assert.Equal(new SaidTime(days is { } ahead ? Today.AddDays(ahead) : null, minute, minute + 1), SaidTime.Read(text, Today));

    [Theory]
    [InlineData("")]
    [InlineData("kapan-kapan")]
    [InlineData("jam")]
    [InlineData("jam 99")]
    public void Knows_what_is_no_time(string text) => Assert.Null(SaidTime.Read(text, Today));
}
