using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>What waste banks take, and how its weights are written. The keys are those of <c>dialogs/lexicon/materials.yaml</c>.</summary>
public static class WasteMaterials
{
    /// <summary>Tenths in a kilogram: the scales of a neighbourhood show no more.</summary>
    public const int TenthsAKilogram = 10;

    /// <summary>The widest name.</summary>
    public const int MaxNameLength = 14;

    /// <summary>The keys, in the order of the price list.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["botol_plastik", "gelas_plastik", "kardus", "kertas", "aluminium", "besi", "kaca", "jelantah"];

    /// <summary>A material as people read it: "botol plastik".</summary>
    /// <param name="material">One of <see cref="All"/>.</param>
    public static string Name(string material) => material.Replace('_', ' ');

    /// <summary>A weight as people read it: "2,5".</summary>
    /// <param name="tenths">In tenths of a kilogram.</param>
    public static string Kilograms(long tenths) => tenths % TenthsAKilogram == 0
        ? (tenths / TenthsAKilogram).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{tenths / TenthsAKilogram},{tenths % TenthsAKilogram}");

    /// <summary>What a weight comes to, to the nearest rupiah, half a rupiah up.</summary>
    /// <param name="priceRupiah">For a kilogram.</param>
    /// <param name="tenths">In tenths of a kilogram.</param>
    public static long Value(long priceRupiah, long tenths) => ((priceRupiah * tenths) + (TenthsAKilogram / 2)) / TenthsAKilogram;

    /// <summary>A cooperative's prices on a day, by material; those never set are missing.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="day">The day of weighing, WIB.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> PricesAsync(KkmpDbContext db, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var prices = await db.Set<WastePrice>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId && row.FromDay <= day)
            .OrderBy(row => row.FromDay).ToListAsync(ct);
        return prices.GroupBy(row => row.Material).ToDictionary(same => same.Key, same => same.Last().Rupiah);
    }
}
