using KkmpBot.Data;
using KkmpBot.Programs.Assistance;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.Instructed;
using KkmpBot.Programs.Partners;
using KkmpBot.Programs.Trainings;
using KkmpBot.Programs.WasteBank;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs;

/// <summary>Where a staple runs out: the article, and the whole days it lasts.</summary>
/// <param name="CooperativeId">Where.</param>
/// <param name="Article">What.</param>
/// <param name="DaysLeft">By the sales of four weeks.</param>
public sealed record Shortage(int CooperativeId, string Article, int DaysLeft);

/// <summary>
/// What the city's programmes came to, over all cooperatives: sums and counts, never a person and never a balance of one. Days are WIB, both included.
/// </summary>
public sealed record CityProgrammes
{
    private const int MostShortages = 30;

    /// <summary>Tenths of a kilogram weighed in, by material.</summary>
    public required IReadOnlyDictionary<string, long> WasteTenths { get; init; }

    /// <summary>What members were credited for it.</summary>
    public required long WasteRupiah { get; init; }

    /// <summary>Deliveries asked, granted or on their way now.</summary>
    public required int DeliveriesUnderWay { get; init; }

    /// <summary>Deliveries received in the time.</summary>
    public required int DeliveriesReceived { get; init; }

    /// <summary>What the cooperatives came to owe for them.</summary>
    public required long DeliveredRupiah { get; init; }

    /// <summary>Where staples run out first, now.</summary>
    public required IReadOnlyList<Shortage> Shortages { get; init; }

    /// <summary>What buyers paid for goods on consignment, less what was brought back.</summary>
    public required long PartnerSalesRupiah { get; init; }

    /// <summary>The cooperatives' commissions of it.</summary>
    public required long CommissionRupiah { get; init; }

    /// <summary>Trainings held.</summary>
    public required int Trainings { get; init; }

    /// <summary>Seats whose holder was there.</summary>
    public required int Attended { get; init; }

    /// <summary>Grants received in the time.</summary>
    public required long GrantsRupiah { get; init; }

    /// <summary>Loans received in the time.</summary>
    public required long LoansRupiah { get; init; }

    /// <summary>What is still owed of all loans, now.</summary>
    public required long LoansOwedRupiah { get; init; }

    /// <summary>Mentors' visits in the time.</summary>
    public required int Visits { get; init; }

    /// <summary>Findings not put right, now.</summary>
    public required int OpenFindings { get; init; }

    /// <summary>The instructed, joined or not, now.</summary>
    public required InstructedCount Instructed { get; init; }

    /// <summary>Counts and sums.</summary>
    /// <param name="db">A database.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<CityProgrammes> OfAsync(KkmpDbContext db, DateOnly from, DateOnly to, DateTime utcNow, CancellationToken ct)
    {
        var (since, until) = (Wib.StartUtc(from), Wib.StartUtc(to.AddDays(1)));
        var waste = await WasteUndo.Standing(db).Where(row => row.WeighedOn >= from && row.WeighedOn <= to)
            .Join(db.Set<WasteLine>(), row => row.Id, line => line.DepositId, (_, line) => line)
            .GroupBy(line => line.Material)
            .Select(same => new { same.Key, Tenths = same.Sum(line => line.Tenths), Rupiah = same.Sum(line => line.Rupiah) }).ToListAsync(ct);
        var received = db.Set<Delivery>().Where(row => row.ReceivedUtc >= since && row.ReceivedUtc < until);
        var sales = db.Set<PartnerEntry>().Where(row => row.AtUtc >= since && row.AtUtc < until);
        var given = db.Set<CapitalAssistance>().Where(row => row.ReceivedUtc >= since && row.ReceivedUtc < until);
        var held = db.Set<Training>().Where(row => row.Day >= from && row.Day <= to);
        return new CityProgrammes
        {
            WasteTenths = waste.ToDictionary(sum => sum.Key, sum => sum.Tenths),
            WasteRupiah = waste.Sum(sum => sum.Rupiah),
            DeliveriesUnderWay = await db.Set<Delivery>().CountAsync(
                row => row.Status == DeliveryStatus.Asked || row.Status == DeliveryStatus.Approved || row.Status == DeliveryStatus.Sent, ct),
            DeliveriesReceived = await received.CountAsync(ct),
            DeliveredRupiah = await received.SumAsync(row => row.OwedRupiah, ct),
            Shortages = [.. (await ListRunningOut.FindAsync(db, utcNow, MostShortages, ct))
                .Select(found => new Shortage(found.Cooperative.Id, found.Pace.Product.Name, found.Pace.DaysLeft!.Value))],
            PartnerSalesRupiah = await sales.SumAsync(row => row.PriceRupiah, ct),
            CommissionRupiah = await sales.SumAsync(row => row.CommissionRupiah, ct),
            Trainings = await held.CountAsync(ct),
            Attended = await held.Join(db.Set<TrainingSeat>(), row => row.Id, seat => seat.TrainingId, (_, seat) => seat).CountAsync(seat => seat.AttendedUtc != null, ct),
            GrantsRupiah = await given.Where(row => row.Kind == CapitalAssistance.Grant).SumAsync(row => row.Rupiah, ct),
            LoansRupiah = await given.Where(row => row.Kind == CapitalAssistance.Loan).SumAsync(row => row.Rupiah, ct),
            LoansOwedRupiah = await db.Set<CapitalAssistance>()
                .Where(row => row.Kind == CapitalAssistance.Loan && row.Status == CapitalAssistance.Received).SumAsync(row => row.Rupiah - row.RepaidRupiah, ct),
            Visits = await db.Set<MentorVisit>().CountAsync(row => row.VisitedOn >= from && row.VisitedOn <= to, ct),
            OpenFindings = await db.Set<MentorVisit>().CountAsync(row => row.DoneUtc == null, ct),
            Instructed = await InstructedCount.OfAsync(db, null, ct),
        };
    }
}
