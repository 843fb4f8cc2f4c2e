using KkmpBot.Catalog;

namespace KkmpBot.Tests.Catalog;

/// <summary>What people say, as an amount of one article.</summary>
public sealed class SaidQuantityTests
{
    private static readonly Product Eggs = Of("kg", 250, "kg", 1000);
    private static readonly Product RicePack = Of("pak", 1000, "kg", 5000);
    private static readonly Product OilBottle = Of("botol", 1000, "l", 1000);
    private static readonly Product Gas = Of("tabung", 1000, "tabung", 1000);

    [Theory]
    [InlineData("setengah kilo", 500)]
    [InlineData("sekilo seprapat", 1250)]
    [InlineData("dua setengah", 2500)]
    [InlineData("½", 500)]
    [InlineData("2", 2000)]
    public void Reads_fractions_of_a_kilogram(string said, long milli) => Assert.Equal((milli, null), SaidQuantity.Read(said, Eggs));

    [Theory]
    [InlineData("2", 2000)]
    [InlineData("2 pak", 2000)]
    [InlineData("2 karung", 2000)]
    [InlineData("10 kg", 2000)]
    [InlineData("sekilo", null)]
    [InlineData("setengah", null)]
    public void Reads_kilograms_of_packs_as_packs(string said, int? milli) =>
        Assert.Equal(milli is { } whole ? (whole, null) : (0, QuantityProblem.NotInParts), SaidQuantity.Read(said, RicePack));

    [Theory]
    [InlineData("2 liter", 2000)]
    [InlineData("2 botol", 2000)]
    [InlineData("selusin", 12_000)]
    public void Reads_litres_of_bottles(string said, long milli) => Assert.Equal((milli, null), SaidQuantity.Read(said, OilBottle));

    [Theory]
    [InlineData("2 liter", QuantityProblem.OtherUnit)]
    [InlineData("12 butir", QuantityProblem.OtherUnit)]
    [InlineData("banyak", QuantityProblem.Unclear)]
    [InlineData("0", QuantityProblem.Unclear)]
    [InlineData("-3", QuantityProblem.Unclear)]
    [InlineData("1000000", QuantityProblem.Unclear)]
    [InlineData("1 ons", QuantityProblem.NotInParts)]
    public void Names_what_is_wrong(string said, string problem) => Assert.Equal((0, problem), SaidQuantity.Read(said, Eggs));

    [Fact]
    public void A_cylinder_is_counted_however_it_is_called()
    {
        Assert.Equal((1000, null), SaidQuantity.Read("1 tabung", Gas));
        Assert.Equal((1000, null), SaidQuantity.Read("1 biji", Gas));
    }

    private static Product Of(string unit, long step, string baseUnit, long baseMilli) =>
        new() { Goods = "x", Name = "x", Unit = unit, StepMilli = step, BaseUnit = baseUnit, BaseMilli = baseMilli };
}
