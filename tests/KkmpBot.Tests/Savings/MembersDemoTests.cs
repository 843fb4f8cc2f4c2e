using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Savings;

public sealed class MembersDemoTests
{
    [Fact]
    public async Task The_demo_cooperative_is_staffed_and_its_books_hold()
    {
        await using var ward = await Ward.OpenAsync();
        Assert.Equal(OfficerRole.Chair, (await ward.CallerAsync(DemoPeople.OfficerPhone)).OfficerRole);
        Assert.Equal(OfficerRole.Treasurer, (await ward.CallerAsync(DemoPeople.TreasurerPhone)).OfficerRole);
        Assert.Equal(OfficerRole.Warehouse, (await ward.CallerAsync(DemoPeople.WarehousePhone)).OfficerRole);
        Assert.Equal(OfficerRole.Supervisor, (await ward.CallerAsync(DemoPeople.SupervisorPhone)).OfficerRole);
        var (savings, _) = await ward.CallAsync(await ward.CallerAsync(DemoPeople.MemberPhone), new ShowSavings());
        Assert.Equal("in_arrears", savings.Name);
        Assert.Equal(new MoneyValue(160_000), ((RecordValue)savings.Carried!).Fields["total"]);
        var statuses = await ward.AskAsync(turn => turn.Db.Set<Member>().GroupBy(row => row.Status).ToDictionaryAsync(rows => rows.Key, rows => rows.Count()));
        Assert.Equal((8, 1, 2), (statuses[MemberStatus.Active], statuses[MemberStatus.Approved], statuses[MemberStatus.Pending]));
        Assert.Empty((await LedgerVerifier.VerifyAsync(ward.Test.Database, CancellationToken.None)).Faults);
    }

    [Fact]
    public async Task The_demo_officer_admits_a_moment_later_in_any_cooperative()
    {
        await using var ward = await Ward.OpenAsync();
        var pending = await ward.AskAsync(turn => turn.Db.Set<Member>().FirstAsync(row => row.Status == MemberStatus.Pending));
        var act = new TimedAct(SubmitApplication.DemoApproval, TestDatabase.Now, pending.PersonId, $"{pending.Id}");
        var turn = await ward.Test.TurnAsync(
            new Caller(pending.PersonId, 0, "console", pending.Id, pending.CooperativeId, null),
            async turn => await ApproveInDemo.RunAsync(act, turn, CancellationToken.None));
        Assert.Equal(ApproveInDemo.Notice, Assert.Single(turn.Notices).Phrase);
        var officer = await ward.CallerAsync(DemoPeople.OfficerPhone);
        var member = await ward.AskAsync(turn => turn.Db.Set<Member>().SingleAsync(row => row.Id == pending.Id));
        Assert.Equal((MemberStatus.Active, (int?)9, (long?)officer.PersonId), (member.Status, member.Number, member.DecidedBy));

        // Run again after a crash: nothing happens twice.
        var again = await ward.Test.TurnAsync(
            new Caller(pending.PersonId, 0, "console", pending.Id, pending.CooperativeId, null),
            async turn => await ApproveInDemo.RunAsync(act, turn, CancellationToken.None));
        Assert.Empty(again.Notices);
        Assert.Equal(100_000, await ward.AskAsync(
            turn => Books.BalanceAsync(turn.Db, pending.CooperativeId, Account.Pokok, pending.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task The_demo_people_can_be_loaded_at_any_time_of_the_year()
    {
        foreach (var now in (DateTime[])[new(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2028, 2, 29, 23, 59, 0, DateTimeKind.Utc)])
        {
            await using var test = await TestDatabase.CreateAsync();
            await using var connection = await test.Database.OpenAsync(CancellationToken.None);
            await using var context = test.Database.Context(connection);
            await MembersDemo.LoadAsync(context, test.Vault, now, CancellationToken.None);
            Assert.Equal(8, await context.Set<Member>().CountAsync(row => row.Status == MemberStatus.Active));
            Assert.Empty((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
        }
    }
}
