using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>A timed act waiting for its moment.</summary>
public sealed class Timer
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The act, as registered by its slice.</summary>
    public required string Kind { get; set; }

    /// <summary>When it is due.</summary>
    public DateTime DueUtc { get; set; }

    /// <summary>The person it concerns.</summary>
    public long PersonId { get; set; }

    /// <summary>The id of the row it concerns.</summary>
    public required string Subject { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Timer>
    {
        public void Configure(EntityTypeBuilder<Timer> builder)
        {
            builder.ToTable("timers");
            builder.HasIndex(timer => timer.DueUtc);
            builder.HasIndex(timer => timer.PersonId);
        }
    }
}
