using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Office;

/// <summary>A link that was shown to an officer in the chat and signs one browser in, once.</summary>
public sealed class OfficeLink
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Links that a person may ask for in an hour.</summary>
    public const int MaxAnHour = 10;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whom it was shown to.</summary>
    public long PersonId { get; set; }

    /// <summary>Blind index of the code in the link (kind <c>office link</c>); the code itself is kept nowhere.</summary>
    public required byte[] CodeIndex { get; set; }

    /// <summary>When it was shown.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was used; null until then.</summary>
    public DateTime? UsedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OfficeLink>
    {
        public void Configure(EntityTypeBuilder<OfficeLink> builder)
        {
            builder.ToTable("office_links");
            builder.HasIndex(link => link.CodeIndex).IsUnique();
            builder.HasIndex(link => new { link.PersonId, link.CreatedUtc });
        }
    }
}

/// <summary>A browser that is signed in.</summary>
public sealed class OfficeSession
{
    /// <summary>Without a click for so long it is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A working day: then it is over in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who is signed in.</summary>
    public long PersonId { get; set; }

    /// <summary>Blind index of the cookie (kind <c>office session</c>); the cookie itself is kept nowhere.</summary>
    public required byte[] TokenIndex { get; set; }

    /// <summary>Blind index of what the browser calls itself (kind <c>office browser</c>): a cookie that is carried elsewhere opens nothing.</summary>
    public required byte[] BrowserIndex { get; set; }

    /// <summary>When it was signed in.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTime SeenUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OfficeSession>
    {
        public void Configure(EntityTypeBuilder<OfficeSession> builder)
        {
            builder.ToTable("office_sessions");
            builder.HasIndex(session => session.TokenIndex).IsUnique();
            builder.HasIndex(session => session.PersonId);
        }
    }
}
