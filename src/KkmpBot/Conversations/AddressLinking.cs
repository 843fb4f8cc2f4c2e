using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// A verified phone number makes two addresses one person: the address moves to the person who has the number, and with it the newer
/// open dialog, while the other is parked. A person with a membership of their own is never merged into another: that is an officer's decision.
/// </summary>
/// <param name="vault">Opens the states and indexes the number.</param>
internal sealed class AddressLinking(Vault vault)
{
    /// <summary>Links the caller's address by their verified number.</summary>
    /// <returns>The person the address now belongs to.</returns>
    public async Task<long> LinkAsync(CallerRow caller, string phone, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var index = vault.Index("phone", phone);
        var owner = await OwnerAsync(index, at, ct);
        if (owner is null)
        {
            await ExecuteAsync("UPDATE people SET phone = @p1, phone_index = @p2 WHERE id = @p0", at, ct, caller.PersonId, vault.Seal(phone).Cipher, index);
            return caller.PersonId;
        }
        if (owner == caller.PersonId || caller.MemberId is not null || caller.OfficerRole is not null)
            return caller.PersonId;
        await at.Store.LockPersonAsync(at.Transaction, owner.Value, ct);
        await ExecuteAsync("UPDATE channel_addresses SET person_id = @p1 WHERE id = @p0", at, ct, caller.AddressId, owner.Value);
        await MergeStateAsync(caller, owner.Value, at, utcNow, ct);
        return owner.Value;
    }

    private async Task MergeStateAsync(CallerRow caller, long owner, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var here = caller.State is null ? StoredConversation.Empty : StoredConversation.Open(vault, caller.State);
        var row = await at.Store.FindPersonAsync(at.Transaction, owner, utcNow, ct)
            ?? throw new InvalidOperationException("The person who was linked to has no address.");
        var there = row.State is null ? StoredConversation.Empty : StoredConversation.Open(vault, row.State);
        var merged = here.State.Frames.Count == 0
            ? there
            : here with { State = here.State with { Parked = Newest(there.State.Parked, there.State.Frames) } };
        var open = merged.State.Frames.Count == 0 ? null : merged.State.Frames[^1];
        // Buttons of both addresses die here: the turn number moves past either.
        var turnNumber = Math.Max(caller.TurnNumber, row.TurnNumber) + 1;
        await at.Store.SaveConversationAsync(at.Transaction, owner, turnNumber, open?.Dialog, open?.State, merged.Seal(vault), utcNow, ct);
    }

    private static Frame[] Newest(IReadOnlyList<Frame> parked, IReadOnlyList<Frame> open) =>
        [.. parked.Concat(open.TakeLast(1)).TakeLast(ConversationState.MaxParked)];

    private static async Task<long?> OwnerAsync(byte[] phoneIndex, TurnWorkspace at, CancellationToken ct)
    {
        await using var command = at.Connection.CreateCommand();
        command.Transaction = at.Transaction;
        command.CommandText = "SELECT id FROM people WHERE phone_index = @p0";
        Add(command, "@p0", phoneIndex);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    private static async Task ExecuteAsync(string sql, TurnWorkspace at, CancellationToken ct, params object[] values)
    {
        await using var command = at.Connection.CreateCommand();
        command.Transaction = at.Transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            Add(command, $"@p{i}", values[i]);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Add(System.Data.Common.DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
