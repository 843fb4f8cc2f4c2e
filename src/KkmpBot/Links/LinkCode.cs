using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Links;

/// <summary>A one-time code that was shown in one channel and makes whoever types it in another the same person.</summary>
public sealed class LinkCode
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Codes that a person may ask for in an hour.</summary>
    public const int MaxAnHour = 5;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whom it was shown to.</summary>
    public long PersonId { get; set; }

    /// <summary>Blind index of the digits (kind <c>link code</c>); the code itself is kept nowhere.</summary>
    public required byte[] CodeIndex { get; set; }

    /// <summary>When it was shown.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was used; null until then. A code is good once.</summary>
    public DateTime? UsedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<LinkCode>
    {
        public void Configure(EntityTypeBuilder<LinkCode> builder)
        {
            builder.ToTable("link_codes");
            builder.HasIndex(code => code.CodeIndex);
            builder.HasIndex(code => new { code.PersonId, code.CreatedUtc });
        }
    }
}

/// <summary>A code that was typed and was none: six digits can be guessed, so wrong ones are counted.</summary>
public sealed class LinkTry
{
    /// <summary>Wrong codes that a person may type in an hour.</summary>
    public const int MaxAnHour = 5;

    /// <summary>
    /// Wrong codes of everybody together in ten minutes; beyond, nobody's code is taken for a while. With a code on show at every moment, a guesser
    /// with any number of accounts succeeds once in about two years.
    /// </summary>
    public const int MaxOfAll = 10;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who typed it.</summary>
    public long PersonId { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<LinkTry>
    {
        public void Configure(EntityTypeBuilder<LinkTry> builder)
        {
            builder.ToTable("link_tries");
            builder.HasIndex(attempt => attempt.AtUtc);
        }
    }
}
