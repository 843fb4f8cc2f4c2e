using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Savings;

public sealed class DepositTests
{
    private const int Jatisari = 159;
    private const int Devices = 50;

    [Fact]
    public async Task Pokok_in_two_parts_makes_a_member()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var tumini = await ward.CallerAsync("+6281200000010");
        var (first, turn) = await ReceiveAsync(ward, treasurer, tumini, "pokok", 0, 20_000);
        Assert.Equal("received", first.Name);
        Assert.Equal(ReceiveDeposit.DepositNotice, Assert.Single(turn.Notices).Phrase);
        Assert.Equal(MemberStatus.Approved, (await MemberAsync(ward, tumini)).Status);

        var (second, next) = await ReceiveAsync(ward, treasurer, tumini, "pokok", 0, 30_000);
        Assert.Equal("entered", second.Name);
        var notice = Assert.Single(next.Notices);
        Assert.Equal((tumini.PersonId, ReceiveDeposit.EnteredNotice), (notice.PersonId, notice.Phrase));
        var member = await MemberAsync(ward, tumini);
        Assert.Equal((MemberStatus.Active, (int?)9, TestDatabase.Now), (member.Status, member.Number, member.ActiveUtc));
        Assert.Equal(100_000, await BalanceAsync(ward, Account.Pokok, tumini));
        Assert.Equal(((RecordValue)second.Carried!).Text("code"), notice.Values!.Text("code"));
    }

    [Fact]
    public async Task No_more_pokok_is_taken_than_is_owed()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var tumini = await ward.CallerAsync("+6281200000010");
        Assert.Equal("changed", (await ReceiveAsync(ward, treasurer, tumini, "pokok", 0, 50_001)).Outcome.Name);
        Assert.Equal("changed", (await ReceiveAsync(ward, treasurer, tumini, "pokok", 0, 0)).Outcome.Name);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        Assert.Equal("changed", (await ReceiveAsync(ward, treasurer, sri, "pokok", 0, 10_000)).Outcome.Name);
        Assert.Equal(50_000, await BalanceAsync(ward, Account.Pokok, tumini));
    }

    [Fact]
    public async Task Wajib_is_taken_in_whole_months_at_their_price()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        var (quoted, _) = await ward.CallAsync(treasurer, new QuoteDeposit(), ("payer", Key(sri)), ("said", new TextValue("okt-des")));
        var quote = (RecordValue)quoted.Carried!;
        Assert.Equal("Simpanan wajib 3 bulan (Oktober–Desember 2026)", quote.Text("what"));
        Assert.Equal(new MoneyValue(30_000), quote.Fields["amount"]);
        Assert.Equal("changed", (await ReceiveAsync(ward, treasurer, sri, "wajib", 3, 29_000)).Outcome.Name);
        Assert.Equal("received", (await ReceiveAsync(ward, treasurer, sri, "wajib", 3, 30_000)).Outcome.Name);
        Assert.Equal(90_000, await BalanceAsync(ward, Account.Wajib, sri));

    }

    [Fact]
    public async Task Nobody_takes_wajib_before_membership()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var tumini = await ward.CallerAsync("+6281200000010");
        Assert.Equal("changed", (await ReceiveAsync(ward, treasurer, tumini, "wajib", 1, 10_000)).Outcome.Name);
    }

    [Theory]
    [InlineData(DemoPeople.WarehousePhone)]
    [InlineData(DemoPeople.SupervisorPhone)]
    [InlineData(DemoPeople.MemberPhone)]
    public async Task Others_take_no_money(string phone)
    {
        await using var ward = await Ward.OpenAsync();
        var caller = await ward.CallerAsync(phone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        Assert.Equal("changed", (await ReceiveAsync(ward, caller, sri, "wajib", 1, 10_000)).Outcome.Name);
        Assert.Equal("none", (await ward.CallAsync(caller, new FindPayer(), ("text", new TextValue("sri")))).Outcome.Name);
        Assert.Equal(60_000, await BalanceAsync(ward, Account.Wajib, sri));
    }

    [Fact]
    public async Task A_treasurer_of_another_cooperative_finds_and_takes_nothing()
    {
        await using var ward = await Ward.OpenAsync();
        var elsewhere = (await ward.CallerAsync(DemoPeople.TreasurerPhone)) with { CooperativeId = 158 };
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        Assert.Equal("none", (await ward.CallAsync(elsewhere, new FindPayer(), ("text", new TextValue("sri")))).Outcome.Name);
        Assert.Equal("changed", (await ReceiveAsync(ward, elsewhere, sri, "wajib", 1, 10_000)).Outcome.Name);
    }

    [Fact]
    public async Task The_same_act_books_once()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        await ward.Test.TurnAsync(treasurer, async turn =>
        {
            var call = new CapabilityCall("savings.receive", Arguments(sri, "wajib", 1, 10_000).ToDictionary(pair => pair.Name, pair => pair.Value));
            var once = await new ReceiveDeposit().CallAsync(call, turn, CancellationToken.None);
            var again = await new ReceiveDeposit().CallAsync(call, turn, CancellationToken.None);
            Assert.Equal(("received", "changed"), (once.Name, again.Name));
        });
        Assert.Equal(70_000, await BalanceAsync(ward, Account.Wajib, sri));
    }

    [Theory]
    [InlineData("sri", "Sri Wahyuni")]
    [InlineData("Bu Sri", "Sri Wahyuni")]
    [InlineData("WAHYUNI sri", "Sri Wahyuni")]
    [InlineData("5", "Sri Wahyuni")]
    [InlineData("0005", "Sri Wahyuni")]
    [InlineData("0812-0000-0001", "Sri Wahyuni")]
    [InlineData("pak slamet", "Slamet Riyadi|Slamet Hartono")]
    [InlineData("slamet h", "Slamet Hartono")]
    [InlineData("tumini", "Tumini")]
    [InlineData("wawan", "")]
    [InlineData("pak", "")]
    [InlineData("😀", "")]
    [InlineData("99999999999999999999", "")]
    public async Task Finds_a_payer(string text, string names)
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var (outcome, _) = await ward.CallAsync(treasurer, new FindPayer(), ("text", new TextValue(text)));
        var found = outcome.Carried is ListValue list ? list.Items.Select(item => item.Text("name")) : [];
        Assert.Equal(names, string.Join('|', found));
    }

    [Fact]
    public async Task Deposits_are_in_the_audit_log()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        await ReceiveAsync(ward, treasurer, sri, "wajib", 1, 10_000);
        var entry = Assert.Single(await ward.AskAsync(turn => turn.Db.Set<AuditEntry>().ToListAsync()));
        Assert.Equal((Jatisari, treasurer.PersonId, "savings.receive", $"member:{sri.MemberId}"),
            (entry.CooperativeId, entry.ByPersonId, entry.Act, entry.Subject));
    }

    [Fact]
    public async Task Of_fifty_devices_that_take_the_same_month_at_the_same_instant_one_has_it()
    {
        await using var ward = await Ward.OpenAsync();
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        long before = await BalanceAsync(ward, Account.Wajib, sri);
        var taken = await Task.WhenAll(Enumerable.Range(0, Devices).Select(_ => Task.Run(() => ReceiveAsync(ward, treasurer, sri, "wajib", 1, 10_000))));
        Assert.Single(taken, one => one.Outcome.Name == "received");
        Assert.Equal(before + 10_000, await BalanceAsync(ward, Account.Wajib, sri));
    }

    [Fact]
    public async Task Fifty_devices_that_book_at_the_same_instant_lose_and_double_nothing()
    {
        await using var ward = await Ward.OpenAsync();
        await ward.Test.ExecuteAsync("UPDATE cooperatives SET takes_sukarela = 1", "UPDATE cooperatives SET takes_sukarela = true");
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var sri = await ward.CallerAsync(DemoPeople.MemberPhone);
        var taken = await Task.WhenAll(Enumerable.Range(1, Devices).Select(
            device => Task.Run(() => ReceiveAsync(ward, treasurer, sri, Deposit.Sukarela, 0, 1000 + device))));
        Assert.All(taken, one => Assert.Equal("received", one.Outcome.Name));
        Assert.Equal(Devices, taken.Select(one => ((RecordValue)one.Outcome.Carried!).Text("code")).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, Devices).Sum(device => 1000L + device), await BalanceAsync(ward, Account.Sukarela, sri));
        Assert.Empty((await LedgerVerifier.VerifyAsync(ward.Test.Database, CancellationToken.None)).Faults);
        Assert.Empty(await ward.AskAsync(turn => Audit.VerifyAsync(turn.Db, CancellationToken.None)));
    }

    [Fact]
    public async Task Of_two_officers_who_take_the_whole_pokok_at_the_same_instant_one_has_it()
    {
        await using var ward = await Ward.OpenAsync();
        var officers = new[] { await ward.CallerAsync(DemoPeople.TreasurerPhone), await ward.CallerAsync(DemoPeople.OfficerPhone) };
        var tumini = await ward.CallerAsync("+6281200000010");
        var taken = await Task.WhenAll(officers.Select(officer => Task.Run(() => ReceiveAsync(ward, officer, tumini, "pokok", 0, 50_000))));
        Assert.Equal(["changed", "entered"], taken.Select(one => one.Outcome.Name).Order());
        Assert.Equal(100_000, await BalanceAsync(ward, Account.Pokok, tumini));
    }

    private static Task<(Outcome Outcome, Turn Turn)> ReceiveAsync(Ward ward, Caller officer, Caller payer, string kind, long months, long rupiah) =>
        ward.CallAsync(officer, new ReceiveDeposit(), Arguments(payer, kind, months, rupiah));

    private static (string Name, Value Value)[] Arguments(Caller payer, string kind, long months, long rupiah) =>
        [("payer", Key(payer)), ("kind", new TextValue(kind)), ("months", new WholeValue(months)), ("from", new TextValue(kind == "wajib" ? "2026-10" : "-")), ("amount", new MoneyValue(rupiah))];

    private static TextValue Key(Caller payer) => new(payer.MemberId!.Value.ToString(CultureInfo.InvariantCulture));

    private static Task<Member> MemberAsync(Ward ward, Caller caller) =>
        ward.AskAsync(turn => turn.Db.Set<Member>().SingleAsync(row => row.Id == caller.MemberId));

    private static Task<long> BalanceAsync(Ward ward, Account account, Caller payer) =>
        ward.AskAsync(turn => Books.BalanceAsync(turn.Db, Jatisari, account, payer.MemberId!.Value, CancellationToken.None));
}
