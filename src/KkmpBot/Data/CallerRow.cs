namespace KkmpBot.Data;

/// <summary>Who wrote, with what every dialog may know of them: one row of one query.</summary>
public sealed record CallerRow
{
    /// <summary>All that is asked for it, without whose: <c>@p0</c> is the day whose rates of savings count.</summary>
    internal const string Select = """
        SELECT a.id, a.person_id, a.channel, a.address, a.blocked, p.nickname, c.turn_number, c.state,
               m.id, m.status, m.number, m.is_civil_servant, o.role,
               k.id, k.kelurahan, k.kecamatan, k.outlet_address, k.opening_hours,
               (SELECT rupiah FROM savings_rates WHERE cooperative_id = k.id AND kind = 'pokok' AND from_day <= @p0 ORDER BY from_day DESC LIMIT 1),
               (SELECT rupiah FROM savings_rates WHERE cooperative_id = k.id AND kind = 'wajib' AND from_day <= @p0 ORDER BY from_day DESC LIMIT 1),
               k.takes_sukarela,
               EXISTS (SELECT 1 FROM outbox WHERE conversation_id = a.person_id AND status = 7),
               EXISTS (SELECT 1 FROM handovers WHERE person_id = a.person_id AND closed_utc IS NULL AND taken_by IS NOT NULL),
               a.last_seen_utc, a.window_closed
        FROM channel_addresses a
        JOIN people p ON p.id = a.person_id
        LEFT JOIN conversations c ON c.id = a.person_id
        LEFT JOIN members m ON m.id = (SELECT MAX(id) FROM members WHERE person_id = a.person_id)
        LEFT JOIN officers o ON o.person_id = a.person_id
        LEFT JOIN cooperatives k ON k.id = COALESCE(o.cooperative_id, m.cooperative_id)
        """;

    // Every turn would write a page more for a moment that nobody asks for to the second.
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    /// <summary>The address.</summary>
    public required long AddressId { get; init; }

    /// <summary>The person.</summary>
    public required long PersonId { get; init; }

    /// <summary>The channel of the address.</summary>
    public required string Channel { get; init; }

    /// <summary>The sealed address.</summary>
    public required SealedText Address { get; init; }

    /// <summary>True after the person stopped the bot there.</summary>
    public bool Blocked { get; init; }

    /// <summary>When the person last wrote from the address, at most a minute before they did.</summary>
    public required DateTime SeenUtc { get; init; }

    /// <summary>True when the platform said since that it takes no free text for them.</summary>
    public bool WindowClosed { get; init; }

    /// <summary>True for an address that was first heard of in this turn.</summary>
    public bool IsNew { get; init; }

    /// <summary>The person's sealed nickname.</summary>
    public SealedText? Nickname { get; init; }

    /// <summary>Turns so far.</summary>
    public int TurnNumber { get; init; }

    /// <summary>The sealed state; null before the first turn.</summary>
    public byte[]? State { get; init; }

    /// <summary>The latest membership or application.</summary>
    public long? MemberId { get; init; }

    /// <summary>Its status.</summary>
    public string? MemberStatus { get; init; }

    /// <summary>Its number in the register.</summary>
    public int? MemberNumber { get; init; }

    /// <summary>True for a member who is a civil servant.</summary>
    public bool IsCivilServant { get; init; }

    /// <summary>The office, if any.</summary>
    public string? OfficerRole { get; init; }

    /// <summary>The cooperative of the office or the membership.</summary>
    public CooperativeRow? Cooperative { get; init; }

    /// <summary>True when messages are kept for their next word: <see cref="OutboxStatus.Held"/>.</summary>
    public bool HasHeld { get; init; }

    /// <summary>True while an officer talks with them.</summary>
    public bool IsInTalk { get; init; }

    /// <summary>True when the address need not be touched for a word that came now.</summary>
    /// <param name="writtenUtc">When the word was written.</param>
    public bool IsFresh(DateTime writtenUtc) => !Blocked && !WindowClosed && writtenUtc - SeenUtc < SeenPrecision;

    /// <summary>Reads it.</summary>
    /// <param name="row">With the columns of <see cref="Select"/>.</param>
    internal static CallerRow Read(IRow row) => new()
    {
        AddressId = row.Number(0),
        PersonId = row.Number(1),
        Channel = row.Text(2),
        Address = new SealedText(row.Bytes(3)),
        Blocked = row.Flag(4),
        Nickname = row.IsNull(5) ? null : new SealedText(row.Bytes(5)),
        TurnNumber = row.IsNull(6) ? 0 : (int)row.Number(6),
        State = row.IsNull(7) ? null : row.Bytes(7),
        MemberId = row.IsNull(8) ? null : row.Number(8),
        MemberStatus = row.IsNull(9) ? null : row.Text(9),
        MemberNumber = row.IsNull(10) ? null : (int)row.Number(10),
        IsCivilServant = !row.IsNull(11) && row.Flag(11),
        OfficerRole = row.IsNull(12) ? null : row.Text(12),
        Cooperative = row.IsNull(13) ? null : ReadCooperative(row),
        HasHeld = row.Flag(21),
        IsInTalk = row.Flag(22),
        SeenUtc = row.Moment(23),
        WindowClosed = row.Flag(24),
    };

    private static CooperativeRow ReadCooperative(IRow row) => new(
        (int)row.Number(13), row.Text(14), row.Text(15), row.IsNull(16) ? null : row.Text(16), row.IsNull(17) ? null : row.Text(17),
        row.IsNull(18) ? 0 : row.Number(18), row.IsNull(19) ? 0 : row.Number(19), row.Flag(20));
}

/// <summary>What a dialog may say of the caller's cooperative.</summary>
public sealed record CooperativeRow(
    int Id, string Kelurahan, string Kecamatan, string? OutletAddress, string? OpeningHours, long PokokRupiah, long WajibRupiah, bool TakesSukarela);
