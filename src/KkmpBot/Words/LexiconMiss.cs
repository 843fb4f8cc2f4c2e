using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Words;

/// <summary>A word that members of a cooperative used for goods and the bot did not know. Who used it is not kept.</summary>
public sealed class LexiconMiss
{
    /// <summary>More are not kept for a cooperative until an officer has looked at some.</summary>
    public const int MaxPerCooperative = 200;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose members.</summary>
    public int CooperativeId { get; set; }

    /// <summary>As typed, folded.</summary>
    public required string Word { get; set; }

    /// <summary>A sentence that it stood in, without digits and names.</summary>
    public required SealedText Example { get; set; }

    /// <summary>How often it was said.</summary>
    public int Times { get; set; }

    /// <summary>When it was said last.</summary>
    public DateTime LastUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<LexiconMiss>
    {
        public void Configure(EntityTypeBuilder<LexiconMiss> builder)
        {
            builder.ToTable("lexicon_misses");
            builder.HasIndex(miss => new { miss.CooperativeId, miss.Word }).IsUnique();
        }
    }
}
