using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>
/// An officer turns an application down, with a reason that the applicant is told. They may apply again. <c>gone</c>: it no longer waits
/// for this officer's decision.
/// </summary>
public sealed class RejectApplication : ICapability
{
    /// <summary>Tells the applicant; filled with <see cref="Rejection"/>.</summary>
    public const string Notice = "application_rejected";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.reject")
        .Takes("application", DialogType.Text)
        .Takes("reason", DialogType.Text)
        .Gives("rejected")
        .Gives("gone");

    /// <summary>Why an application was turned down.</summary>
    internal static DialogType Rejection { get; } = DialogType.Record("rejection", ("reason", DialogType.Text));

    /// <summary>Puts a rejected application back, unless the person has applied again.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == long.Parse(subject, CultureInfo.InvariantCulture), ct);
        if (member.Status != MemberStatus.Rejected || await turn.Db.Set<Member>().AnyAsync(row => row.PersonId == member.PersonId && row.Id > member.Id, ct)
            || await ApplicationRows.IsNikTakenAsync(turn.Statements, member.NikIndex, ct))
            return null;
        ApproveApplication.Reopen(turn, member);
        return "Penolakan pendaftar";
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAdmit(turn.Caller) || await Applications.FindPendingAsync(turn, call.Text("application"), ct) is not { } member)
            return new Outcome("gone");
        string reason = call.Text("reason");
        member.Status = MemberStatus.Rejected;
        member.DecidedUtc = turn.UtcNow;
        member.DecidedBy = turn.Caller.PersonId;
        member.Reason = turn.Vault.Seal(reason);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        OfficerAct.Note(turn, Description.Name, member.Id.ToString(CultureInfo.InvariantCulture));
        turn.Notify(member.PersonId, Notice, RecordValue.Of(("reason", new TextValue(reason))));
        return new Outcome("rejected");
    }
}
