using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.WasteBank;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs;

/// <summary>The programmes of the demo: a price list for waste in Jatisari, and what the city's distribution has to offer.</summary>
public static class ProgramsDemo
{
    private const int DaysInForce = 30;

    private static readonly (string Material, long Rupiah)[] Waste =
    [
        ("botol_plastik", 3_000), ("gelas_plastik", 3_500), ("kardus", 1_800), ("kertas", 2_800), ("aluminium", 15_000), ("besi", 5_000), ("jelantah", 6_000),
    ];

    private static readonly (string Goods, long Rupiah)[] Offered = [("beras_sphp", 11_000), ("minyakita", 14_500), ("gula", 16_200)];

    /// <summary>Writes them, inside the caller's transaction.</summary>
    /// <param name="db">A context over a database with the reference data.</param>
    /// <param name="utcNow">The present.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(KkmpDbContext db, DateTime utcNow, CancellationToken ct)
    {
        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Code == DemoPeople.CooperativeCode, ct);
        var from = Wib.Day(utcNow).AddDays(-DaysInForce);
        foreach (var (material, rupiah) in Waste)
            db.Add(new WastePrice { CooperativeId = cooperative.Id, Material = material, FromDay = from, Rupiah = rupiah });
        foreach (var (goods, rupiah) in Offered)
            db.Add(new DistributionPrice { Goods = goods, FromDay = from, Rupiah = rupiah });
    }
}
