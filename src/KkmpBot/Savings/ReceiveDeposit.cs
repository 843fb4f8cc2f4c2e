using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// An officer takes a deposit in cash: booked once, with a receipt to both sides. The books are asked again, so that what was confirmed
/// is what is booked even when another officer was faster.
/// </summary>
public sealed class ReceiveDeposit : ICapability
{
    /// <summary>Tells the payer; filled with <see cref="Receipt"/>.</summary>
    public const string DepositNotice = "deposit_received";

    /// <summary>Tells the payer whose simpanan pokok is complete; filled with <see cref="Receipt"/>.</summary>
    public const string EnteredNotice = "member_entered";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.receive")
        .Takes("payer", DialogType.Text)
        .Takes("kind", DialogType.Choice)
        .Takes("months", DialogType.Whole)
        .Takes("from", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Gives("received", Receipt)
        .Gives("entered", Receipt)
        .Gives("changed");

    /// <summary>What both sides keep. <c>number</c> is the register number, "-" before membership.</summary>
    internal static DialogType Receipt { get; } = DialogType.Record(
        "receipt",
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("number", DialogType.TextOf(10)),
        ("cooperative", DialogType.TextOf(24)),
        ("what", DialogType.TextOf(Deposit.MaxTextLength)),
        ("amount", DialogType.Money),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await DepositQuote.FindPayerAsync(turn, call.Text("payer"), ct) is not { } member)
            return new Outcome("changed");
        // Two officers with one member's money: the second counts on from what the first has booked.
        await turn.Db.LockAsync<Member>(member.Id, ct);
        if (await DepositQuote.AgainAsync(turn, member, call, ct) is not { } deposit)
            return new Outcome("changed");

        bool wasApplicant = member.Status == MemberStatus.Approved;
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        var entry = await Deposits.BookAsync(turn.Db, member, deposit, $"{turn.ActKey}:{deposit.Kind}", turn.UtcNow, turn.Caller.PersonId, ct);
        CorrectionsSlice.NoteEntry(turn, entry);
        var receipt = await ReceiptAsync(turn, member, deposit, entry, ct);
        bool entered = wasApplicant && member.Status == MemberStatus.Active;
        turn.Notify(member.PersonId, entered ? EnteredNotice : DepositNotice, receipt);
        return new Outcome(entered ? "entered" : "received", receipt);
    }

    /// <summary>The receipt of a booked deposit.</summary>
    internal static Task<RecordValue> ReceiptAsync(Turn turn, Member member, Deposit deposit, JournalEntry entry, CancellationToken ct) =>
        ReceiptAsync(turn, member, deposit.Text, deposit.Rupiah, entry, ct);

    /// <summary>The receipt of whatever was booked for a member.</summary>
    internal static async Task<RecordValue> ReceiptAsync(
        Turn turn, Member member, string what, long rupiah, JournalEntry entry, CancellationToken ct)
    {
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, ct);
        return RecordValue.Of(
            ("code", new TextValue(ReceiptCode.Of(entry))),
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("number", new TextValue(member.Number is null ? "-" : MemberRegister.Text(member.Number))),
            ("cooperative", new TextValue(cooperative.Name)),
            ("what", new TextValue(what)),
            ("amount", new MoneyValue(rupiah)),
            ("day", new DateValue(entry.BookedOn)));
    }
}
