using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Closing;

/// <summary>How the meeting shares SHU out, in hundredths of a percent; what is left by rounding goes to the reserves (UU 25/1992 art. 45).</summary>
/// <param name="Reserves">Dana cadangan.</param>
/// <param name="Business">Members, by what they bought.</param>
/// <param name="Capital">Members, by what they saved.</param>
/// <param name="Education">Dana pendidikan.</param>
/// <param name="Incentives">Board, supervisors and staff.</param>
/// <param name="Social">The neighbourhood and whatever else.</param>
public sealed record ShuShares(int Reserves, int Business, int Capital, int Education, int Incentives, int Social)
{
    /// <summary>All of it.</summary>
    public const int Whole = 10_000;

    /// <summary>What holds until a meeting decides: the parts of the model articles, in common proportions.</summary>
    public static ShuShares Model { get; } = new(3000, 2500, 2000, 500, 1000, 1000);

    /// <summary>The rules' names, in the order of the parts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["shu_reserves", "shu_business", "shu_capital", "shu_education", "shu_incentives", "shu_social"];

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<int> Parts => [Reserves, Business, Capital, Education, Incentives, Social];

    /// <summary>The shares in force on a day.</summary>
    /// <param name="rules">The articles of that day.</param>
    public static ShuShares From(IReadOnlyDictionary<string, long> rules) =>
        Names.All(rules.ContainsKey)
            ? new ShuShares((int)rules[Names[0]], (int)rules[Names[1]], (int)rules[Names[2]], (int)rules[Names[3]], (int)rules[Names[4]], (int)rules[Names[5]])
            : Model;
}

/// <summary>What counts for a member's share.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="CapitalRupiah">Their savings at the end of the year.</param>
/// <param name="BusinessRupiah">Their purchases in it.</param>
public sealed record ShuMember(long MemberId, long CapitalRupiah, long BusinessRupiah);

/// <summary>A member's part of SHU.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="CapitalRupiah">For their savings, rounded down.</param>
/// <param name="BusinessRupiah">For their purchases, rounded down.</param>
public sealed record ShuPart(long MemberId, long CapitalRupiah, long BusinessRupiah)
{
    /// <summary>Both together.</summary>
    public long TotalRupiah => CapitalRupiah + BusinessRupiah;
}

/// <summary>A year's SHU, shared out to the last rupiah.</summary>
/// <param name="SurplusRupiah">What is shared.</param>
/// <param name="ReservesRupiah">To the reserves, with everything that rounding left.</param>
/// <param name="EducationRupiah">To education.</param>
/// <param name="IncentivesRupiah">To board, supervisors and staff.</param>
/// <param name="SocialRupiah">To the neighbourhood and whatever else.</param>
/// <param name="Members">Each member's part.</param>
public sealed record Shu(
    long SurplusRupiah, long ReservesRupiah, long EducationRupiah, long IncentivesRupiah, long SocialRupiah, IReadOnlyList<ShuPart> Members)
{
    /// <summary>Shares a surplus out. Every part is rounded down; what that leaves goes to the reserves, so that the sum is exact.</summary>
    /// <param name="surplus">Positive rupiah.</param>
    /// <param name="shares">As the meeting decided.</param>
    /// <param name="members">Who takes part.</param>
    public static Shu Share(long surplus, ShuShares shares, IReadOnlyList<ShuMember> members)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(surplus);
        if (shares.Parts.Sum() != ShuShares.Whole || shares.Parts.Any(part => part < 0))
            throw new ArgumentException("The shares of SHU do not make up the whole.", nameof(shares));
        long capital = members.Sum(member => member.CapitalRupiah);
        long business = members.Sum(member => member.BusinessRupiah);
        List<ShuPart> parts =
        [
            .. members.Select(member => new ShuPart(
                member.MemberId,
                Part(surplus, shares.Capital, member.CapitalRupiah, capital),
                Part(surplus, shares.Business, member.BusinessRupiah, business))),
        ];
        long education = Part(surplus, shares.Education, 1, 1);
        long incentives = Part(surplus, shares.Incentives, 1, 1);
        long social = Part(surplus, shares.Social, 1, 1);
        long reserves = surplus - education - incentives - social - parts.Sum(part => part.TotalRupiah);
        return new Shu(surplus, reserves, education, incentives, social, parts);
    }

    /// <summary>The members who take part in a year's SHU, with their savings at its end and their purchases in it.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="year">The book year.</param>
    /// <param name="rules">The articles.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<ShuMember>> MembersAsync(
        KkmpDbContext db, int cooperativeId, int year, IReadOnlyDictionary<string, long> rules, CancellationToken ct)
    {
        string[] savings = rules.GetValueOrDefault(ArticleRule.CapitalWithPokok, 1) == 1
            ? [Account.Pokok.Code, Account.Wajib.Code]
            : [Account.Wajib.Code];
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var capital = await SumsAsync(db, cooperativeId, savings, DateOnly.MinValue, last, ct);
        var business = await SumsAsync(db, cooperativeId, [Account.MemberSales.Code], first, last, ct);
        return
        [
            .. capital.Where(member => member.Value > 0).OrderBy(member => member.Key)
                .Select(member => new ShuMember(member.Key, member.Value, Math.Max(0, business.GetValueOrDefault(member.Key)))),
        ];
    }

    private static long Part(long surplus, int share, long own, long all) =>
        all == 0 ? 0 : (long)((Int128)surplus * share * own / ((Int128)ShuShares.Whole * all));

    private static async Task<Dictionary<long, long>> SumsAsync(
        KkmpDbContext db, int cooperativeId, string[] accounts, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var sums = await db.Set<JournalEntry>()
            .Where(entry => entry.CooperativeId == cooperativeId && entry.BookedOn >= from && entry.BookedOn <= to && entry.Kind != Books.YearClosed)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (_, line) => line)
            .Where(line => line.MemberId != null && accounts.Contains(line.Account))
            .GroupBy(line => line.MemberId)
            .Select(lines => new { MemberId = lines.Key, Sum = lines.Sum(line => line.CreditRupiah - line.DebitRupiah) })
            .ToListAsync(ct);
        return sums.ToDictionary(sum => sum.MemberId!.Value, sum => sum.Sum);
    }
}
