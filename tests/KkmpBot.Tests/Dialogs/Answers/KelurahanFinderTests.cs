using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Tests.Dialogs.Answers;

public sealed class KelurahanFinderTests
{
    private static readonly IReadOnlyList<Ward> Wards = Fixture.Wards();
    private static readonly KelurahanFinder Finder = new(Wards);

    [Fact]
    public void Every_name_with_its_kecamatan_is_exact()
    {
        Assert.Equal(177, Wards.Count);
        foreach (var ward in Wards)
        {
            foreach (var text in new[] { $"{ward.Kelurahan}, {ward.Kecamatan}",
                $"kel. {ward.Kelurahan.ToUpperInvariant()} kec. {ward.Kecamatan}" })
                Assert.Equal((WardFit.Exact, ward.Code), (Finder.Find(text).Fit, Finder.Find(text).Wards[0].Code));
        }
    }

    [Fact]
    public void Every_name_alone_is_exact_or_one_of_the_two_doubled()
    {
        var several = Wards.Where(ward => Finder.Find(ward.Kelurahan).Fit != WardFit.Exact)
            .Select(ward => ward.Kelurahan).Distinct().ToList();
        Assert.Equal(["Mangunharjo", "Purwosari"], several.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("beringin", "Bringin")]
    [InlineData("Tanjungmas", "Tanjung Mas")]
    [InlineData("tanjung mas", "Tanjung Mas")]
    [InlineData("gajah mungkur", "Gajahmungkur")]
    [InlineData("pudak payung", "Pudakpayung")]
    [InlineData("bendan duwur", "Bendan Dhuwur")]
    [InlineData("jrakah", "Jerakah")]
    [InlineData("telogosari kulon", "Tlogosari Kulon")]
    [InlineData("karanganyar gunung", "Karanganyar Gunung")]
    [InlineData("karang ayu", "Karangayu")]
    [InlineData("sumurejo", "Sumurrejo")]
    [InlineData("saya tinggal di kelurahan Sampangan", "Sampangan")]
    [InlineData("tembalang", "Tembalang")]
    public void Everyday_spellings_are_exact(string typed, string kelurahan)
    {
        var match = Finder.Find(typed);
        Assert.Equal((WardFit.Exact, kelurahan), (match.Fit, match.Wards[0].Kelurahan));
    }

    [Theory]
    [InlineData("mangunharjo", WardFit.Several, "Mangunharjo/Tembalang Mangunharjo/Tugu")]
    [InlineData("srondol", WardFit.Several, "Srondol Kulon/Banyumanik Srondol Wetan/Banyumanik")]
    [InlineData("mangunharjo tugu", WardFit.Exact, "Mangunharjo/Tugu")]
    [InlineData("mangunharjo kec. tembalang", WardFit.Exact, "Mangunharjo/Tembalang")]
    [InlineData("sampangan kecamatan mijen", WardFit.Near, "Sampangan/Gajahmungkur")]
    [InlineData("kec mijen", WardFit.None, "")]
    [InlineData("xyzzyx", WardFit.None, "")]
    [InlineData("", WardFit.None, "")]
    public void Doubled_names_and_contradictions_are_asked(string typed, WardFit fit, string wards)
    {
        var match = Finder.Find(typed);
        Assert.Equal(fit, match.Fit);
        Assert.Equal(wards, string.Join(' ', match.Wards.Select(ward => $"{ward.Kelurahan}/{ward.Kecamatan}")));
    }

    [Theory]
    [InlineData("samapngan", "Sampangan")]
    [InlineData("tambngan", "Tambangan")]
    [InlineData("gedwang", "Gedawang")]
    [InlineData("jatisri", "Jatisari")]
    [InlineData("bangunarjo", "Bangunharjo")]
    public void Slips_are_shown_never_taken(string typed, string among)
    {
        var match = Finder.Find(typed);
        Assert.Equal(WardFit.Near, match.Fit);
        Assert.Contains(match.Wards, ward => ward.Kelurahan == among);
    }
}
