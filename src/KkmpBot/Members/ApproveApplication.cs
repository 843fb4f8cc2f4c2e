using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>
/// An officer admits an applicant. Membership begins when simpanan pokok is paid in full. <c>gone</c>: it no longer waits for this
/// officer's decision, because another decided or because it never was theirs to make.
/// </summary>
public sealed class ApproveApplication : ICapability
{
    /// <summary>Tells the applicant; filled with <see cref="Admission"/>.</summary>
    public const string Notice = "application_approved";

    /// <summary>Tells the applicant that the decision was taken back a moment later.</summary>
    public const string ReopenedNotice = "application_reopened";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.approve")
        .Takes("application", DialogType.Text)
        .Gives("approved", Admission)
        .Gives("gone");

    /// <summary>Who was admitted where, and what they pay to become a member.</summary>
    internal static DialogType Admission { get; } = DialogType.Record(
        "admission",
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("cooperative", DialogType.TextOf(24)),
        ("pokok", DialogType.Money));

    /// <summary>Admits an applicant: the decision is dated and signed. The caller saves.</summary>
    /// <param name="member">Pending; anything else throws.</param>
    /// <param name="byPersonId">The officer.</param>
    /// <param name="utcNow">When.</param>
    public static void Admit(Member member, long byPersonId, DateTime utcNow)
    {
        if (member.Status != MemberStatus.Pending)
            throw new InvalidOperationException($"A {member.Status} application cannot be approved.");
        member.Status = MemberStatus.Approved;
        member.DecidedUtc = utcNow;
        member.DecidedBy = byPersonId;
    }

    /// <summary>Puts an approved application back where nothing was paid on it.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == long.Parse(subject, CultureInfo.InvariantCulture), ct);
        if (member.Status != MemberStatus.Approved || await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Pokok, member.Id, ct) != 0)
            return null;
        Reopen(turn, member);
        return "Persetujuan pendaftar";
    }

    /// <summary>An application waits again, and the applicant is told.</summary>
    internal static void Reopen(Turn turn, Member member)
    {
        member.Status = MemberStatus.Pending;
        member.DecidedUtc = null;
        member.DecidedBy = null;
        member.Reason = null;
        turn.Notify(member.PersonId, ReopenedNotice);
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAdmit(turn.Caller) || await Applications.FindPendingAsync(turn, call.Text("application"), ct) is not { } member)
            return new Outcome("gone");
        Admit(member, turn.Caller.PersonId, turn.UtcNow);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        OfficerAct.Note(turn, Description.Name, member.Id.ToString(CultureInfo.InvariantCulture));
        var admission = await AdmissionAsync(member, turn.Db, turn, ct);
        turn.Notify(member.PersonId, Notice, admission);
        return new Outcome("approved", admission);
    }

    private static async Task<RecordValue> AdmissionAsync(Member member, KkmpDbContext db, Turn turn, CancellationToken ct)
    {
        var cooperative = await db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, ct);
        var rates = await SavingsRate.AllAsync(db, cooperative.Id, SavingsRate.Pokok, ct);
        return RecordValue.Of(
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("cooperative", new TextValue(cooperative.Name)),
            ("pokok", new MoneyValue(SavingsRate.On(rates, Wib.Day(turn.UtcNow)))));
    }
}
