using KkmpBot.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Corrections;

/// <summary>Something an officer did a moment ago and can take back with one word.</summary>
public sealed class OfficerAct
{
    /// <summary>The row's id; a later act has a higher one.</summary>
    public long Id { get; set; }

    /// <summary>Who did it; nobody else takes it back with one word.</summary>
    public long PersonId { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>How it is taken back: a key of <see cref="Slice.Undos"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>What it concerns, as its undo wants it; no personal data.</summary>
    public required string Subject { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When it was taken back; null for most.</summary>
    public DateTime? UndoneUtc { get; set; }

    /// <summary>Notes an act of the officer who talks, so that <c>urungkan</c> finds it.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="kind">How it is taken back.</param>
    /// <param name="subject">What it concerns; no personal data.</param>
    public static void Note(Turn turn, string kind, string subject) => turn.Db.Add(new OfficerAct
    {
        PersonId = turn.Caller.PersonId,
        CooperativeId = turn.Caller.CooperativeId ?? throw new InvalidOperationException($"{kind} was done by somebody without a cooperative."),
        Kind = kind,
        Subject = subject,
        AtUtc = turn.UtcNow,
    });

    private sealed class Table : IEntityTypeConfiguration<OfficerAct>
    {
        public void Configure(EntityTypeBuilder<OfficerAct> builder)
        {
            builder.ToTable("officer_acts");
            builder.HasIndex(act => new { act.PersonId, act.Id });
        }
    }
}
