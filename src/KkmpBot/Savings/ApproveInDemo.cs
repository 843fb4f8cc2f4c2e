using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// In the demo, a moment after an application: the demo officer admits the applicant and books the simpanan pokok, through the same doors
/// as a real one, in whatever cooperative. The applicant is told that it was the demo.
/// </summary>
public static class ApproveInDemo
{
    /// <summary>Tells the new member; filled with <see cref="ReceiveDeposit.Receipt"/>.</summary>
    public const string Notice = "demo_member_entered";

    /// <summary>Runs the act; an application that was decided meanwhile stays as it is.</summary>
    /// <param name="act">Its subject is the application's id.</param>
    /// <param name="turn">The turn's scope.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        long id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        await turn.Db.LockAsync<Member>(id, ct);
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == id, ct);
        if (member.Status != MemberStatus.Pending)
            return;
        var phone = turn.Vault.Indexes("phone", DemoPeople.OfficerPhone);
        long officer = await turn.Db.Set<Person>().Where(row => row.PhoneIndex != null && phone.Contains(row.PhoneIndex)).Select(row => row.Id).SingleAsync(ct);
        ApproveApplication.Admit(member, officer, turn.UtcNow);
        await Audit.RecordAsync(
            turn.Db, member.CooperativeId, turn.UtcNow, officer, SubmitApplication.DemoApproval, MemberRegister.Subject(id), ct);
        long owed = await Deposits.PokokOwedAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct);
        var pokok = new Deposit(SavingsRate.Pokok, owed, 0, default);
        var entry = await Deposits.BookAsync(turn.Db, member, pokok, $"{SubmitApplication.DemoApproval}:{id}", turn.UtcNow, officer, ct);
        turn.Notify(member.PersonId, Notice, await ReceiveDeposit.ReceiptAsync(turn, member, pokok, entry, ct));
    }
}
