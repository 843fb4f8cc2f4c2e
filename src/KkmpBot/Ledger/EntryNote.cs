using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Ledger;

/// <summary>What an officer wrote about an entry: what it was for, or why it was taken back. Sealed, since people write names.</summary>
public sealed class EntryNote
{
    /// <summary>The longest note.</summary>
    public const int MaxLength = 200;

    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The entry's number there.</summary>
    public int Number { get; set; }

    /// <summary>In the officer's words.</summary>
    public required SealedText Text { get; set; }

    private sealed class Table : IEntityTypeConfiguration<EntryNote>
    {
        public void Configure(EntityTypeBuilder<EntryNote> builder)
        {
            builder.ToTable("entry_notes");
            builder.HasKey(note => new { note.CooperativeId, note.Number });
        }
    }
}
