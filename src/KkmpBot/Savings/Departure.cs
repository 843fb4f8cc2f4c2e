using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Savings;

/// <summary>Why a membership ends, stored as text.</summary>
public static class DepartureReason
{
    /// <summary>On their own wish.</summary>
    public const string Own = "own";

    /// <summary>To another kelurahan's cooperative.</summary>
    public const string Moved = "moved";

    /// <summary>Died; the heir receives what is returned.</summary>
    public const string Died = "died";

    /// <summary>Dismissed by the meeting.</summary>
    public const string Dismissed = "dismissed";
}

/// <summary>A membership that ends: asked for in the chat or noted by an officer, and settled at the counter.</summary>
public sealed class Departure
{
    /// <summary>Waits for the counter.</summary>
    public const string Waiting = "waiting";

    /// <summary>Settled: out of the register, money returned.</summary>
    public const string Settled = "settled";

    /// <summary>Taken back before it was settled.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Who leaves; at most one departure of a member waits.</summary>
    public long MemberId { get; set; }

    /// <summary>One of <see cref="DepartureReason"/>.</summary>
    public required string Reason { get; set; }

    /// <summary>The cooperative they move to, where they apply again; null for none.</summary>
    public int? MovesTo { get; set; }

    /// <summary>The heir, as the officer wrote it; null but for a death.</summary>
    public SealedText? Heir { get; set; }

    /// <summary>One of the three states.</summary>
    public string Status { get; set; } = Waiting;

    /// <summary>When it was asked for.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When it was settled.</summary>
    public DateTime? SettledUtc { get; set; }

    /// <summary>The officer who settled it.</summary>
    public long? SettledBy { get; set; }

    /// <summary>The entry that returned the money; null when there was none to return.</summary>
    public int? EntryNumber { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Departure>
    {
        public void Configure(EntityTypeBuilder<Departure> builder)
        {
            builder.ToTable("departures");
            builder.HasIndex(departure => departure.MemberId).IsUnique().HasFilter("status = 'waiting'");
            builder.HasIndex(departure => new { departure.CooperativeId, departure.Status });
        }
    }
}
