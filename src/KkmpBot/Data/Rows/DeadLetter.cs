using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>
/// A message that failed alone on a healthy database, or one to a person that no platform took: kept for a look and a replay.
/// </summary>
public sealed class DeadLetter
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The channel.</summary>
    public required string Channel { get; set; }

    /// <summary>The platform's id of the update; <c>outbox:</c> and the row's id for a message to a person.</summary>
    public required string UpdateKey { get; set; }

    /// <summary>The message as sealed JSON; empty for one whose outbox row holds it.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>The message to a person that could not be delivered; null for one from a person.</summary>
    public long? OutboxId { get; set; }

    /// <summary>poison, killed or delivery.</summary>
    public required string Class { get; set; }

    /// <summary>The exception's type and place; no message, since that may hold personal data.</summary>
    public required string Cause { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When it was replayed; null until then.</summary>
    public DateTime? ReplayedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<DeadLetter>
    {
        public void Configure(EntityTypeBuilder<DeadLetter> builder) => builder.ToTable("dead_letters");
    }
}
