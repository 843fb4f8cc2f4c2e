using KkmpBot.Auditing;
using KkmpBot.Members;
using KkmpBot.Privacy;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Privacy;

/// <summary>Who looked at whose data: found by whom an entry names, however many others there are.</summary>
public sealed class LooksTests
{
    [Fact]
    public async Task A_member_sees_every_look_at_them_and_at_nobody_else()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, other, chair) = (await shop.MemberAsync(), await shop.MemberAsync(), await shop.OfficerAsync());
        var (own, foreign) = (MemberRegister.Subject(member.MemberId!.Value), MemberRegister.Subject(other.MemberId!.Value));
        await shop.WriteAsync(turn => turn.Db.Set<Member>().Single(row => row.Id == member.MemberId).ActiveUtc = shop.UtcNow);
        foreach (var (act, subject) in new[]
        {
            ("members.show", own), ("members.show", foreign), ("members.show", $"{own}0"), ("members.list", $"{foreign} {own} {own}"),
            ("papers.print", "register:pdf"), ("papers.print", "journal:pdf"),
        })
        {
            shop.UtcNow += TimeSpan.FromMinutes(1);
            await shop.Test.TurnAsync(chair, turn => Audit.RecordAsync(turn, act, subject, CancellationToken.None), shop.UtcNow);
        }
        // Their own acts are no looks of others.
        await shop.Test.TurnAsync(member, turn => Audit.RecordAsync(turn, "members.show", own, CancellationToken.None), shop.UtcNow);

        Assert.Equal(3, (await shop.CallAsync(member, new ShowLooks())).Items().Count);
        Assert.Equal(2, (await shop.CallAsync(other, new ShowLooks())).Items().Count);
        var words = await shop.ReadAsync(turn => turn.Db.Set<AuditSubject>().Where(row => row.CooperativeId == Shop.Jatisari && row.Subject == own).CountAsync());
        Assert.Equal(3, words);
        Assert.Empty(await shop.ReadAsync(turn => Audit.VerifyAsync(turn.Db, CancellationToken.None)));
    }
}
