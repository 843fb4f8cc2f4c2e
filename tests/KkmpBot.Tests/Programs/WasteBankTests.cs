using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Programs;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>Waste becomes savings: weighed once whatever is sent again, at the price of its day, and of use in the shop.</summary>
public sealed class WasteBankTests
{
    [Fact]
    public async Task A_batch_sent_twice_or_half_twice_books_once()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("kardus", 1_800), ("besi", 5_000));
        var (first, second) = (await shop.MemberAsync(), await shop.MemberAsync());
        var (a, b) = (await NumberAsync(shop, first), await NumberAsync(shop, second));
        var volunteer = await VolunteerAsync(shop);
        string[] slips = [$"#1 {a} kardus 2,5 besi 1", $"#2 {b} besi 0,3", $"#3 {a} kardus 10"];

        Assert.Equal("booked", await SendAsync(shop, volunteer, string.Join(' ', slips)));
        Assert.Equal("nothing_new", await SendAsync(shop, volunteer, string.Join(' ', slips)));
        Assert.Equal("nothing_new", await SendAsync(shop, volunteer, string.Join(' ', slips[..2])));
        Assert.Equal("booked", await SendAsync(shop, volunteer, $"{slips[2]} #4 {b} kardus 1"));
        Assert.Equal("nothing_new", await SendAsync(shop, volunteer, $"{slips[1]} #4 {b} kardus 1"));
        // The same number with another content is no second deposit, nor a correction behind the member's back.
        Assert.Equal("nothing_new", await SendAsync(shop, volunteer, $"#1 {a} kardus 5"));

        Assert.Equal(4_500 + 5_000 + 18_000, await BalanceAsync(shop, Account.WasteSavings, first));
        Assert.Equal(1_500 + 1_800, await BalanceAsync(shop, Account.WasteSavings, second));
        Assert.Equal(4, await shop.ReadAsync(turn => turn.Db.Set<WasteDeposit>().CountAsync()));
        Assert.Equal(30_800, await shop.BalanceAsync(Account.WasteStock));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task A_slip_is_priced_by_the_day_of_weighing_and_another_volunteer_counts_for_himself()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("besi", 5_000));
        var member = await shop.MemberAsync();
        var number = await NumberAsync(shop, member);
        var (one, other) = (await VolunteerAsync(shop), await VolunteerAsync(shop));
        var chair = await shop.OfficerAsync();
        Assert.Equal("set", (await shop.CallAsync(chair, new SetWastePrice(), ("material", Text("besi")), ("price", Text("6000")))).Name);

        Assert.Equal("booked", await SendAsync(shop, one, $"#1 {number} besi 1", "d1"));
        Assert.Equal("booked", await SendAsync(shop, one, $"#1 {number} besi 1", "d0"));
        Assert.Equal("booked", await SendAsync(shop, other, $"#1 {number} besi 1", "d0"));
        Assert.Equal("not_volunteer", await SendAsync(shop, one, $"#1 {number} besi 1", "d9"));
        Assert.Equal("not_volunteer", await SendAsync(shop, member, $"#9 {number} besi 1"));
        Assert.Equal(5_000 + 6_000 + 6_000, await BalanceAsync(shop, Account.WasteSavings, member));
    }

    [Fact]
    public async Task What_was_weighed_wrongly_is_reversed_and_the_member_told()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("besi", 5_000), ("kardus", 1_800));
        var (member, other, warehouse) = (await shop.MemberAsync(), await shop.MemberAsync(), await shop.OfficerAsync(OfficerRole.Warehouse));
        await WeighAsync(shop, warehouse, member, "besi 20 kg", 100_000);
        var undo = AllSlices.Create().Capabilities["corrections.undo"];

        Assert.Equal("undone", (await shop.CallAsync(warehouse, undo)).Name);
        Assert.Equal((member.PersonId, TakeBack.Notice), (shop.LastTurn.Notices.Single().PersonId, shop.LastTurn.Notices.Single().Phrase));
        Assert.Equal((0, 0), (await BalanceAsync(shop, Account.WasteSavings, member), await shop.BalanceAsync(Account.WasteStock)));
        Assert.Equal("nothing", (await shop.CallAsync(warehouse, undo)).Name);

        await WeighAsync(shop, warehouse, member, "besi 2 kg", 10_000);
        shop.UtcNow += UndoLastAct.Window + TimeSpan.FromSeconds(1);
        Assert.Equal("too_late", (await shop.CallAsync(warehouse, undo)).Name);
        var volunteer = await VolunteerAsync(shop);
        var slips = $"#1 {await NumberAsync(shop, member)} kardus 25 #2 {await NumberAsync(shop, other)} kardus 1";
        Assert.Equal("booked", await SendAsync(shop, volunteer, slips));
        var weighings = (await shop.CallAsync(warehouse, new ListWeighings())).Items();
        Assert.Equal(3, weighings.Count);
        var wrong = weighings.Single(row => row.Text("what") == "kardus 25 kg");

        Assert.Equal("not_allowed", await TakeBackAsync(shop, warehouse, wrong));
        Assert.Equal("gone", await TakeBackAsync(shop, await shop.OfficerAsync(OfficerRole.Chair, Shop.Sampangan), wrong));
        var treasurer = await shop.OfficerAsync(OfficerRole.Treasurer);
        Assert.Equal("taken_back", await TakeBackAsync(shop, treasurer, wrong));
        Assert.Equal(member.PersonId, Assert.Single(shop.LastTurn.Notices).PersonId);
        Assert.Equal("gone", await TakeBackAsync(shop, treasurer, wrong));
        // The same batch once more brings nothing back; the paper's number with what it really was does.
        Assert.Equal("nothing_new", await SendAsync(shop, volunteer, slips));
        Assert.Equal("booked", await SendAsync(shop, volunteer, $"#1 {await NumberAsync(shop, member)} kardus 2,5"));
        Assert.Equal((10_000 + 4_500, 1_800), (await BalanceAsync(shop, Account.WasteSavings, member), await BalanceAsync(shop, Account.WasteSavings, other)));
        Assert.Equal(16_300, await shop.BalanceAsync(Account.WasteStock));
        var figures = await shop.ReadAsync(turn => CityProgrammes.OfAsync(turn.Db, Wib.Day(shop.UtcNow).AddDays(-5), Wib.Day(shop.UtcNow), shop.UtcNow, CancellationToken.None));
        Assert.Equal((20, 35), (figures.WasteTenths["besi"], figures.WasteTenths["kardus"]));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task What_was_spent_or_sold_on_is_not_taken_back()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("besi", 5_000), ("aluminium", 15_000));
        var (member, other, chair) = (await shop.MemberAsync(), await shop.MemberAsync(), await shop.OfficerAsync());
        await WeighAsync(shop, chair, member, "besi 10 kg", 50_000);
        Assert.Equal("sold", await SellAsync(shop, chair, "9", 50_000));
        await WeighAsync(shop, chair, other, "aluminium 2 kg", 30_000);
        var eggs = await shop.ArticleAsync("telur", 10_000, 20, cost: 8_000);
        Assert.Equal("used", (await shop.CallAsync(other, new UseWaste(), ("order", Text(await shop.OrderAsync(other, eggs, "1"))))).Name);
        foreach (var weighing in (await shop.CallAsync(chair, new ListWeighings())).Items())
            Assert.Equal("used", await TakeBackAsync(shop, chair, weighing));
        Assert.Equal("built_on", (await shop.CallAsync(chair, AllSlices.Create().Capabilities["corrections.undo"])).Name);
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Theory]
    [InlineData("besi 2 kg", "quoted")]
    [InlineData("besi 0,1", "quoted")]
    [InlineData("besi 3 ons", "quoted")]
    [InlineData("besi 2,25 kg", "too_fine")]
    [InlineData("besi 20 biji", "other_unit")]
    [InlineData("jelantah 2 liter", "other_unit")]
    [InlineData("kaca 2 kg", "no_price")]
    [InlineData("besi 0 kg", "unclear")]
    [InlineData("besi", "unclear")]
    [InlineData("besi 501 kg", "unclear")]
    [InlineData("besi 1 kg besi 2 kg", "unclear")]
    [InlineData("🙂", "unclear")]
    public async Task The_scales_are_read_to_a_tenth_of_a_kilogram(string said, string outcome)
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("besi", 5_000), ("jelantah", 6_000));
        var number = await NumberAsync(shop, await shop.MemberAsync());
        var warehouse = await shop.OfficerAsync(OfficerRole.Warehouse);
        Assert.Equal(outcome, (await shop.CallAsync(warehouse, new QuoteWaste(), ("number", Text(number)), ("said", Text(said)))).Name);
    }

    [Fact]
    public async Task Savings_pay_an_order_and_come_back_when_it_is_cancelled()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("aluminium", 15_000));
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var eggs = await shop.ArticleAsync("telur", 10_000, 20, cost: 8_000);
        await WeighAsync(shop, chair, member, "aluminium 2 kg", 30_000);
        var kept = await shop.OrderAsync(member, eggs, "2");
        var cancelled = await shop.OrderAsync(member, eggs, "1");

        Assert.Equal("used", (await shop.CallAsync(member, new UseWaste(), ("order", Text(kept)))).Name);
        Assert.Equal("used", (await shop.CallAsync(member, new UseWaste(), ("order", Text(cancelled)))).Name);
        Assert.Equal("gone", (await shop.CallAsync(member, new UseWaste(), ("order", Text(cancelled)))).Name);
        Assert.Equal(0, await BalanceAsync(shop, Account.WasteSavings, member));
        await shop.CancelAsync(member, cancelled);
        Assert.Equal(10_000, await BalanceAsync(shop, Account.WasteSavings, member));
        Assert.Equal("handed_over", (await shop.HandOverAsync(chair, kept)).Name);
        Assert.Equal((20_000, 0, 0), (await shop.BalanceAsync(Account.MemberSales), await shop.BalanceAsync(Account.Cash), await shop.BalanceAsync(Account.Prepayments)));
        var dear = await shop.OrderAsync(member, eggs, "2");
        Assert.Equal("too_little", (await shop.CallAsync(member, new UseWaste(), ("order", Text(dear)))).Name);
        Assert.Equal("gone", (await shop.CallAsync(await shop.MemberAsync(), new UseWaste(), ("order", Text(dear)))).Name);
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task What_a_dealer_pays_beyond_the_credit_is_income_and_what_he_pays_less_a_loss()
    {
        await using var shop = await Shop.OpenAsync();
        await PriceAsync(shop, Shop.Jatisari, ("besi", 5_000));
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        await WeighAsync(shop, chair, member, "besi 10 kg", 50_000);
        Assert.Equal("too_much", await SellAsync(shop, chair, "10,1", 60_000));
        Assert.Equal("unclear", await SellAsync(shop, chair, "sedikit", 60_000));
        Assert.Equal("not_allowed", await SellAsync(shop, await shop.OfficerAsync(OfficerRole.Warehouse), "1", 1_000));
        Assert.Equal("sold", await SellAsync(shop, chair, "6 kg", 36_000));
        Assert.Equal((20_000, 6_000), (await shop.BalanceAsync(Account.WasteStock), await shop.BalanceAsync(Account.OtherIncome)));
        Assert.Equal("sold", await SellAsync(shop, chair, "4", 15_000));
        Assert.Equal((0, 5_000, 51_000), (await shop.BalanceAsync(Account.WasteStock), await shop.BalanceAsync(Account.StockLosses), await shop.BalanceAsync(Account.Cash)));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    private static async Task<string> TakeBackAsync(Shop shop, Caller officer, RecordValue weighing) =>
        (await shop.CallAsync(officer, new TakeBackWaste(), ("weighing", Text(weighing.Key)))).Name;

    private static async Task<string> SellAsync(Shop shop, Caller officer, string kilograms, long money) => (await shop.CallAsync(
        officer, new SellWaste(), ("material", Text("besi")), ("kilograms", Text(kilograms)), ("money", Money(money)))).Name;

    private static async Task WeighAsync(Shop shop, Caller officer, Caller member, string said, long amount)
    {
        var number = await NumberAsync(shop, member);
        Assert.Equal("changed", (await shop.CallAsync(officer, new WeighWaste(), ("number", Text(number)), ("said", Text(said)), ("amount", Money(amount + 1)))).Name);
        Assert.Equal("weighed", (await shop.CallAsync(officer, new WeighWaste(), ("number", Text(number)), ("said", Text(said)), ("amount", Money(amount)))).Name);
    }

    private static async Task<Caller> VolunteerAsync(Shop shop)
    {
        var (chair, member) = (await shop.OfficerAsync(), await shop.MemberAsync());
        Assert.Equal("appointed", (await shop.CallAsync(chair, new AppointVolunteer(), ("number", Text(await NumberAsync(shop, member))))).Name);
        return member;
    }

    // As the dialog does it: read, then book what was read.
    private static async Task<string> SendAsync(Shop shop, Caller volunteer, string said, string day = "d1")
    {
        var read = await shop.CallAsync(volunteer, new ReadBatch(), ("day", Text(day)), ("said", Text(said)));
        return read.Name != "read" ? read.Name : (await shop.CallAsync(
            volunteer, new BookBatch(), ("day", Text(day)), ("said", Text(said)), ("amount", Money(read.Rupiah("amount"))))).Name;
    }
}
