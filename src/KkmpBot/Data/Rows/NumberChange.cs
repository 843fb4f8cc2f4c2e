using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>
/// A member's number is another one now, or somebody else writes from it: a platform says so, and an officer decides. Until then nothing changes.
/// </summary>
public sealed class NumberChange
{
    /// <summary>The timed act that tells the officers; its subject is the row's id.</summary>
    public const string TimedAct = "links.number_change";

    /// <summary>The member has another number.</summary>
    public const string Changed = "changed";

    /// <summary>The member's number writes from another account: the same person anew, or its next owner.</summary>
    public const string NewAccount = "new_account";

    /// <summary>Waits for an officer.</summary>
    public const string Open = "open";

    /// <summary>It is the member.</summary>
    public const string Accepted = "accepted";

    /// <summary>It is not the member.</summary>
    public const string Refused = "refused";

    /// <summary>
    /// Writes a change that waits, once (<c>@person</c>, <c>@address</c>, <c>@kind</c>, <c>@new</c>, <c>@index</c>, <c>@phone</c>, <c>@now</c>).
    /// </summary>
    public const string Insert = """
        INSERT INTO number_changes (person_id, old_address_id, kind, new_address, new_address_index, new_phone, status, at_utc)
        SELECT @person, @address, @kind, @new, @index, @phone, 'open', @now
        WHERE NOT EXISTS (SELECT 1 FROM number_changes WHERE person_id = @person AND new_address_index = @index AND status = 'open')
        RETURNING id
        """;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The member.</summary>
    public long PersonId { get; set; }

    /// <summary>The address that the platform spoke of, or that the number belonged to so far.</summary>
    public long OldAddressId { get; set; }

    /// <summary>changed or new_account.</summary>
    public required string Kind { get; set; }

    /// <summary>Where they write from now.</summary>
    public required SealedText NewAddress { get; set; }

    /// <summary>Its blind index (kind <c>address</c> and the channel).</summary>
    public required byte[] NewAddressIndex { get; set; }

    /// <summary>The number in E.164, where the platform told it.</summary>
    public SealedText? NewPhone { get; set; }

    /// <summary>open, accepted or refused.</summary>
    public required string Status { get; set; }

    /// <summary>When the platform said so.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The officer who decided.</summary>
    public long? DecidedBy { get; set; }

    private sealed class Table : IEntityTypeConfiguration<NumberChange>
    {
        public void Configure(EntityTypeBuilder<NumberChange> builder)
        {
            builder.ToTable("number_changes");
            builder.HasIndex(change => change.PersonId);
        }
    }
}
