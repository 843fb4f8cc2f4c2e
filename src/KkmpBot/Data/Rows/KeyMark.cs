using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>Which master key the database is written with: one row. A server with another key could open nothing and would find nobody.</summary>
public sealed class KeyMark
{
    /// <summary>The only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; set; } = OnlyId;

    /// <summary>A blind index of a fixed word: equal for equal keys, and nothing can be learnt from it.</summary>
    public required byte[] Mark { get; set; }

    private sealed class Table : IEntityTypeConfiguration<KeyMark>
    {
        public void Configure(EntityTypeBuilder<KeyMark> builder)
        {
            builder.ToTable("key_marks");
            builder.Property(mark => mark.Id).ValueGeneratedNever();
        }
    }
}
