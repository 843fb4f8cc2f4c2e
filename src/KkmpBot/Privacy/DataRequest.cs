using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Privacy;

/// <summary>Somebody asked to have something of theirs put right (UU 27/2022 art. 30): an officer has three days.</summary>
public sealed class DataRequest
{
    /// <summary>Waits for an officer.</summary>
    public const string Waiting = "waiting";

    /// <summary>Put right.</summary>
    public const string Done = "done";

    /// <summary>Not put right; the officer talks to them.</summary>
    public const string Refused = "refused";

    /// <summary>How long an officer has by law: three times twenty-four hours.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromHours(72);

    /// <summary>How long before the end of the term officers are reminded.</summary>
    public static readonly TimeSpan ReminderBefore = TimeSpan.FromHours(24);

    /// <summary>Requests of a person that may wait at once.</summary>
    public const int MaxWaiting = 5;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose officers decide.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Who asked.</summary>
    public long PersonId { get; set; }

    /// <summary>Which membership it is about.</summary>
    public long MemberId { get; set; }

    /// <summary>name, phone, address or other.</summary>
    public required string Field { get; set; }

    /// <summary>What it should be; null after the person was erased.</summary>
    public SealedText? Value { get; set; }

    /// <summary>waiting, done or refused.</summary>
    public string Status { get; set; } = Waiting;

    /// <summary>When it was asked.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>When an officer decided; null while it waits.</summary>
    public DateTime? DecidedUtc { get; set; }

    /// <summary>The officer.</summary>
    public long? DecidedBy { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"data_request:{Id}");

    private sealed class Table : IEntityTypeConfiguration<DataRequest>
    {
        public void Configure(EntityTypeBuilder<DataRequest> builder)
        {
            builder.ToTable("data_requests");
            builder.HasIndex(request => new { request.CooperativeId, request.Status });
            builder.HasIndex(request => request.PersonId);
        }
    }
}
