using System.Buffers.Text;
using System.Security.Cryptography;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Members;

/// <summary>
/// A link to a page where one person writes their NIK once, so that it does not stay in the history of their chat. What they wrote waits here,
/// sealed, until the registration takes it.
/// </summary>
public sealed class NikLink
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>How long what was written waits for the registration; afterwards it is not taken any more.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(1);

    /// <summary>How long a row is kept at most.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Links that a person may ask for in an hour; beyond, they are asked in the chat.</summary>
    public const int MaxAnHour = 10;

    /// <summary>Numbers that are none, before a link is good for nothing.</summary>
    public const int MaxTries = 10;

    /// <summary>The option of the dialog that goes on once the page was filled in; pressed by the page itself, or by the person.</summary>
    public const string Filled = "nik_filled";

    /// <summary>The path of the page, before the code.</summary>
    public const string Path = "/nik/";

    private const int CodeBytes = 16;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose NIK.</summary>
    public long PersonId { get; set; }

    /// <summary>Blind index of the code in the link (kind <c>nik link</c>); the code itself is kept nowhere.</summary>
    public required byte[] CodeIndex { get; set; }

    /// <summary>When it was shown.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was used, or another took its place; null until then.</summary>
    public DateTime? UsedUtc { get; set; }

    /// <summary>How often something else than a NIK was written.</summary>
    public int Tries { get; set; }

    /// <summary>What was written, until it is taken.</summary>
    public SealedText? Nik { get; set; }

    /// <summary>A code that nobody guesses: 128 random bits.</summary>
    internal static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));

    /// <summary>The blind index of a code.</summary>
    /// <param name="vault">Indexes it.</param>
    /// <param name="code">As in the link.</param>
    internal static byte[] IndexOf(Vault vault, string code) => vault.IdIndex("nik link", code);

    /// <summary>The links that are still good with a code: one or none.</summary>
    /// <param name="db">A context.</param>
    /// <param name="codeIndex">The blind index of the code.</param>
    /// <param name="utcNow">Now.</param>
    internal static IQueryable<NikLink> Good(KkmpDbContext db, byte[] codeIndex, DateTime utcNow)
    {
        var since = utcNow - Life;
        return db.Set<NikLink>().Where(row => row.CodeIndex == codeIndex && row.UsedUtc == null && row.CreatedUtc > since && row.Tries < MaxTries);
    }

    private sealed class Table : IEntityTypeConfiguration<NikLink>
    {
        public void Configure(EntityTypeBuilder<NikLink> builder)
        {
            builder.ToTable("nik_links");
            builder.HasIndex(link => link.CodeIndex).IsUnique();
            builder.HasIndex(link => new { link.PersonId, link.CreatedUtc });
        }
    }
}
