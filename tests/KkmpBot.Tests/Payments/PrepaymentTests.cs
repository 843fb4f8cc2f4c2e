using System.Net;
using System.Security.Cryptography;
using System.Text;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Orders;
using KkmpBot.Payments;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Timer = KkmpBot.Data.Timer;

namespace KkmpBot.Tests.Payments;

/// <summary>Money before goods: taken from sukarela, found in the statement, or reported by the provider; booked once, and given back.</summary>
public sealed class PrepaymentTests
{
    private const string Secret = "rahasia-penyedia";

    [Fact]
    public async Task Sukarela_is_taken_when_placed_and_is_a_sale_when_fetched()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.SaveAsync(member, 50_000);
        await shop.PutAsync(member, sugar, "2");
        await shop.PayByAsync(member, PaymentWay.Sukarela);

        Assert.Equal("placed_paid", (await shop.PlaceAsync(member)).Name);
        Assert.Equal((16_000, 34_000), (await shop.BalanceAsync(Account.Sukarela), await shop.BalanceAsync(Account.Prepayments)));

        Assert.Equal("handed_over", (await shop.HandOverAsync(officer, "0001")).Name);
        Assert.Equal((0, 34_000, 50_000), (await shop.BalanceAsync(Account.Prepayments), await shop.BalanceAsync(Account.MemberSales), await shop.BalanceAsync(Account.Cash)));
    }

    [Fact]
    public async Task Sukarela_comes_back_when_the_order_is_cancelled()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.SaveAsync(member, 50_000);
        await shop.PutAsync(member, sugar, "2");
        await shop.PayByAsync(member, PaymentWay.Sukarela);
        await shop.PlaceAsync(member);

        Assert.Equal("cancelled_returned", (await shop.CancelAsync(member, "0001")).Name);
        Assert.Equal((50_000, 0), (await shop.BalanceAsync(Account.Sukarela), await shop.BalanceAsync(Account.Prepayments)));
    }

    [Fact]
    public async Task Too_little_sukarela_pays_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.SaveAsync(member, 40_000);
        await shop.PutAsync(member, sugar, "2");
        await shop.PayByAsync(member, PaymentWay.Sukarela);
        await shop.PutAsync(member, sugar, "3");

        Assert.Equal("cannot_pay", (await shop.PlaceAsync(member)).Name);
        Assert.Equal(40_000, await shop.BalanceAsync(Account.Sukarela));
        Assert.Equal("placed", (await shop.PlaceAsync(member)).Name);
    }

    [Fact]
    public async Task An_officer_with_the_statement_makes_it_paid_once()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, treasurer) = (await shop.MemberAsync(), await shop.OfficerAsync(OfficerRole.Treasurer));
        await OrderByQrisAsync(shop, member);
        var waiting = (await shop.CallAsync(treasurer, new ListWaitingPayments())).Items().Single();
        var chair = await shop.OfficerAsync();
        Assert.Equal("not_paid", (await shop.HandOverAsync(chair, "0001")).Name);

        Assert.Equal("paid", (await shop.CallAsync(treasurer, new ConfirmQris(), ("payment", new TextValue(waiting.Key)))).Name);
        var told = Assert.Single(shop.LastTurn.Notices);
        Assert.Equal((member.PersonId, "order_paid"), (told.PersonId, told.Phrase));
        Assert.NotNull(told.File);
        Assert.Equal("settled_before", (await shop.CallAsync(treasurer, new ConfirmQris(), ("payment", new TextValue(waiting.Key)))).Name);
        Assert.Equal((34_000, 34_000), (await shop.BalanceAsync(Account.Bank), await shop.BalanceAsync(Account.Prepayments)));

        Assert.Equal("handed_over", (await shop.HandOverAsync(chair, "0001")).Name);
        Assert.Equal((0, 0), (await shop.BalanceAsync(Account.Prepayments), await shop.BalanceAsync(Account.Cash)));
    }

    [Fact]
    public async Task A_report_counts_once_and_only_when_signed_and_exact()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        await OrderByQrisAsync(shop, member);
        await using var app = Host(shop);
        await app.StartAsync();
        using var client = app.GetTestClient();
        const string Paid = """{"transaction_id":"T1","reference":"K1-000001","amount":34000,"status":"paid"}""";

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(client, Paid, "falsch"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(client, """{"amount":"banyak"}""", Secret));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(client, "[]", Secret));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, Paid.Replace("paid", "pending", StringComparison.Ordinal), Secret));
        Assert.Equal(0, await ReportsAsync(shop));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, Paid.Replace("34000", "33000", StringComparison.Ordinal).Replace("T1", "T0", StringComparison.Ordinal), Secret));
        await RunReportsAsync(shop);
        Assert.Equal("payment_odd", Assert.Single(shop.LastTurn.Notices).Phrase);
        Assert.Equal(0, await shop.BalanceAsync(Account.Bank));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, Paid, Secret));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, Paid, Secret));
        await RunReportsAsync(shop);
        await RunReportsAsync(shop);

        Assert.Equal((34_000, 34_000), (await shop.BalanceAsync(Account.Bank), await shop.BalanceAsync(Account.Prepayments)));
        Assert.Equal("handed_over", (await shop.HandOverAsync(officer, "0001")).Name);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, Paid.Replace("T1", "T2", StringComparison.Ordinal), Secret));
        await RunReportsAsync(shop);
        Assert.Equal(34_000, await shop.BalanceAsync(Account.Bank));
        Assert.Equal(["other_amount", "paid", "paid_before"], await shop.ReadAsync(turn => turn.Db.Set<ProviderPayment>().OrderBy(row => row.TransactionId).Select(row => row.Result).ToListAsync()));
    }

    [Fact]
    public async Task Money_for_a_cancelled_order_waits_to_be_given_back()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        await OrderByQrisAsync(shop, member);
        Assert.Equal("cancelled", (await shop.CancelAsync(member, "0001")).Name);
        await shop.WriteAsync(turn => turn.Db.Add(new ProviderPayment { TransactionId = "T1", Reference = "K1-000001", Rupiah = 34_000, ReceivedUtc = shop.UtcNow }));
        await shop.RunAsync(new TimedAct(ProviderReport.Kind, shop.UtcNow, 0, "T1"));

        var due = (await shop.CallAsync(chair, new ListRefunds())).Items().Single();
        Assert.Equal("refunded", (await shop.CallAsync(chair, new PayRefund(), ("payment", new TextValue(due.Key)))).Name);
        Assert.Equal("settled_before", (await shop.CallAsync(chair, new PayRefund(), ("payment", new TextValue(due.Key)))).Name);
        Assert.Equal((34_000, -34_000, 0), (await shop.BalanceAsync(Account.Bank), await shop.BalanceAsync(Account.Cash), await shop.BalanceAsync(Account.Prepayments)));
    }

    [Theory]
    [InlineData(PaymentWay.Sukarela, "order_expired_returned", 17_000)]
    [InlineData(PaymentWay.Qris, "order_expired_refund", 17_000)]
    [InlineData(PaymentWay.Cash, "order_rest_expired", 34_000)]
    public async Task A_rest_that_was_not_fetched_in_time_is_told_with_its_money(string way, string phrase, long rupiah)
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.SaveAsync(member, 50_000);
        await shop.TakesQrisAsync();
        await shop.PutAsync(member, sugar, "2");
        await shop.PayByAsync(member, way);
        await shop.PlaceAsync(member);
        var expiry = shop.LastTurn.TimedActs.Single(act => act.Kind == "orders.expire");
        if (way == PaymentWay.Qris)
            await shop.CallAsync(chair, new ConfirmQris(), ("payment", new TextValue((await shop.CallAsync(chair, new ListWaitingPayments())).Items().Single().Key)));
        await shop.CallAsync(chair, new HandOverPart(), ("order", new TextValue("0001")), ("product", new TextValue(sugar)), ("quantity", new TextValue("1")));

        await shop.RunAsync(expiry);

        var notice = Assert.Single(shop.LastTurn.Notices);
        Assert.Equal((phrase, rupiah), (notice.Phrase, ((MoneyValue)notice.Values!.Fields["total"]).Rupiah));
    }

    [Fact]
    public async Task Whoever_has_not_paid_by_qris_is_reminded_of_that_and_not_told_the_code()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        await OrderByQrisAsync(shop, member);
        await shop.RunAsync(shop.LastTurn.TimedActs.Single(act => act.Kind == "orders.remind"));
        Assert.Equal("order_unpaid", Assert.Single(shop.LastTurn.Notices).Phrase);
    }

    private static async Task OrderByQrisAsync(Shop shop, Caller member)
    {
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.TakesQrisAsync();
        await shop.PutAsync(member, sugar, "2");
        await shop.PayByAsync(member, PaymentWay.Qris);
        Assert.Equal("placed_qris", (await shop.PlaceAsync(member)).Name);
    }

    private static WebApplication Host(Shop shop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Qris:CallbackSecret"] = Secret });
        builder.Services.AddSingleton(shop.Test.Database).AddSingleton<TimeProvider>(new ManualTime(TestDatabase.Now)).AddSingleton<WriteRows>(async (write, ct) =>
        {
            await using var connection = await shop.Test.Database.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await write(connection, transaction, ct);
            await transaction.CommitAsync(ct);
        });
        var app = builder.Build();
        app.MapQrisCallback();
        return app;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string body, string secret)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        content.Headers.Add("X-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
        using var answer = await client.PostAsync("/payments/qris/callback", content);
        return answer.StatusCode;
    }

    private static Task<int> ReportsAsync(Shop shop) => shop.ReadAsync(turn => turn.Db.Set<ProviderPayment>().CountAsync());

    // As the engine does: the timers that the reports left, each once.
    private static async Task RunReportsAsync(Shop shop)
    {
        foreach (var timer in await shop.ReadAsync(turn => turn.Db.Set<Timer>().AsNoTracking().Where(row => row.Kind == ProviderReport.Kind).ToListAsync()))
            await shop.RunAsync(new TimedAct(timer.Kind, timer.DueUtc, timer.PersonId, timer.Subject));
    }
}
