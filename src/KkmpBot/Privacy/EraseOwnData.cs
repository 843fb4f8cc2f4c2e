using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Privacy;

/// <summary>What stands in the way of erasing a person; nothing does for whoever is no member and has nothing under way.</summary>
internal static class ErasureRules
{
    /// <summary>Officers first hand over their office.</summary>
    public const string Officer = "officer";

    /// <summary>Members first leave: the register is of the living cooperative.</summary>
    public const string Member = "member";

    /// <summary>Orders and goods kept for them come first.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Nothing.</summary>
    public const string Free = "free";

    /// <summary>Reads it, with their memberships locked.</summary>
    public static async Task<string> ReadAsync(Turn turn, CancellationToken ct)
    {
        long person = turn.Caller.PersonId;
        if (turn.Caller.OfficerRole is not null || await turn.Db.Set<Officer>().AnyAsync(row => row.PersonId == person, ct))
            return Officer;
        var members = turn.Db.Set<Member>().Where(row => row.PersonId == person);
        await turn.Db.LockAsync<Member>(await members.Select(row => row.Id).ToListAsync(ct), ct);
        if (await turn.Db.Set<Order>().AnyAsync(row => row.PersonId == person && row.Status == OrderStatus.Placed, ct)
            || await turn.Db.Set<StockWait>().AnyAsync(row => row.PersonId == person && row.Status == WaitStatus.Offered, ct))
        {
            return Unfinished;
        }
        return await members.AnyAsync(row => row.Status == MemberStatus.Active, ct) || await OwnsAsync(turn, await members.Select(row => row.Id).ToListAsync(ct), ct)
            ? Member
            : Free;
    }

    // Money that is theirs has to find its way back before their name goes.
    private static async Task<bool> OwnsAsync(Turn turn, List<long> members, CancellationToken ct)
    {
        string[] owned = [Account.Pokok.Code, Account.Wajib.Code, Account.Sukarela.Code, Account.MemberShu.Code, Account.Prepayments.Code];
        var sums = await turn.Db.Set<JournalLine>().Where(line => line.MemberId != null && members.Contains(line.MemberId.Value) && owned.Contains(line.Account))
            .GroupBy(line => new { line.MemberId, line.Account }).Select(group => group.Sum(line => line.CreditRupiah - line.DebitRupiah)).ToListAsync(ct);
        // What the articles leave with the cooperative was taken over by it when they left.
        return sums.Exists(sum => sum > 0)
            && await turn.Db.Set<Member>().AnyAsync(row => members.Contains(row.Id) && row.Status != MemberStatus.Left, ct);
    }
}

/// <summary>Whether a person can be erased now, and what stands in the way.</summary>
public sealed class QuoteErasure : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.quote_erasure")
        .Gives(ErasureRules.Free).Gives(ErasureRules.Member).Gives(ErasureRules.Unfinished).Gives(ErasureRules.Officer);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) => new(await ErasureRules.ReadAsync(turn, ct));
}

/// <summary>
/// Erases the caller. Their address becomes a stranger's, so that they can be told so, and is forgotten too when it has been silent for
/// <see cref="Silence"/>. <c>changed</c>: something came in the way meanwhile.
/// </summary>
public sealed class EraseOwnData : ICapability
{
    /// <summary>The timed act that forgets the address; its subject is the address.</summary>
    public const string ForgetKind = "privacy.forget";

    /// <summary>How long an address is silent before it is forgotten after an erasure.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.erase").Gives("erased").Gives("changed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ErasureRules.ReadAsync(turn, ct) != ErasureRules.Free)
            return new Outcome("changed");
        long person = turn.Caller.PersonId;
        var members = await turn.Db.Set<Member>().AsNoTracking().Where(row => row.PersonId == person).ToListAsync(ct);
        foreach (var given in await Given.OfAsync(turn.Db, person, ct))
            turn.Db.Add(Given.TakenBack(turn, given.Purpose));
        await new Erasure(turn, ct).EraseAsync(person, turn.Caller.AddressId);
        foreach (var member in members.OrderBy(row => row.CooperativeId))
            await Audit.RecordAsync(turn.Db, member.CooperativeId, turn.UtcNow, person, "privacy.erased", MemberRegister.Subject(member.Id), ct);
        turn.Change(new PersonChange.Forget(turn.Caller.AddressId));
        turn.Schedule(new TimedAct(ForgetKind, turn.UtcNow + Silence, person, turn.Caller.AddressId.ToString(CultureInfo.InvariantCulture)));
        return new Outcome("erased");
    }

    /// <summary>Forgets the address that an erased person wrote from last; puts it off while they still write, and leaves whoever registers again alone.</summary>
    internal static async ValueTask ForgetAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        long id = long.Parse(act.Subject, NumberStyles.None, CultureInfo.InvariantCulture);
        if (await turn.Db.Set<ChannelAddress>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } address)
            return;
        if (address.LastSeenUtc + Silence > turn.UtcNow)
        {
            turn.Schedule(act with { DueUtc = address.LastSeenUtc + Silence });
            return;
        }
        bool isSomebody = await turn.Db.Set<Consent>().AnyAsync(row => row.PersonId == address.PersonId, ct)
            || await turn.Db.Set<Member>().AnyAsync(row => row.PersonId == address.PersonId, ct);
        if (!isSomebody)
            await new Erasure(turn, ct).EraseAsync(address.PersonId, null);
    }
}

/// <summary>Erases what no law and no running business needs: sent messages, the web chat's log, answered complaints and questions, parked dialogs.</summary>
public sealed class EraseOwnChat : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.erase_chat").Gives("erased");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        long person = turn.Caller.PersonId;
        int[] finished = [OutboxStatus.Sent, OutboxStatus.Rejected, OutboxStatus.Blocked, OutboxStatus.GivenUp, OutboxStatus.Unknown, OutboxStatus.PassedOn];
        await turn.Db.Set<OutboxMessage>().Where(row => row.ConversationId == person && finished.Contains(row.Status)).ExecuteDeleteAsync(ct);
        await turn.Db.Set<Complaints.Complaint>().Where(row => row.PersonId == person && row.AnsweredUtc != null).ExecuteDeleteAsync(ct);
        await turn.Db.Set<Handovers.Handover>().Where(row => row.PersonId == person && row.ClosedUtc != null).ExecuteDeleteAsync(ct);
        var web = await turn.Db.Set<ChannelAddress>().Where(row => row.PersonId == person && row.Channel == "web").Select(row => row.Address).ToListAsync(ct);
        foreach (var address in web)
        {
            byte[] user = turn.Vault.Index("web user", turn.Vault.Open(address));
            var conversations = turn.Db.Set<WebConversation>().Where(row => row.UserIndex == user).Select(row => row.Id);
            await turn.Db.Set<WebActivity>().Where(row => conversations.Contains(row.ConversationId) && row.Pending == 0).ExecuteDeleteAsync(ct);
        }
        return new Outcome("erased");
    }
}
