using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Cooperatives;

/// <summary>The last number that a cooperative gave to a thing people refer to by number: an order, a complaint.</summary>
public sealed class RunningNumber
{
    /// <summary>The cooperative; every one counts for itself.</summary>
    public int CooperativeId { get; set; }

    /// <summary>What is counted: <c>order</c> or <c>complaint</c>.</summary>
    public required string Thing { get; set; }

    /// <summary>The last number given.</summary>
    public int Last { get; set; }

    /// <summary>Gives the next number. The row stays locked until the turn ends, so take it after every other lock.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="thing">What is counted.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<int> NextAsync(KkmpDbContext db, int cooperativeId, string thing, CancellationToken ct)
    {
        // One statement: two orders at the same instant can neither share a number nor fail on the first one of a cooperative.
        var numbers = await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO running_numbers (cooperative_id, thing, last) VALUES ({cooperativeId}, {thing}, 1)
            ON CONFLICT (cooperative_id, thing) DO UPDATE SET last = running_numbers.last + 1
            RETURNING last AS "Value"
            """).ToListAsync(ct);
        return numbers.Single();
    }

    /// <summary>A number as people read it: at least four digits, "0231".</summary>
    /// <param name="number">The number.</param>
    public static string Text(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Reads a number as people write it ("231", "0231", "#0231"); null when it is none.</summary>
    /// <param name="text">The text.</param>
    public static int? Read(string text) =>
        int.TryParse(text.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Table : IEntityTypeConfiguration<RunningNumber>
    {
        public void Configure(EntityTypeBuilder<RunningNumber> builder)
        {
            builder.ToTable("running_numbers");
            builder.HasKey(number => new { number.CooperativeId, number.Thing });
        }
    }
}
