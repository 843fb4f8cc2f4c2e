using System.Data.Common;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace KkmpBot.Ledger;

/// <summary>
/// What a month's bookings moved in one savings account of a cooperative, kept beside the journal by whoever books: how savings grew is read from a row
/// a month, however many members pay. The journal stays the truth; a row here is its sum.
/// </summary>
public sealed class SavingsMonth
{
    private const string Upsert =
        """
        INSERT INTO savings_months (cooperative_id, account, month, rupiah) VALUES (@cooperative, @account, @month, @rupiah)
        ON CONFLICT (cooperative_id, account, month) DO UPDATE SET rupiah = savings_months.rupiah + excluded.rupiah
        """;

    /// <summary>The accounts that are summed up: pokok, wajib, sukarela.</summary>
    public static IReadOnlyList<string> Accounts { get; } = [Ledger.Account.Pokok.Code, Ledger.Account.Wajib.Code, Ledger.Account.Sukarela.Code];

    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>One of <see cref="Accounts"/>.</summary>
    public required string Account { get; set; }

    /// <summary>The first day of the month that the bookings count for.</summary>
    public DateOnly Month { get; set; }

    /// <summary>What was credited less what was debited.</summary>
    public long Rupiah { get; set; }

    /// <summary>Savings at the end of months: everything booked for the month and all before.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="months">The first days of the months.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<long>> EndsAsync(KkmpDbContext db, int cooperativeId, IReadOnlyList<DateOnly> months, CancellationToken ct)
    {
        var moved = await Of(db, cooperativeId).ToListAsync(ct);
        return [.. months.Select(end => moved.Where(month => month.Month <= end).Sum(month => month.Rupiah))];
    }

    /// <summary>What stands in the savings accounts of a cooperative now, by code.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> BalancesAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct) =>
        await Of(db, cooperativeId).GroupBy(month => month.Account)
            .Select(months => new { Account = months.Key, Rupiah = months.Sum(month => month.Rupiah) })
            .ToDictionaryAsync(months => months.Account, months => months.Rupiah, ct);

    /// <summary>The rows of a cooperative: three a month at most.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    public static IQueryable<SavingsMonth> Of(KkmpDbContext db, int cooperativeId) =>
        db.Set<SavingsMonth>().AsNoTracking().Where(month => month.CooperativeId == cooperativeId);

    /// <summary>Counts an entry in, in the transaction that books it.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="entry">The entry with its lines.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task CountAsync(KkmpDbContext db, JournalEntry entry, CancellationToken ct)
    {
        foreach (var lines in entry.Lines.Where(line => Accounts.Contains(line.Account)).GroupBy(line => line.Account))
        {
            var moved = new SavingsMonth
            {
                CooperativeId = entry.CooperativeId,
                Account = lines.Key,
                Month = ClosedMonth.Of(entry.BookedOn),
                Rupiah = lines.Sum(line => line.CreditRupiah - line.DebitRupiah),
            };
            await moved.AddAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), ct);
        }
    }

    /// <summary>Adds this to what the month moved so far.</summary>
    /// <param name="connection">Of either database.</param>
    /// <param name="transaction">The transaction that books.</param>
    /// <param name="ct">Gives up.</param>
    public async Task AddAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await using var command = connection.Command(
            transaction, Upsert, ("cooperative", CooperativeId), ("account", Account), ("month", Month), ("rupiah", Rupiah));
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class Table : IEntityTypeConfiguration<SavingsMonth>
    {
        public void Configure(EntityTypeBuilder<SavingsMonth> builder)
        {
            builder.ToTable("savings_months");
            builder.HasKey(month => new { month.CooperativeId, month.Account, month.Month });
        }
    }
}
