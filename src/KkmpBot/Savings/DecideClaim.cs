using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>An officer found the money of a claim: it is booked, with a receipt to both sides. <c>changed</c>: it was paid meanwhile.</summary>
public sealed class ConfirmClaim : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.confirm_claim")
        .Takes("claim", DialogType.Text)
        .Gives("confirmed", ReceiveDeposit.Receipt)
        .Gives("changed")
        .Gives("gone");

    /// <summary>Puts a booked claim back: its entry is reversed and it waits again.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        string[] parts = subject.Split(':');
        var claim = await turn.Db.Set<DepositClaim>().SingleAsync(row => row.Id == long.Parse(parts[0], CultureInfo.InvariantCulture), ct);
        if (await turn.Db.Set<DepositClaim>().AnyAsync(row => row.MemberId == claim.MemberId && row.Status == DepositClaim.Waiting, ct))
            return null;
        var (entry, _) = await TakeBack.RunAsync(
            turn, claim.CooperativeId, int.Parse(parts[1], CultureInfo.InvariantCulture), TakeBack.UndoneReason, isOwnUndo: true, ct);
        if (entry is null)
            return null;
        claim.Status = DepositClaim.Waiting;
        claim.DecidedUtc = null;
        claim.DecidedBy = null;
        return TakeBack.Words(entry);
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Claims.FindWaitingAsync(turn, call.Text("claim"), ct) is not { } claim)
            return new Outcome("gone");
        await turn.Db.LockAsync<Member>(claim.MemberId, ct);
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == claim.MemberId, ct);
        if (await DepositQuote.AgainAsync(turn, member, new Deposit(claim.Kind, claim.Rupiah, claim.Months, claim.FirstMonth ?? default), ct) is not { } deposit)
            return new Outcome("changed");
        bool wasApplicant = member.Status == MemberStatus.Approved;
        claim.Status = DepositClaim.Confirmed;
        claim.DecidedUtc = turn.UtcNow;
        claim.DecidedBy = turn.Caller.PersonId;
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        var entry = await Deposits.BookAsync(
            turn.Db, member, deposit, $"{turn.ActKey}:{deposit.Kind}", turn.UtcNow, turn.Caller.PersonId, ct, claim.Via == ClaimDeposit.ByTransfer);
        OfficerAct.Note(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{claim.Id}:{entry.Number}"));
        var receipt = await ReceiveDeposit.ReceiptAsync(turn, member, deposit, entry, ct);
        bool entered = wasApplicant && member.Status == MemberStatus.Active;
        turn.Notify(member.PersonId, entered ? ReceiveDeposit.EnteredNotice : ReceiveDeposit.DepositNotice, receipt);
        return new Outcome("confirmed", receipt);
    }
}

/// <summary>An officer did not find the money of a claim; the member is told why.</summary>
public sealed class RefuseClaim : ICapability
{
    /// <summary>Tells the member.</summary>
    public const string Notice = "claim_refused";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.refuse_claim")
        .Takes("claim", DialogType.Text)
        .Takes("reason", DialogType.Text)
        .Gives("refused")
        .Gives("gone");

    /// <summary>What the member reads.</summary>
    internal static DialogType News { get; } = DialogType.Record("claim_refusal", ("amount", DialogType.Money), ("reason", DialogType.Text));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Claims.FindWaitingAsync(turn, call.Text("claim"), ct) is not { } claim)
            return new Outcome("gone");
        claim.Status = DepositClaim.Refused;
        claim.DecidedUtc = turn.UtcNow;
        claim.DecidedBy = turn.Caller.PersonId;
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(claim.MemberId), ct);
        long person = await turn.Db.Set<Member>().Where(row => row.Id == claim.MemberId).Select(row => row.PersonId).SingleAsync(ct);
        turn.Notify(person, Notice, RecordValue.Of(("amount", new MoneyValue(claim.Rupiah)), ("reason", new TextValue(call.Text("reason")))));
        return new Outcome("refused");
    }
}
