using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>Where the person's own application or membership stands; the outcome is its status. Whoever left is a stranger again.</summary>
public sealed class ShowMembership : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.my_status")
        .Gives("stranger")
        .Gives(MemberStatus.Pending, Membership)
        .Gives(MemberStatus.Approved, Membership)
        .Gives(MemberStatus.Active, Membership)
        .Gives(MemberStatus.Rejected, Membership);

    /// <summary>One's own membership; fields that its status does not have are empty or repeat an earlier day.</summary>
    internal static DialogType Membership { get; } = DialogType.Record(
        "membership",
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("applied", DialogType.Date),
        ("since", DialogType.Date),
        ("number", DialogType.TextOf(10)),
        ("pokok_owed", DialogType.Money),
        ("reason", DialogType.Text));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } id)
            return new Outcome("stranger");
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        if (member.Status == MemberStatus.Left)
            return new Outcome("stranger");
        var rates = await SavingsRate.AllAsync(turn.Db, member.CooperativeId, SavingsRate.Pokok, ct);
        long paid = await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Pokok, member.Id, ct);
        long owed = member.Status == MemberStatus.Active ? 0 : Math.Max(0, SavingsRate.On(rates, Wib.Day(turn.UtcNow)) - paid);
        return new Outcome(member.Status, RecordValue.Of(
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("applied", new DateValue(Wib.Day(member.AppliedUtc))),
            ("since", new DateValue(Wib.Day(member.ActiveUtc ?? member.DecidedUtc ?? member.AppliedUtc))),
            ("number", new TextValue(MemberRegister.Text(member.Number))),
            ("pokok_owed", new MoneyValue(owed)),
            ("reason", new TextValue(member.Reason is null ? "" : turn.Vault.Open(member.Reason)))));
    }
}
