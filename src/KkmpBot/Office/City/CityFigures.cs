using KkmpBot.Catalog;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.Distribution;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>How one cooperative stood on a day: counts and sums, never a person. Money is left out where so few members are that it would be theirs.</summary>
/// <param name="Cooperative">Which.</param>
public sealed record KelurahanFigures(Cooperative Cooperative)
{
    /// <summary>Of fewer members than this, sums of money say what single people have: they are not shown.</summary>
    public const int FewestShown = 5;

    /// <summary>Members on the day.</summary>
    public int Members { get; init; }

    /// <summary>Simpanan pokok and wajib, in rupiah.</summary>
    public long CapitalRupiah { get; init; }

    /// <summary>Sales of the year up to the day, in rupiah.</summary>
    public long TurnoverRupiah { get; init; }

    /// <summary>The last day with a sale within <see cref="CityFigures.OperatingDays"/> days; null for none.</summary>
    public DateOnly? LastSale { get; init; }

    /// <summary>For how many days the scarcest staple lasts at the pace of the last thirty days; null where none was sold.</summary>
    public int? BufferDays { get; init; }

    /// <summary>Deliveries that the cooperative asked of the city's distribution up to the day.</summary>
    public int Deliveries { get; init; }

    /// <summary>The milestones up to the day, the latest last.</summary>
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>True when there was a sale within thirty days of the day.</summary>
    public bool IsOperating => LastSale is not null;

    /// <summary>True when sums of money may be shown.</summary>
    public bool ShowsMoney => Members is 0 or >= FewestShown;

    /// <summary>The line of business, as last noted; null for none.</summary>
    public string? Business => Milestones.LastOrDefault(row => row.Kind == MilestoneKind.Business)?.Note;

    /// <summary>Requests for more goods up to the day: asked in the chat, or noted by the city.</summary>
    public int Requests => Deliveries + Count(MilestoneKind.Replenishment);

    /// <summary>Whether something was reached by the day.</summary>
    /// <param name="kind">Of <see cref="MilestoneKind"/>.</param>
    public bool Has(string kind) => Milestones.Any(row => row.Kind == kind);

    /// <summary>How often something happened up to the day.</summary>
    /// <param name="kind">Of <see cref="MilestoneKind"/>.</param>
    public int Count(string kind) => Milestones.Count(row => row.Kind == kind);
}

/// <summary>
/// The city's cooperatives as of a day, worked out from members, books, stock and milestones: the same way for every day, so that a figure once
/// published can be had again.
/// </summary>
/// <param name="AsOf">The day, WIB; what happened on it counts.</param>
/// <param name="Kelurahan">All cooperatives, in the order of their codes.</param>
public sealed record CityFigures(DateOnly AsOf, IReadOnlyList<KelurahanFigures> Kelurahan)
{
    /// <summary>A cooperative operates when it sold something within so many days before the day.</summary>
    public const int OperatingDays = 30;

    private static readonly string[] Staples = ["beras", "beras_sphp", "beras_medium", "beras_premium", "minyakita", "minyak", "gula", "telur"];

    /// <summary>Cooperatives with a legal entity, an outlet, and so on.</summary>
    /// <param name="kind">Of <see cref="MilestoneKind"/>.</param>
    public int With(string kind) => Kelurahan.Count(row => row.Has(kind));

    /// <summary>Those that operate.</summary>
    public int Operating => Kelurahan.Count(row => row.IsOperating);

    /// <summary>All members.</summary>
    public int Members => Kelurahan.Sum(row => row.Members);

    /// <summary>All simpanan pokok and wajib, in rupiah.</summary>
    public long CapitalRupiah => Kelurahan.Sum(row => row.CapitalRupiah);

    /// <summary>All sales of the year up to the day, in rupiah.</summary>
    public long TurnoverRupiah => Kelurahan.Sum(row => row.TurnoverRupiah);

    /// <summary>Works the figures out.</summary>
    /// <param name="db">A context.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<CityFigures> ReadAsync(KkmpDbContext db, DateOnly asOf, CancellationToken ct)
    {
        var cooperatives = await db.Set<Cooperative>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(ct);
        var members = await MembersAsync(db, asOf, ct);
        var capital = await SumsAsync(db, DateOnly.MinValue, asOf, [Account.Pokok.Code, Account.Wajib.Code], ct);
        var turnover = await SumsAsync(db, new DateOnly(asOf.Year, 1, 1), asOf, [Account.MemberSales.Code, Account.OtherSales.Code], ct);
        var sales = await LastSalesAsync(db, asOf, ct);
        var buffers = await BuffersAsync(db, asOf, ct);
        var milestones = (await db.Set<Milestone>().AsNoTracking().Where(row => row.Day <= asOf).OrderBy(row => row.Day).ThenBy(row => row.Id).ToListAsync(ct))
            .ToLookup(row => row.CooperativeId);
        var endUtc = Wib.StartUtc(asOf.AddDays(1));
        var deliveries = await db.Set<Delivery>().Where(row => row.Status != DeliveryStatus.Draft && row.AskedUtc < endUtc)
            .GroupBy(row => row.CooperativeId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, ct);
        return new CityFigures(asOf,
        [
            .. cooperatives.Select(row => new KelurahanFigures(row)
            {
                Members = members.GetValueOrDefault(row.Id),
                CapitalRupiah = capital.GetValueOrDefault(row.Id),
                TurnoverRupiah = turnover.GetValueOrDefault(row.Id),
                LastSale = sales.TryGetValue(row.Id, out var day) ? day : null,
                BufferDays = buffers.TryGetValue(row.Id, out int days) ? days : null,
                Deliveries = deliveries.GetValueOrDefault(row.Id),
                Milestones = [.. milestones[row.Id]],
            }),
        ]);
    }

    /// <summary>Members by cooperative: those who had entered and had not left by the end of the day.</summary>
    private static async Task<Dictionary<int, int>> MembersAsync(KkmpDbContext db, DateOnly asOf, CancellationToken ct)
    {
        var endUtc = Wib.StartUtc(asOf.AddDays(1));
        return await db.Set<Member>()
            .Where(member => member.ActiveUtc != null && member.ActiveUtc < endUtc
                && (member.Status != MemberStatus.Left || db.Set<Departure>().Any(left => left.MemberId == member.Id && left.SettledUtc >= endUtc)))
            .GroupBy(member => member.CooperativeId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, ct);
    }

    /// <summary>What was credited less what was debited on accounts, by cooperative.</summary>
    private static async Task<Dictionary<int, long>> SumsAsync(KkmpDbContext db, DateOnly from, DateOnly to, string[] accounts, CancellationToken ct) =>
        await db.Set<JournalEntry>().Where(entry => entry.BookedOn >= from && entry.BookedOn <= to && entry.Kind != Books.YearClosed)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (_, line) => line)
            .Where(line => accounts.Contains(line.Account))
            .GroupBy(line => line.CooperativeId)
            .Select(group => new { group.Key, Rupiah = group.Sum(line => line.CreditRupiah - line.DebitRupiah) })
            .ToDictionaryAsync(row => row.Key, row => row.Rupiah, ct);

    // A sale that was taken back does not count; a deposit is no business.
    private static async Task<Dictionary<int, DateOnly>> LastSalesAsync(KkmpDbContext db, DateOnly asOf, CancellationToken ct)
    {
        var since = asOf.AddDays(-OperatingDays);
        string[] income = [Account.MemberSales.Code, Account.OtherSales.Code, Account.OtherIncome.Code];
        var entries = db.Set<JournalEntry>();
        return await entries.Where(entry => entry.BookedOn >= since && entry.BookedOn <= asOf && entry.Reverses == null
                && !entries.Any(later => later.CooperativeId == entry.CooperativeId && later.Reverses == entry.Number && later.BookedOn <= asOf))
            .Where(entry => entry.Lines.Any(line => income.Contains(line.Account) && line.CreditRupiah > 0))
            .GroupBy(entry => entry.CooperativeId)
            .Select(group => new { group.Key, Day = group.Max(entry => entry.BookedOn) })
            .ToDictionaryAsync(row => row.Key, row => row.Day, ct);
    }

    private static async Task<Dictionary<int, int>> BuffersAsync(KkmpDbContext db, DateOnly asOf, CancellationToken ct)
    {
        var (sinceUtc, endUtc) = (Wib.StartUtc(asOf.AddDays(1 - OperatingDays)), Wib.StartUtc(asOf.AddDays(1)));
        var rows = await (
            from product in db.Set<Product>()
            where Staples.Contains(product.Goods)
            join movement in db.Set<StockMovement>() on product.Id equals movement.ProductId
            where movement.AtUtc < endUtc
            group new { movement, product } by new { product.CooperativeId, product.Goods } into moved
            select new
            {
                moved.Key.CooperativeId,
                OnHand = moved.Sum(row => row.movement.QuantityMilli * row.product.BaseMilli),
                Sold = moved.Sum(row => row.movement.Kind == MovementKind.Sale && row.movement.AtUtc >= sinceUtc ? -row.movement.QuantityMilli * row.product.BaseMilli : 0),
            }).ToListAsync(ct);
        return rows.Where(row => row.Sold > 0).GroupBy(row => row.CooperativeId)
            .ToDictionary(group => group.Key, group => group.Min(row => (int)(row.OnHand * OperatingDays / row.Sold)));
    }
}
