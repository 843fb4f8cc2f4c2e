using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Meetings;

/// <summary>A yearly members' meeting (RAT): called two weeks ahead, opened on its day, valid with a quorum (UU 25/1992 art. 22-24, Juklak Menkop 1/2025).</summary>
public sealed class Meeting
{
    /// <summary>Members are invited.</summary>
    public const string Called = "called";

    /// <summary>Members check in, and vote once the quorum is there.</summary>
    public const string Open = "open";

    /// <summary>Over, with a quorum.</summary>
    public const string Closed = "closed";

    /// <summary>Over without a quorum; a second one may be called.</summary>
    public const string NoQuorum = "no_quorum";

    /// <summary>The longest place.</summary>
    public const int MaxPlaceLength = 100;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Its day, WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Hour and place, as people say them.</summary>
    public required string Place { get; set; }

    /// <summary>True for the second call after a meeting without a quorum: a third of the members suffices then.</summary>
    public bool IsSecond { get; set; }

    /// <summary>One of the four states; at most one of a cooperative is called or open.</summary>
    public string Status { get; set; } = Called;

    /// <summary>When the invitations went out.</summary>
    public DateTime CalledUtc { get; set; }

    /// <summary>The motion that is being voted on; null for none.</summary>
    public string? Motion { get; set; }

    /// <summary>Motions so far; votes name the motion by this number.</summary>
    public int MotionNumber { get; set; }

    /// <summary>How many of so many members make a quorum: more than half, or a third at the second call.</summary>
    /// <param name="members">Members with a vote.</param>
    /// <param name="isSecond">True at the second call.</param>
    public static int QuorumOf(int members, bool isSecond) => isSecond ? (members + 2) / 3 : (members / 2) + 1;

    private sealed class Table : IEntityTypeConfiguration<Meeting>
    {
        public void Configure(EntityTypeBuilder<Meeting> builder)
        {
            builder.ToTable("meetings");
            builder.HasIndex(meeting => meeting.CooperativeId).IsUnique().HasFilter("status IN ('called', 'open')");
        }
    }
}

/// <summary>A member who is there: in person in the chat, never by proxy.</summary>
public sealed class Attendance
{
    /// <summary>The meeting.</summary>
    public long MeetingId { get; set; }

    /// <summary>The member.</summary>
    public long MemberId { get; set; }

    /// <summary>Since when.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Attendance>
    {
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("meeting_attendance");
            builder.HasKey(attendance => new { attendance.MeetingId, attendance.MemberId });
        }
    }
}

/// <summary>A member's one vote on a motion.</summary>
public sealed class MotionVote
{
    /// <summary>The meeting.</summary>
    public long MeetingId { get; set; }

    /// <summary>Which of its motions.</summary>
    public int MotionNumber { get; set; }

    /// <summary>The member.</summary>
    public long MemberId { get; set; }

    /// <summary>yes, no or abstain.</summary>
    public required string Choice { get; set; }

    private sealed class Table : IEntityTypeConfiguration<MotionVote>
    {
        public void Configure(EntityTypeBuilder<MotionVote> builder)
        {
            builder.ToTable("meeting_votes");
            builder.HasKey(vote => new { vote.MeetingId, vote.MotionNumber, vote.MemberId });
        }
    }
}
