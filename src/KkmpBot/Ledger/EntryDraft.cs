using KkmpBot.Conversations;

namespace KkmpBot.Ledger;

/// <summary>A booking before it is booked. Built line by line; <see cref="Books.PostAsync"/> refuses one that does not balance.</summary>
/// <example>
/// <code>
/// EntryDraft.For(turn, cooperativeId, "pokok_received")
///     .Debit(Account.Cash, 100_000)
///     .Credit(Account.Pokok, 100_000, memberId)
/// </code>
/// </example>
public sealed class EntryDraft
{
    /// <summary>An entry has at most this many lines; an order's cart is far smaller.</summary>
    public const int MaxLines = 200;

    /// <summary>The most that one line may carry: what the dialogs can show (Rp999.999.999.999).</summary>
    public const long MaxRupiah = 999_999_999_999;

    private const int MaxTextLength = 100;
    private readonly List<JournalLine> lines = [];

    /// <summary>Starts a draft; in a turn, <see cref="For"/> is shorter.</summary>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="kind">What happened, in snake_case.</param>
    /// <param name="actKey">The business act; unique over all cooperatives.</param>
    /// <param name="atUtc">When it is booked.</param>
    /// <param name="byPersonId">The officer; null for the system.</param>
    public EntryDraft(int cooperativeId, string kind, string actKey, DateTime atUtc, long? byPersonId)
    {
        CooperativeId = cooperativeId;
        Kind = kind;
        ActKey = actKey;
        AtUtc = atUtc.AddTicks(-(atUtc.Ticks % TimeSpan.TicksPerMillisecond));
        ByPersonId = byPersonId;
        BookedOn = Wib.Day(atUtc);
    }

    /// <summary>Whose books.</summary>
    public int CooperativeId { get; }

    /// <summary>What happened.</summary>
    public string Kind { get; }

    /// <summary>The business act.</summary>
    public string ActKey { get; }

    /// <summary>When it is booked, to the millisecond.</summary>
    public DateTime AtUtc { get; }

    /// <summary>The officer; null for the system.</summary>
    public long? ByPersonId { get; }

    /// <summary>The day it counts for, WIB; today unless said.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>What it belongs to, e.g. an order number; no personal data.</summary>
    public string? Reference { get; init; }

    /// <summary>The number of the entry that it takes back.</summary>
    public int? Reverses { get; init; }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<JournalLine> Lines => lines;

    /// <summary>A draft booked by the person who talks, as part of the turn's act. One entry of a kind an act.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="kind">What happened, in snake_case.</param>
    /// <param name="reference">What it belongs to, e.g. an order number; no personal data.</param>
    public static EntryDraft For(Turn turn, int cooperativeId, string kind, string? reference = null) =>
        new(cooperativeId, kind, $"{turn.ActKey}:{kind}", turn.UtcNow, turn.Caller.PersonId) { Reference = reference };

    /// <summary>Adds a debit.</summary>
    /// <param name="account">The account.</param>
    /// <param name="rupiah">Positive; at most <see cref="MaxRupiah"/>.</param>
    /// <param name="memberId">The member it concerns.</param>
    public EntryDraft Debit(Account account, long rupiah, long? memberId = null) => Add(account, rupiah, isDebit: true, memberId);

    /// <summary>Adds a credit.</summary>
    /// <param name="account">The account.</param>
    /// <param name="rupiah">Positive; at most <see cref="MaxRupiah"/>.</param>
    /// <param name="memberId">The member it concerns.</param>
    public EntryDraft Credit(Account account, long rupiah, long? memberId = null) => Add(account, rupiah, isDebit: false, memberId);

    /// <summary>Throws <see cref="InvalidOperationException"/> when the draft may not be booked: that is a bug of its operation.</summary>
    internal void Check()
    {
        if (lines.Count is < 2 or > MaxLines)
            throw new InvalidOperationException($"An entry of kind {Kind} has {lines.Count} lines.");
        if (lines.Sum(line => line.DebitRupiah) != lines.Sum(line => line.CreditRupiah))
            throw new InvalidOperationException($"An entry of kind {Kind} does not balance.");
        if (!IsPlain(Kind) || !IsPlain(ActKey) || (Reference is not null && !IsPlain(Reference)))
            throw new InvalidOperationException($"An entry has a kind, act key or reference that is no plain text of at most {MaxTextLength} characters.");
    }

    // One line each: the hash is taken over lines of text.
    private static bool IsPlain(string text) => text.Length is > 0 and <= MaxTextLength && !text.Any(char.IsControl);

    private EntryDraft Add(Account account, long rupiah, bool isDebit, long? memberId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rupiah);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rupiah, MaxRupiah);
        lines.Add(new JournalLine
        {
            Position = lines.Count + 1,
            CooperativeId = CooperativeId,
            Account = account.Code,
            MemberId = memberId,
            DebitRupiah = isDebit ? rupiah : 0,
            CreditRupiah = isDebit ? 0 : rupiah,
        });
        return this;
    }
}
