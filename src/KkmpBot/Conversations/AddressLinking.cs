using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// Makes several addresses one person: by a verified phone number, or because a capability knows it. The newer open dialog stays, the other
/// is parked. A person with a membership of their own is never merged into another: that is an officer's decision.
/// </summary>
/// <param name="vault">Opens the states and indexes the number.</param>
/// <param name="personTables">The slices' tables whose <c>person_id</c> follows a person.</param>
internal sealed class AddressLinking(Vault vault, IReadOnlyList<string> personTables)
{
    /// <summary>Links the caller's address by their verified number.</summary>
    /// <returns>The person the address now belongs to.</returns>
    /// <param name="caller">Who writes.</param>
    /// <param name="phone">Theirs.</param>
    /// <param name="isShared">True when they shared it on purpose; false when the platform vouches for it unasked.</param>
    /// <param name="at">Where it writes.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<long> LinkAsync(CallerRow caller, PhoneNumber phone, bool isShared, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var index = vault.Index("phone", phone.E164);
        var owner = await OwnerAsync(phone, at, ct);
        if (owner is null)
        {
            await ExecuteAsync(
                "UPDATE people SET phone = @phone, phone_index = @index WHERE id = @person", at, ct,
                ("person", caller.PersonId), ("phone", vault.Seal(phone.E164).Cipher), ("index", index));
            return caller.PersonId;
        }
        if (owner == caller.PersonId || caller.MemberId is not null || caller.OfficerRole is not null)
            return caller.PersonId;
        if (!isShared && await OtherAccountAsync(owner.Value, caller.Channel, phone, at, ct) is { } known)
        {
            var change = new ReportedNumber(known, NumberChange.NewAccount, new ReplyAddress(vault.Open(caller.Address)), phone);
            await ReportAsync(owner.Value, caller.Channel, change, at, utcNow, ct);
            return caller.PersonId;
        }
        var there = await StateOfAsync(owner.Value, at, utcNow, ct);
        await MoveAsync(owner.Value, caller.PersonId, at, ct);
        var here = caller.State is null ? StoredConversation.Empty : StoredConversation.Open(vault, caller.State);
        var merged = here.State.Frames.Count > 0
            ? here with { State = Merge(here.State, there.Stored.State) }
            : there.Stored with { State = there.Stored.State with { Parked = Newest(here.State.Parked.Concat(there.Stored.State.Parked)) } };
        var open = merged.State.Frames.Count == 0 ? null : merged.State.Frames[^1];
        // Buttons of both addresses die here: the turn number moves past either.
        var turnNumber = Math.Max(caller.TurnNumber, there.TurnNumber) + 1;
        await at.Store.SaveConversationAsync(at.Transaction, owner.Value, turnNumber, open?.Dialog, open?.State, merged.Seal(vault), utcNow, ct);
        return owner.Value;
    }

    /// <summary>Gives everything of one person to another: addresses, kept messages, timers and what the slices name.</summary>
    public async Task MoveAsync(long winner, long loser, TurnWorkspace at, CancellationToken ct)
    {
        foreach (var person in new[] { winner, loser }.Order())
            await at.Store.LockPersonAsync(at.Transaction, person, ct);
        string[] moves =
        [
            "UPDATE channel_addresses SET person_id = @winner WHERE person_id = @loser",
            "UPDATE timers SET person_id = @winner WHERE person_id = @loser",
            $"UPDATE outbox SET conversation_id = @winner WHERE conversation_id = @loser AND status = {OutboxStatus.Held}",
            "DELETE FROM conversations WHERE id = @loser",
            .. personTables.Select(table => $"UPDATE {table} SET person_id = @winner WHERE person_id = @loser"),
        ];
        foreach (var sql in moves)
        {
            (string, object?)[] values = sql.Contains("@winner", StringComparison.Ordinal) ? [("winner", winner), ("loser", loser)] : [("loser", loser)];
            await ExecuteAsync(sql, at, ct, values);
        }
    }

    /// <summary>Makes an address a stranger's.</summary>
    /// <returns>The stranger.</returns>
    public static async Task<long> LeaveAsync(long addressId, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await using var add = Commands.Command(
            at.Connection, at.Transaction, "INSERT INTO people (created_utc) VALUES (@now) RETURNING id", ("now", utcNow));
        var stranger = Convert.ToInt64(await add.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
        await ExecuteAsync("UPDATE channel_addresses SET person_id = @person WHERE id = @address", at, ct, ("person", stranger), ("address", addressId));
        return stranger;
    }

    /// <summary>Notes that a member writes from elsewhere, for an officer to decide. Strangers' numbers concern nobody.</summary>
    /// <returns>True when somebody will be told.</returns>
    public async Task<bool> ReportAsync(
        long personId, string channel, ReportedNumber change, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await using var insert = Commands.Command(
            at.Connection, at.Transaction, $"{NumberChange.Insert}",
            ("person", personId), ("address", change.AddressId), ("kind", change.Kind), ("new", vault.Seal(change.NewAddress.Value).Cipher),
            ("index", vault.Index($"address:{channel}", change.NewAddress.Value)),
            ("phone", change.Phone is { } phone ? vault.Seal(phone.E164).Cipher : null), ("now", utcNow));
        if (await insert.ExecuteScalarAsync(ct) is not { } id)
            return false;
        var subject = Convert.ToInt64(id, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        await at.Store.AddTimerAsync(at.Transaction, NumberChange.TimedAct, utcNow, personId, subject, ct);
        return true;
    }

    /// <summary>Where a person stands, and their turns so far.</summary>
    public async Task<(StoredConversation Stored, int TurnNumber)> StateOfAsync(long personId, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var row = await at.Store.FindPersonAsync(at.Transaction, personId, utcNow, ct);
        return (row?.State is { } state ? StoredConversation.Open(vault, state) : StoredConversation.Empty, row?.TurnNumber ?? 0);
    }

    /// <summary>What is open here stays open; what is open there is parked with what both had parked.</summary>
    public static ConversationState Merge(ConversationState here, ConversationState there) =>
        here with { Parked = Newest(here.Parked.Concat(there.Parked).Concat(there.Frames.Take(1))) };

    private static Frame[] Newest(IEnumerable<Frame> frames) =>
        [.. frames.Where(frame => frame.Dialog != Dialog.Menu).Reverse().DistinctBy(frame => frame.Dialog).Take(ConversationState.MaxParked).Reverse()];

    // A number that writes from another account than before may have a new owner; before there were such ids, the number itself was the address.
    private async Task<long?> OtherAccountAsync(long owner, string channel, PhoneNumber phone, TurnWorkspace at, CancellationToken ct)
    {
        await using var query = Commands.Command(
            at.Connection, at.Transaction,
            "SELECT id FROM channel_addresses WHERE person_id = @person AND channel = @channel AND address_index NOT IN (@number, @older) ORDER BY id LIMIT 1",
            ("person", owner), ("channel", channel), ("number", vault.Index($"address:{channel}", phone.E164)), ("older", vault.Indexes($"address:{channel}", phone.E164)[^1]));
        return await query.ExecuteScalarAsync(ct) as long?;
    }

    private async Task<long?> OwnerAsync(PhoneNumber phone, TurnWorkspace at, CancellationToken ct)
    {
        foreach (byte[] index in vault.Indexes("phone", phone.E164))
        {
            await using var query = Commands.Command(at.Connection, at.Transaction, "SELECT id FROM people WHERE phone_index = @index", ("index", index));
            if (await query.ExecuteScalarAsync(ct) is long owner)
                return owner;
        }
        return null;
    }

    private static async Task ExecuteAsync(string sql, TurnWorkspace at, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using var command = Commands.Command(at.Connection, at.Transaction, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>A member writes from another number.</summary>
/// <param name="AddressId">The address that was theirs.</param>
/// <param name="Kind">How that is known.</param>
/// <param name="NewAddress">Where they write from now.</param>
/// <param name="Phone">The number, where the platform told it.</param>
internal sealed record ReportedNumber(long AddressId, string Kind, ReplyAddress NewAddress, PhoneNumber? Phone);
