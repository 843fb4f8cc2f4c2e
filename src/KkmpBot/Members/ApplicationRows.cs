using KkmpBot.Data;

namespace KkmpBot.Members;

/// <summary>What may stand in the way of an application, and where it goes.</summary>
/// <param name="HasNickname">True for a person who is called by a name already.</param>
/// <param name="HasConsented">Their latest word on membership is a yes.</param>
/// <param name="HasOpenMembership">They are, or applied to be, a member somewhere.</param>
/// <param name="IsNikTaken">Somebody with this NIK is.</param>
/// <param name="CooperativeId">The cooperative of the kelurahan.</param>
internal sealed record Standing(bool HasNickname, bool HasConsented, bool HasOpenMembership, bool IsNikTaken, int CooperativeId);

/// <summary>
/// The rows of an application, by statements of their own: when all civil servants of a city are told to join, thousands are handed in within days,
/// and Entity Framework would be two thirds of what one costs.
/// </summary>
internal static class ApplicationRows
{
    private const string StandingOf = $"""
        SELECT p.nickname IS NOT NULL,
               COALESCE((SELECT given FROM consents WHERE person_id = p.id AND purpose = '{ConsentPurpose.Membership}' ORDER BY id DESC LIMIT 1), FALSE),
               EXISTS (SELECT 1 FROM members WHERE person_id = p.id AND status NOT IN ('{MemberStatus.Rejected}', '{MemberStatus.Left}')),
               EXISTS (SELECT 1 FROM members WHERE nik_index = @nik AND status IN {MemberStatus.Open}),
               (SELECT id FROM cooperatives WHERE code = @code)
        FROM people p WHERE p.id = @person
        """;

    private const string HoldsNik = $"SELECT EXISTS (SELECT 1 FROM members WHERE nik_index = @nik AND status IN {MemberStatus.Open})";

    private const string AddMember = """
        INSERT INTO members (person_id, cooperative_id, status, full_name, nik, nik_index, phone, address, is_civil_servant, nip, nip_index, applied_utc)
        VALUES (@person, @cooperative, @status, @name, @nik, @nikIndex, @phone, @address, @isCivilServant, @nip, @nipIndex, @applied) RETURNING id
        """;

    /// <summary>All that an application has to know, in one query.</summary>
    /// <param name="statements">In the turn's transaction.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="code">The kelurahan.</param>
    /// <param name="nikIndex">The blind index of the NIK.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Standing> ReadAsync(Statements statements, long personId, string code, byte[] nikIndex, CancellationToken ct)
    {
        await using var command = statements.Command(StandingOf, ("nik", nikIndex), ("code", code), ("person", personId));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new Standing(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt32(4))
            : throw new InvalidOperationException("An application came from nobody.");
    }

    /// <summary>True when somebody with this NIK is, or applied to be, a member.</summary>
    /// <param name="statements">In the turn's transaction.</param>
    /// <param name="nikIndex">The blind index of the NIK.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> IsNikTakenAsync(Statements statements, byte[] nikIndex, CancellationToken ct)
    {
        await using var command = statements.Command(HoldsNik, ("nik", nikIndex));
        return await command.ExecuteScalarAsync(ct) is true or 1L;
    }

    /// <summary>Writes an application that waits for the board.</summary>
    /// <param name="statements">In the turn's transaction.</param>
    /// <param name="member">The application; what comes with the decision is not written.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Its id.</returns>
    public static async Task<long> AddAsync(Statements statements, Member member, CancellationToken ct)
    {
        await using var command = statements.Command(
            AddMember, ("person", member.PersonId), ("cooperative", member.CooperativeId), ("status", member.Status), ("name", member.FullName.Cipher),
            ("nik", member.Nik.Cipher), ("nikIndex", member.NikIndex), ("phone", member.Phone.Cipher), ("address", member.Address.Cipher),
            ("isCivilServant", member.IsCivilServant), ("nip", member.Nip?.Cipher), ("nipIndex", member.NipIndex), ("applied", member.AppliedUtc));
        return await command.ExecuteScalarAsync(ct) is long id ? id : throw new InvalidOperationException("An application got no id.");
    }

    /// <summary>Calls a person by a name.</summary>
    /// <param name="statements">In the turn's transaction.</param>
    /// <param name="personId">Who.</param>
    /// <param name="nickname">The name.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task GiveNicknameAsync(Statements statements, long personId, SealedText nickname, CancellationToken ct)
    {
        await using var command = statements.Command("UPDATE people SET nickname = @name WHERE id = @person", ("name", nickname.Cipher), ("person", personId));
        await command.ExecuteNonQueryAsync(ct);
    }
}
