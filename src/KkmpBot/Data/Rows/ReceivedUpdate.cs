using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>An update that was handled: a redelivery finds its row and changes nothing.</summary>
public sealed class ReceivedUpdate
{
    /// <summary>The channel.</summary>
    public required string Channel { get; set; }

    /// <summary>The platform's id of the update; for a channel whose id tells a person, its blind index.</summary>
    public required string UpdateKey { get; set; }

    /// <summary>When it was handled; rows older than any redelivery are removed.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ReceivedUpdate>
    {
        public void Configure(EntityTypeBuilder<ReceivedUpdate> builder)
        {
            builder.ToTable("received_updates");
            builder.HasKey(update => new { update.Channel, update.UpdateKey });
            builder.HasIndex(update => update.AtUtc);
        }
    }
}
