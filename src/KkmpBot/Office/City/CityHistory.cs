using System.Data.Common;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>
/// The demo of the whole city: members, savings, outlets and sales of 177 cooperatives from July to October 2025, invented, and booked so that
/// the city's figures as of 31 October 2025 are those that were published: 177 cooperatives, 38 operating, 4,566 members, Rp448,000,000 of capital;
/// 7 verified in August. The same at every load, whatever the demo cooperative had before.
/// </summary>
public static class CityHistory
{
    /// <summary>The day that the figures were published for, and where this history ends.</summary>
    public static readonly DateOnly AsOf = new(2025, 10, 31);

    /// <summary>Members on that day.</summary>
    public const int Members = 4_566;

    /// <summary>Cooperatives that operated on that day.</summary>
    public const int Operating = 38;

    /// <summary>Cooperatives that the city had verified by the end of August.</summary>
    public const int Verified = 7;

    /// <summary>Simpanan pokok and wajib on that day, in rupiah.</summary>
    public const long CapitalRupiah = 448_000_000;

    private static readonly string[] WithIds = ["people", "members", "journal_entries", "products", "prices", "stock_movements", "milestones"];

    /// <summary>True when it is in the database.</summary>
    /// <param name="db">A context.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> IsPresentAsync(KkmpDbContext db, CancellationToken ct) => db.Set<CityAsOf>().AnyAsync(ct);

    /// <summary>Writes it in one transaction, unless it is there.</summary>
    /// <param name="database">The database.</param>
    /// <param name="vault">Seals the invented people.</param>
    /// <param name="utcNow">When it is brought in.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(Database database, Vault vault, DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var db = database.Context(connection, transaction);
        await db.LockNameAsync("demo", ct);
        if (await IsPresentAsync(db, ct))
            return;
        var before = await CityFigures.ReadAsync(db, AsOf, ct);
        var plans = CityPlan.Make(before);
        await SetRatesAsync(connection, transaction, plans, ct);
        await new CityHistoryRows(connection, transaction, vault, utcNow, ct).WriteAsync(plans);
        db.Add(new CityAsOf { Day = AsOf });
        await db.SaveChangesAsync(ct);
        foreach (var table in WithIds)
            await BulkRows.CountOnAsync(connection, transaction, table, ct);
        await transaction.CommitAsync(ct);
    }

    // What the meetings decided differs by cooperative; the demo cooperative keeps its own.
    private static async Task SetRatesAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<CooperativePlan> plans, CancellationToken ct)
    {
        foreach (var plan in plans.Where(plan => plan.Members.Count > 0))
        {
            foreach (var (kind, rupiah) in new[] { (SavingsRate.Pokok, plan.PokokRupiah), (SavingsRate.Wajib, plan.WajibRupiah) })
            {
                await using var command = connection.Command(
                    transaction, "UPDATE savings_rates SET rupiah = @rupiah WHERE cooperative_id = @id AND kind = @kind",
                    ("rupiah", rupiah), ("id", plan.Cooperative.Id), ("kind", kind));
                await command.ExecuteNonQueryAsync(ct);
            }
            if (plan.OutletDay is null)
                continue;
            await using var outlet = connection.Command(
                transaction, "UPDATE cooperatives SET outlet_address = @address, opening_hours = @hours WHERE id = @id AND outlet_address IS NULL",
                ("address", $"Samping kantor Kelurahan {plan.Cooperative.Kelurahan}"), ("hours", "Senin–Sabtu 08.00–15.00"), ("id", plan.Cooperative.Id));
            await outlet.ExecuteNonQueryAsync(ct);
        }
    }
}

/// <summary>A member of the plan.</summary>
/// <param name="Joined">When the pokok was paid.</param>
/// <param name="Index">Counts over the whole city; names and numbers come from it.</param>
public sealed record PlannedMember(DateOnly Joined, int Index)
{
    /// <summary>Months of wajib paid, from the first on.</summary>
    public int Months { get; set; }

    /// <summary>Months of wajib that can have been paid by the end of October.</summary>
    public int MostMonths => ((CityHistory.AsOf.Year - Joined.Year) * 12) + CityHistory.AsOf.Month - Joined.Month + 1;
}

/// <summary>What one cooperative did in those months.</summary>
/// <param name="Cooperative">Which.</param>
public sealed record CooperativePlan(Cooperative Cooperative)
{
    /// <summary>Its simpanan pokok.</summary>
    public long PokokRupiah { get; init; }

    /// <summary>Its simpanan wajib a month.</summary>
    public long WajibRupiah { get; init; }

    /// <summary>Its members, in the order of joining.</summary>
    public IReadOnlyList<PlannedMember> Members { get; init; } = [];

    /// <summary>When its outlet opened; null without one.</summary>
    public DateOnly? OutletDay { get; init; }

    /// <summary>When the demo cooperative's outlet opened, whose goods and sales are its own story; null for the others.</summary>
    public DateOnly? OwnOutletDay { get; init; }

    /// <summary>The days with sales.</summary>
    public IReadOnlyList<DateOnly> SaleDays { get; init; } = [];

    /// <summary>When the city verified it; null when it did not.</summary>
    public DateOnly? VerifiedDay { get; init; }

    /// <summary>What is paid in by the end of October, in rupiah.</summary>
    public long CapitalRupiah => Members.Sum(member => PokokRupiah + (member.Months * WajibRupiah));
}

/// <summary>Spreads the published figures over the city, by arithmetic alone.</summary>
internal static class CityPlan
{
    private const int WithOutletOnly = 23;
    private const int MostPasses = 40;
    private static readonly DateOnly FirstDay = new(2025, 7, 22);
    private static readonly DateOnly OwnOutletDay = new(2025, 8, 25);
    private static readonly long[] PokokChoices = [50_000, 75_000, 75_000, 100_000, 100_000];
    private static readonly long[] WajibChoices = [5_000, 10_000, 10_000, 20_000];

    /// <summary>A number from 0 to below <paramref name="below"/> that is always the same for the same two.</summary>
    public static int Pick(int of, int what, int below)
    {
        ulong mixed = unchecked(((ulong)(uint)of * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)what * 0xC2B2AE3D27D4EB4FUL));
        mixed ^= mixed >> 29;
        mixed = unchecked(mixed * 0xBF58476D1CE4E5B9UL);
        return (int)((mixed >> 33) % (ulong)below);
    }

    /// <summary>The plan that brings the city from what it has to what was published.</summary>
    public static IReadOnlyList<CooperativePlan> Make(CityFigures before)
    {
        // The demo cooperative has a story of its own, which is left alone.
        var free = before.Kelurahan.Where(row => row.Cooperative.Code != DemoPeople.CooperativeCode).Select(row => row.Cooperative)
            .OrderBy(row => Pick(row.Id, 1, 1_000_000)).ToList();
        int selling = CityHistory.Operating - before.Operating;
        var sizes = Sizes(free, selling, CityHistory.Members - before.Members);
        int index = 0;
        var plans = new List<CooperativePlan>();
        for (var rank = 0; rank < free.Count; rank++)
        {
            var members = Enumerable.Range(index, sizes[rank]).Select(Member).OrderBy(member => member.Joined).ThenBy(member => member.Index).ToList();
            index += sizes[rank];
            plans.Add(Plan(free[rank], rank, selling, members));
        }
        Balance(plans, CityHistory.CapitalRupiah - before.CapitalRupiah);
        return [.. plans, new CooperativePlan(before.Kelurahan.Single(row => row.Cooperative.Code == DemoPeople.CooperativeCode).Cooperative) { OwnOutletDay = OwnOutletDay }];
    }

    private static CooperativePlan Plan(Cooperative cooperative, int rank, int selling, IReadOnlyList<PlannedMember> members)
    {
        bool operates = rank < selling;
        bool isVerified = rank < CityHistory.Verified;
        DateOnly? outlet = rank >= selling + WithOutletOnly ? null
            : isVerified ? new DateOnly(2025, 7, 24).AddDays(rank) : new DateOnly(2025, 7, 28).AddDays(Pick(cooperative.Id, 5, operates ? 70 : 90));
        return new CooperativePlan(cooperative)
        {
            PokokRupiah = PokokChoices[Pick(cooperative.Id, 2, PokokChoices.Length)],
            WajibRupiah = WajibChoices[Pick(cooperative.Id, 3, WajibChoices.Length)],
            Members = members,
            OutletDay = outlet,
            SaleDays = operates ? SaleDays(cooperative.Id, outlet!.Value) : [],
            VerifiedDay = isVerified ? new DateOnly(2025, 8, 4).AddDays(3 * rank) : null,
        };
    }

    // Every few days since the outlet opened, the last time in October's last weeks.
    private static List<DateOnly> SaleDays(int id, DateOnly opened)
    {
        var last = new DateOnly(2025, 10, 12).AddDays(Pick(id, 6, 19));
        int between = 4 + Pick(id, 7, 3);
        return [.. Enumerable.Range(0, 16).Select(n => last.AddDays(-between * n)).Where(day => day > opened).Order()];
    }

    private static PlannedMember Member(int index)
    {
        var member = new PlannedMember(FirstDay.AddDays(Pick(index, 8, 99)), index);
        member.Months = Pick(index, 9, member.MostMonths + 1);
        return member;
    }

    private static int[] Sizes(List<Cooperative> cooperatives, int selling, int total)
    {
        int[] weights = [.. cooperatives.Select((row, rank) => rank < selling ? 40 + Pick(row.Id, 4, 50) : 10 + Pick(row.Id, 4, 22))];
        int all = weights.Sum();
        int[] sizes = [.. weights.Select(weight => (int)((long)weight * total / all))];
        for (var i = 0; sizes.Sum() < total; i++)
            sizes[i % sizes.Length]++;
        return sizes;
    }

    // Months of wajib are added or taken one by one until the sum is the published one to the rupiah.
    private static void Balance(List<CooperativePlan> plans, long rupiah)
    {
        long missing = rupiah - plans.Sum(plan => plan.CapitalRupiah);
        for (var pass = 0; missing != 0; pass++)
        {
            if (pass == MostPasses)
                throw new InvalidOperationException($"The city's plan misses its capital by {missing} rupiah.");
            foreach (var plan in plans)
            {
                foreach (var member in plan.Members.Where(member => (member.Index + pass) % 3 == 0))
                {
                    if (missing >= plan.WajibRupiah && member.Months < member.MostMonths)
                    {
                        member.Months++;
                        missing -= plan.WajibRupiah;
                    }
                    else if (-missing >= plan.WajibRupiah && member.Months > 0)
                    {
                        member.Months--;
                        missing += plan.WajibRupiah;
                    }
                }
            }
        }
    }
}
