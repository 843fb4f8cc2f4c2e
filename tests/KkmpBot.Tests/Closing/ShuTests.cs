using KkmpBot.Closing;

namespace KkmpBot.Tests.Closing;

public sealed class ShuTests
{
    /// <summary>A published example: surplus 60 million, 25 % by business, 20 % by capital.</summary>
    [Fact]
    public void The_first_published_example_comes_out_to_the_rupiah()
    {
        var shu = Shu.Share(60_000_000, new ShuShares(5500, 2500, 2000, 0, 0, 0), [new(1, 2_000_000, 5_000_000), new(2, 98_000_000, 70_000_000)]);
        Assert.Equal((1_000_000, 240_000, 1_240_000), (shu.Members[0].BusinessRupiah, shu.Members[0].CapitalRupiah, shu.Members[0].TotalRupiah));
        AssertWhole(shu);
    }

    /// <summary>A published example: surplus 90 million, 40 % by capital, 30 % by business; 397,058.82 is rounded down.</summary>
    [Fact]
    public void The_second_published_example_comes_out_to_the_rupiah()
    {
        var shu = Shu.Share(90_000_000, new ShuShares(3000, 3000, 4000, 0, 0, 0), [new(1, 6_500_000, 1_500_000), new(2, 71_500_000, 100_500_000)]);
        Assert.Equal((3_000_000, 397_058, 3_397_058), (shu.Members[0].CapitalRupiah, shu.Members[0].BusinessRupiah, shu.Members[0].TotalRupiah));
        AssertWhole(shu);
    }

    [Fact]
    public void Rounding_and_what_nobody_earned_go_to_the_reserves()
    {
        var thirds = Shu.Share(100, new ShuShares(0, 5000, 5000, 0, 0, 0), [new(1, 1, 0), new(2, 1, 0), new(3, 1, 0)]);
        Assert.Equal([16L, 16L, 16L], thirds.Members.Select(part => part.TotalRupiah));
        Assert.Equal(52, thirds.ReservesRupiah);
        AssertWhole(thirds);
        Assert.Equal(100, Shu.Share(100, new ShuShares(0, 5000, 5000, 0, 0, 0), []).ReservesRupiah);
    }

    [Fact]
    public void Whatever_the_figures_the_parts_make_the_whole_and_nobody_gets_less_than_nothing()
    {
        var random = new Random(11);
        for (int round = 0; round < 2_000; round++)
        {
            int[] cuts = [.. Enumerable.Range(0, 5).Select(_ => random.Next(ShuShares.Whole + 1)).Order()];
            var shares = new ShuShares(cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], cuts[3] - cuts[2], cuts[4] - cuts[3], ShuShares.Whole - cuts[4]);
            var members = Enumerable.Range(1, random.Next(60)).Select(id => new ShuMember(id, random.NextInt64(0, 1_000_000_000), random.NextInt64(0, 1_000_000_000)));
            var shu = Shu.Share(random.NextInt64(1, 999_999_999_999), shares, [.. members]);
            AssertWhole(shu);
            Assert.All(shu.Members, part => Assert.True(part is { CapitalRupiah: >= 0, BusinessRupiah: >= 0 }));
            Assert.True(shu.ReservesRupiah >= 0);
        }
    }

    [Fact]
    public void Shares_that_do_not_make_a_hundred_are_a_bug() =>
        Assert.Throws<ArgumentException>(() => Shu.Share(100, new ShuShares(1, 2, 3, 4, 5, 6), []));

    private static void AssertWhole(Shu shu) => Assert.Equal(
        shu.SurplusRupiah,
        shu.ReservesRupiah + shu.EducationRupiah + shu.IncentivesRupiah + shu.SocialRupiah + shu.Members.Sum(part => part.TotalRupiah));
}
