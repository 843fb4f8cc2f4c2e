using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>The register of members that the law asks the board to keep (UU 25/1992 art. 30): who is in it, and under which number.</summary>
public static class MemberRegister
{
    /// <summary>
    /// Enters an approved applicant whose simpanan pokok is complete: they are a member from now on. Call it after booking the pokok; the
    /// head of the cooperative's ledger is locked then, so no two members get one number.
    /// </summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="member">Approved and tracked; anything else throws.</param>
    /// <param name="utcNow">When.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task EnterAsync(KkmpDbContext db, Member member, DateTime utcNow, CancellationToken ct)
    {
        if (member.Status != MemberStatus.Approved)
            throw new InvalidOperationException($"A {member.Status} applicant cannot be entered in the register.");
        int last = await db.Set<Member>().Where(row => row.CooperativeId == member.CooperativeId).MaxAsync(row => row.Number, ct) ?? 0;
        member.Status = MemberStatus.Active;
        member.Number = last + 1;
        member.ActiveUtc = utcNow;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>A number as people read it: "0007"; empty while there is none.</summary>
    /// <param name="number">The number in the register.</param>
    public static string Text(int? number) => number is null ? "" : number.Value.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>How the audit log names an application or member: "member:12".</summary>
    /// <param name="memberId">The row.</param>
    public static string Subject(long memberId) => string.Create(CultureInfo.InvariantCulture, $"member:{memberId}");
}
