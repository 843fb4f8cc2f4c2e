using KkmpBot.Cooperatives;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs;
using KkmpBot.Programs.Assistance;
using KkmpBot.Dialogs.Model;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>Capital of the city: lent in one quarter, paid back in the next, each quarter with its own figures and the books right at both ends.</summary>
public sealed class AssistanceTests
{
    [Fact]
    public async Task A_loan_of_one_quarter_is_repaid_in_the_next()
    {
        await using var shop = await Shop.OpenAsync();
        var (city, treasurer) = (await PersonAsync(shop), await shop.OfficerAsync(OfficerRole.Treasurer));
        var lent = TestDatabase.Now;
        shop.UtcNow = lent;
        var code = await shop.ReadAsync(turn => turn.Db.Set<Cooperative>().Where(row => row.Id == Shop.Jatisari).Select(row => row.Code).SingleAsync());
        await shop.CallAsync(city, new OfferAssistance(), ("kelurahan", Text(code)), ("kind", Text("loan")), ("amount", Money(3_000_000)), ("months", new WholeValue(3)));
        var key = (await shop.CallAsync(treasurer, new ListAssistance())).Items().Single().Key;
        Assert.Equal("received", (await shop.CallAsync(treasurer, new ReceiveAssistance(), ("assistance", Text(key)), ("meeting", new YesNoValue(true)))).Name);
        await BalancesAsync(shop, loan: 3_000_000, bank: 3_000_000);
        Assert.Equal((3_000_000, 3_000_000), await FiguresAsync(shop, Wib.Day(lent)));

        for (int month = 1; month <= 3; month++)
        {
            shop.UtcNow = lent.AddDays(90).AddMonths(month);
            Assert.Equal("repaid", (await shop.CallAsync(
                treasurer, new RepayAssistance(), ("assistance", Text(key)), ("amount", Money(1_000_000)), ("via", Text("bank")))).Name);
            await BalancesAsync(shop, loan: 3_000_000 - (month * 1_000_000), bank: 3_000_000 - (month * 1_000_000));
        }
        Assert.Equal("too_much", (await shop.CallAsync(
            treasurer, new RepayAssistance(), ("assistance", Text(key)), ("amount", Money(1)), ("via", Text("bank")))).Name);
        // What was given belongs to the first quarter; what is owed is as of now in both.
        Assert.Equal((3_000_000, 0), await FiguresAsync(shop, Wib.Day(lent)));
        Assert.Equal((0, 0), await FiguresAsync(shop, Wib.Day(lent.AddDays(91))));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    private static async Task BalancesAsync(Shop shop, long loan, long bank) =>
        Assert.Equal((loan, bank), (await shop.BalanceAsync(Account.LongLoans), await shop.BalanceAsync(Account.Bank)));

    private static async Task<(long Lent, long Owed)> FiguresAsync(Shop shop, DateOnly from)
    {
        var figures = await shop.ReadAsync(turn => CityProgrammes.OfAsync(turn.Db, from, from.AddDays(89), shop.UtcNow, CancellationToken.None));
        return (figures.LoansRupiah, figures.LoansOwedRupiah);
    }
}
