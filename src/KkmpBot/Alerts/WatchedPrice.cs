using System.Globalization;
using KkmpBot.Catalog;

namespace KkmpBot.Alerts;

/// <summary>
/// What can be watched, as one word: <c>p:12</c> the members' price of an article, <c>m:Kota Bandung:telur</c> a market's price of goods,
/// <c>s:12</c> whether an article is there (0 or 1).
/// </summary>
public static class WatchedPrice
{
    /// <summary>The longest of them.</summary>
    public const int MaxLength = 160;

    /// <summary>The members' price of an article.</summary>
    /// <param name="product">The article.</param>
    public static string OfProduct(Product product) => OfProduct(product.Id);

    /// <summary>The members' price of an article.</summary>
    /// <param name="productId">The article.</param>
    public static string OfProduct(long productId) => string.Create(CultureInfo.InvariantCulture, $"p:{productId}");

    /// <summary>What goods cost in a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="goods">The kind of goods.</param>
    public static string OfMarket(string market, string goods) => $"m:{market}:{goods}";

    /// <summary>Whether an article is there.</summary>
    /// <param name="productId">The article.</param>
    public static string OfStock(long productId) => string.Create(CultureInfo.InvariantCulture, $"s:{productId}");
}
