using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>Where a person stands in the dialogs, sealed, one row a person.</summary>
public sealed class Conversation
{
    /// <summary>The person's id.</summary>
    public long Id { get; set; }

    /// <summary>Turns handled so far; a button belongs to one of them.</summary>
    public int TurnNumber { get; set; }

    /// <summary>The open dialog's name, or null; what is personal is sealed.</summary>
    public string? OpenDialog { get; set; }

    /// <summary>The open state's name, or null.</summary>
    public string? OpenState { get; set; }

    /// <summary>The dialogs' state as sealed JSON.</summary>
    public required byte[] State { get; set; }

    /// <summary>When the last turn ended.</summary>
    public DateTime UpdatedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> builder)
        {
            builder.ToTable("conversations");
            builder.Property(conversation => conversation.Id).ValueGeneratedNever();
        }
    }
}
