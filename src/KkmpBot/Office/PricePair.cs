namespace KkmpBot.Office;

/// <summary>A price of ours beside the market's for the same amount.</summary>
/// <param name="Name">The article.</param>
/// <param name="OwnRupiah">What members pay.</param>
/// <param name="MarketRupiah">What the market asks.</param>
public sealed record PricePair(string Name, long OwnRupiah, long MarketRupiah)
{
    /// <summary>How it compares, in words.</summary>
    public string Words => OwnRupiah == MarketRupiah ? "sama"
        : OwnRupiah < MarketRupiah ? $"{Written.Rp(MarketRupiah - OwnRupiah)} lebih murah" : $"{Written.Rp(OwnRupiah - MarketRupiah)} lebih mahal";
}
