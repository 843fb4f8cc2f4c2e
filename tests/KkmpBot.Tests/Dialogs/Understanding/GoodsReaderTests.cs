using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Tests.Dialogs.Understanding;

/// <summary>Amounts of goods in sentences: what is no amount must not be taken for one.</summary>
public sealed class GoodsReaderTests
{
    private static readonly GoodsReader Goods = UtteranceTests.Understander.Goods;

    [Theory]
    [InlineData("gula -3", "-3 ")]
    [InlineData("pesan gula 2 kg, telur -1 kg", "2 kg|-1 kg")]
    [InlineData("gula 2 meter", "2 meter")]
    [InlineData("telur 1 ikat", "1 ikat")]
    // A dash between, or at the head of a line, is a list.
    [InlineData("gula - 3", "3 ")]
    [InlineData("gula-3", "3 ")]
    [InlineData("-2 kg gula\n-1 kg telur", "2 kg|1 kg")]
    [InlineData("- gula 2 kg\n- telur 1 kg", "2 kg|1 kg")]
    public void Signs_and_strange_measures_are_seen(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Goods.Read(text).Items.Select(item => $"{item.Quantity:0.###} {item.Unit}")));

    [Theory]
    [InlineData("beras_sphp", "beras", true)]
    [InlineData("minyakita", "minyak_goreng", true)]
    [InlineData("minyak_goreng", "minyakita", false)]
    [InlineData("gula", "garam", false)]
    public void A_kind_is_what_was_named(string goods, string named, bool isKind) => Assert.Equal(isKind, Goods.IsKindOf(goods, named));
}
