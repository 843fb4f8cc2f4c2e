using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Programs.Partners;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>Goods on consignment: the price of a sale is the partner's, less a commission, from the sale on and in the books at once.</summary>
public sealed class PartnerTests
{
    [Fact]
    public async Task A_sale_is_commission_and_debt_and_a_return_takes_both_back()
    {
        await using var shop = await Shop.OpenAsync();
        var (chair, owner, buyer) = (await shop.OfficerAsync(), await shop.MemberAsync(), await shop.MemberAsync());
        var own = await shop.ArticleAsync("telur", 28_000, 10, cost: 25_000);
        var (goods, product) = await TakenAsync(shop, chair, owner, "Keripik gadung", 12_345, percent: 15);
        Assert.Equal("moved", await MoveAsync(shop, chair, goods, "20", comes: true));
        Assert.Equal(0, await shop.BalanceAsync(Account.Stock));

        await shop.PutAsync(buyer, own, "1");
        await shop.PutAsync(buyer, product, "3");
        var number = ((RecordValue)(await shop.PlaceAsync(buyer)).Carried!).Text("no");
        Assert.Equal("handed_over", (await shop.HandOverAsync(chair, number)).Name);
        // 37.035 for three, 15 % of it is 5.555,25: half a rupiah and less is the partner's.
        Assert.Equal(
            (28_000, 5_555, 31_480, 65_035),
            (await shop.BalanceAsync(Account.MemberSales), await shop.BalanceAsync(Account.OtherIncome), await shop.BalanceAsync(Account.PartnerMoney), await shop.BalanceAsync(Account.Cash)));

        Assert.Equal("taken_back", (await shop.CallAsync(
            chair, new TakeBackGoods(), ("order", Text(number)), ("product", Text(product)), ("quantity", Text("1")), ("how", Text("good")))).Name);
        Assert.Equal((5_555 - 1_851, 31_480 - 10_494), (await shop.BalanceAsync(Account.OtherIncome), await shop.BalanceAsync(Account.PartnerMoney)));
        Assert.Equal(28_000, await shop.BalanceAsync(Account.MemberSales));
        Assert.Equal(18, (await shop.StockAsync(product)).OnHand);
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task The_partner_is_paid_what_is_owed_once()
    {
        await using var shop = await Shop.OpenAsync();
        var (treasurer, chair, owner) = (await shop.OfficerAsync(OfficerRole.Treasurer), await shop.OfficerAsync(), await shop.MemberAsync());
        var (goods, product) = await TakenAsync(shop, chair, owner, "Keripik gadung", 10_000, percent: 10);
        await MoveAsync(shop, chair, goods, "5", comes: true);
        await shop.HandOverAsync(chair, await shop.OrderAsync(await shop.MemberAsync(), product, "4"));
        var partner = (await shop.CallAsync(treasurer, new ListPartners())).Items().Single();
        Assert.Equal(36_000, ((MoneyValue)partner.Fields["owed"]).Rupiah);

        Assert.Equal("not_allowed", await PayAsync(shop, await shop.OfficerAsync(OfficerRole.Warehouse), partner, 36_000));
        Assert.Equal("changed", await PayAsync(shop, treasurer, partner, 35_000));
        Assert.Equal("changed", await PayAsync(shop, await shop.OfficerAsync(OfficerRole.Treasurer, Shop.Sampangan), partner, 36_000));
        Assert.Equal("paid", await PayAsync(shop, treasurer, partner, 36_000));
        Assert.Equal("changed", await PayAsync(shop, treasurer, partner, 36_000));
        Assert.Equal((0, 4_000), (await shop.BalanceAsync(Account.PartnerMoney), await shop.BalanceAsync(Account.Cash)));
        Assert.Equal("too_much", await MoveAsync(shop, chair, goods, "2", comes: false));
        Assert.Equal("moved", await MoveAsync(shop, chair, goods, "1", comes: false));
        Assert.Equal("printed", (await shop.CallAsync(owner, new PrintPartnerStatement())).Name);
        Assert.StartsWith("%PDF", System.Text.Encoding.Latin1.GetString(shop.LastTurn.Attached!.Bytes[..4]), StringComparison.Ordinal);
        Assert.Equal("none", (await shop.CallAsync(await shop.MemberAsync(), new PrintPartnerStatement())).Name);
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task Nobody_buys_what_is_on_consignment()
    {
        await using var shop = await Shop.OpenAsync();
        var (chair, owner) = (await shop.OfficerAsync(), await shop.MemberAsync());
        var (goods, product) = await TakenAsync(shop, chair, owner, "Keripik gadung", 10_000, percent: 10);
        foreach (var (paid, cost) in new[] { ("cash", (long?)7_000), ("later", 7_000), ("unknown", null) })
            Assert.Equal("consigned", (await shop.ReceiveAsync(chair, product, "5", paid, cost)).Name);
        Assert.Equal("moved", await MoveAsync(shop, chair, goods, "5", comes: true));
        Assert.Equal((5, 0, 0), ((await shop.StockAsync(product)).OnHand, await shop.BalanceAsync(Account.Stock), await shop.BalanceAsync(Account.Payables)));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Theory]
    [InlineData("Minyakita 1 liter")]
    [InlineData("LPG 3 kg")]
    public async Task What_the_state_regulates_does_not_come_in_by_this_door(string name)
    {
        await using var shop = await Shop.OpenAsync();
        var (chair, owner) = (await shop.OfficerAsync(), await shop.MemberAsync());
        await OfferAsync(shop, owner, name, 15_000);
        var offered = (await shop.CallAsync(chair, new ListOffers())).Items().Single();
        Assert.Equal("no_room", (await shop.CallAsync(
            chair, new DecideOffer(), ("goods", Text(offered.Key)), ("yes", new YesNoValue(true)), ("percent", new WholeValue(5)))).Name);
    }

    private static async Task OfferAsync(Shop shop, Caller owner, string name, long price) => Assert.Equal("offered", (await shop.CallAsync(
        owner, new OfferGoods(), ("name", Text(name)), ("unit", Text("bungkus")), ("price", Money(price)))).Name);

    private static async Task<(string Goods, string Product)> TakenAsync(Shop shop, Caller chair, Caller owner, string name, long price, int percent)
    {
        await OfferAsync(shop, owner, name, price);
        var offered = (await shop.CallAsync(chair, new ListOffers())).Items().Single();
        Assert.Equal("taken", (await shop.CallAsync(
            chair, new DecideOffer(), ("goods", Text(offered.Key)), ("yes", new YesNoValue(true)), ("percent", new WholeValue(percent)))).Name);
        Assert.Contains(shop.LastTurn.Notices, notice => notice.PersonId == owner.PersonId && notice.Phrase == "goods_taken");
        var product = await shop.ReadAsync(turn => turn.Db.Set<Consignment>().Where(row => row.Name == name).Select(row => row.ProductId).SingleAsync());
        return (offered.Key, $"{product}");
    }

    private static async Task<string> MoveAsync(Shop shop, Caller officer, string goods, string quantity, bool comes) => (await shop.CallAsync(
        officer, new MovePartnerGoods(), ("goods", Text(goods)), ("quantity", Text(quantity)), ("comes", new YesNoValue(comes)))).Name;

    private static async Task<string> PayAsync(Shop shop, Caller officer, RecordValue partner, long amount) => (await shop.CallAsync(
        officer, new PayPartner(), ("partner", Text(partner.Key)), ("amount", Money(amount)))).Name;
}
