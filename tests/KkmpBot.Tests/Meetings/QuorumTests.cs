using KkmpBot.Meetings;

namespace KkmpBot.Tests.Meetings;

public sealed class QuorumTests
{
    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(2, false, 2)]
    [InlineData(8, false, 5)]
    [InlineData(9, false, 5)]
    [InlineData(100, false, 51)]
    [InlineData(8, true, 3)]
    [InlineData(9, true, 3)]
    [InlineData(100, true, 34)]
    public void More_than_half_or_a_third_at_the_second_call(int members, bool isSecond, int needed) =>
        Assert.Equal(needed, Meeting.QuorumOf(members, isSecond));
}
