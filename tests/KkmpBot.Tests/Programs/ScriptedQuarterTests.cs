using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Counter;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs;
using KkmpBot.Programs.Assistance;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.Partners;
using KkmpBot.Programs.Trainings;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>
/// A quarter of ten cooperatives: sales, requests, deliveries with differences, consignment, waste, a loan repaid, a training, visits. What the
/// city's figures say has to equal what this test has added up by itself, act by act.
/// </summary>
public sealed class ScriptedQuarterTests
{
    private const int Cooperatives = 10;
    private const int Weeks = 13;
    private const int RicePerBase = 11_000;
    private const int RiceHolds = 5;

    private static readonly DateTime Start = TestDatabase.Now;

    private readonly Expected expected = new();

    [Fact]
    public async Task The_books_balance_and_the_citys_figures_are_the_sum_of_what_was_done()
    {
        await using var shop = await Shop.OpenAsync();
        shop.UtcNow = Start;
        var city = await PersonAsync(shop);
        var mentor = await PersonAsync(shop, OfficerRole.Mentor);
        await shop.WriteAsync(turn => turn.Db.Add(new DistributionPrice { Goods = "beras_sphp", FromDay = Wib.Day(Start).AddDays(-1), Rupiah = RicePerBase }));
        var places = new List<Place>();
        for (int i = 1; i <= Cooperatives; i++)
            places.Add(await OpenAsync(shop, i));

        for (int week = 0; week < Weeks; week++)
        {
            foreach (var place in places)
            {
                shop.UtcNow = Start.AddDays(7 * week).AddMinutes(place.Id);
                await SellAsync(shop, place, rice: 1 + ((place.Id + week) % 4), crisps: (place.Id + week) % 3 == 0 ? 1 + (place.Id % 3) : 0);
                if ((place.Id + week) % 2 == 0)
                    await WeighAsync(shop, place, tenths: 5 + (((place.Id * 7) + (week * 3)) % 40));
                if (week % 4 == 1)
                    await DeliverAsync(shop, place, city, missing: place.Id % 3, damaged: week % 2);
            }
        }
        await LendAsync(shop, places[0], city);
        await VisitAsync(shop, places[1], mentor);
        await TrainAsync(shop, places, city);
        foreach (var place in places.Take(5))
            await SettleAsync(shop, place);

        await ProveAsync(shop, places);
    }

    private async Task<Place> OpenAsync(Shop shop, int id)
    {
        var (chair, member) = (await shop.OfficerAsync(OfficerRole.Chair, id), await shop.MemberAsync(cooperativeId: id));
        var rice = await shop.ArticleAsync("beras_sphp", 62_500, 0, "pak", holds: ("kg", RiceHolds), cooperativeId: id);
        Assert.Equal("received", (await shop.ReceiveAsync(chair, rice, "60", "later", 55_000)).Name);
        expected.StockRupiah += 60 * 55_000;
        await PriceAsync(shop, id, ("besi", 5_000), ("kardus", 1_800));
        Assert.Equal("offered", (await shop.CallAsync(
            member, new OfferGoods(), ("name", Text("Keripik gadung")), ("unit", Text("bungkus")), ("price", Money(9_999)))).Name);
        var offer = (await shop.CallAsync(chair, new ListOffers())).Items().Single();
        await shop.CallAsync(chair, new DecideOffer(), ("goods", Text(offer.Key)), ("yes", new YesNoValue(true)), ("percent", new WholeValue(id)));
        Assert.Equal("moved", (await shop.CallAsync(
            chair, new MovePartnerGoods(), ("goods", Text(offer.Key)), ("quantity", Text("40")), ("comes", new YesNoValue(true)))).Name);
        long crisps = await shop.ReadAsync(turn => turn.Db.Set<Product>().Where(row => row.CooperativeId == id && row.Name == "Keripik gadung").Select(row => row.Id).SingleAsync());
        return new Place(id, chair, member, rice, crisps.ToString(CultureInfo.InvariantCulture), await NumberAsync(shop, member));
    }

    private async Task SellAsync(Shop shop, Place place, int rice, int crisps)
    {
        // The limit for SPHP is per member and month; a rice buyer comes from the street.
        var sold = await shop.CallAsync(place.Chair, new QuoteSale(), ("sentence", Text($"beras sphp {rice} pak")), ("tier", Text("non_member")));
        Assert.True(sold.Name == "quoted", sold.Text("words"));
        Assert.Equal("sold", (await shop.CallAsync(
            place.Chair, new SellAtCounter(), ("sentence", Text($"beras sphp {rice} pak")), ("tier", Text("non_member")), ("buyer", Text("")),
            ("total", Money(sold.Rupiah("total"))), ("paid", Text("cash")))).Name);
        expected.RiceSold[place.Id] += rice;
        if (crisps == 0)
            return;
        var number = await shop.OrderAsync(place.Member, place.Crisps, crisps.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("handed_over", (await shop.HandOverAsync(place.Chair, number)).Name);
        long price = crisps * 9_999;
        expected.Consigned += price;
        expected.Commission += price * place.Id / 100;
        expected.Shares[place.Id] += price - (price * place.Id / 100);
    }

    private async Task WeighAsync(Shop shop, Place place, int tenths)
    {
        var material = tenths % 2 == 0 ? "besi" : "kardus";
        long rupiah = ((material == "besi" ? 5_000L : 1_800L) * tenths) / 10;
        var said = $"{material} {tenths / 10},{tenths % 10} kg";
        Assert.Equal("weighed", (await shop.CallAsync(
            place.Chair, new WeighWaste(), ("number", Text(place.Number)), ("said", Text(said)), ("amount", Money(rupiah)))).Name);
        expected.Waste[material] = expected.Waste.GetValueOrDefault(material) + tenths;
        expected.WasteRupiah += rupiah;
    }

    private async Task DeliverAsync(Shop shop, Place place, Caller city, int missing, int damaged)
    {
        var key = (await shop.CallAsync(place.Chair, new ProposeDelivery(), ("days", new WholeValue(7)))).Text("key");
        var (asked, granted) = (12, 10);
        await StepAsync(shop, place.Chair, key, "draft", place.Rice, asked);
        Assert.Equal("asked", (await shop.CallAsync(place.Chair, new AskDelivery(), ("delivery", Text(key)))).Name);
        await StepAsync(shop, city, key, "asked", place.Rice, granted);
        Assert.Equal("approved", (await shop.CallAsync(city, new ApproveDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("sent", (await shop.CallAsync(city, new SendDelivery(), ("delivery", Text(key)))).Name);
        await StepAsync(shop, place.Chair, key, "sent", place.Rice, granted - missing, damaged);
        // The last of all stays on its way.
        if (place.Id == Cooperatives && shop.UtcNow > Start.AddDays(50))
        {
            expected.UnderWay++;
            return;
        }
        Assert.Equal("received", (await shop.CallAsync(place.Chair, new ReceiveDelivery(), ("delivery", Text(key)))).Name);
        long sound = granted - missing - damaged;
        expected.Received++;
        expected.RiceCame[place.Id] += sound;
        expected.Delivered += sound * RiceHolds * RicePerBase;
    }

    private static async Task StepAsync(Shop shop, Caller caller, string key, string status, string product, int quantity, int damaged = 0) =>
        Assert.Equal("changed", (await shop.CallAsync(
            caller, new ChangeDelivery(), ("delivery", Text(key)), ("status", Text(status)), ("product", Text(product)),
            ("quantity", Text($"{quantity}")), ("damaged", Text($"{damaged}")))).Name);

    private async Task LendAsync(Shop shop, Place place, Caller city)
    {
        var code = await shop.ReadAsync(turn => turn.Db.Set<Cooperative>().Where(row => row.Id == place.Id).Select(row => row.Code).SingleAsync());
        foreach (var (kind, amount, months) in new[] { ("loan", 6_000_000L, 6L), ("grant", 250_000L, 0L) })
        {
            Assert.Equal("offered", (await shop.CallAsync(
                city, new OfferAssistance(), ("kelurahan", Text(code)), ("kind", Text(kind)), ("amount", Money(amount)), ("months", new WholeValue(months)))).Name);
            var key = (await shop.CallAsync(place.Chair, new ListAssistance())).Items()[0].Key;
            var outcome = (await shop.CallAsync(place.Chair, new ReceiveAssistance(), ("assistance", Text(key)), ("meeting", new YesNoValue(false)))).Name;
            if (kind == "loan")
            {
                Assert.Equal("needs_meeting", outcome);
                Assert.Equal("received", (await shop.CallAsync(place.Chair, new ReceiveAssistance(), ("assistance", Text(key)), ("meeting", new YesNoValue(true)))).Name);
                Assert.Contains(shop.LastTurn.TimedActs, act => act.Kind == "assistance.due");
                foreach (long part in new[] { 1_000_000L, 5_000_000L })
                    Assert.Equal("repaid", (await shop.CallAsync(
                        place.Chair, new RepayAssistance(), ("assistance", Text(key)), ("amount", Money(part)), ("via", Text("bank")))).Name);
                Assert.Equal("too_much", (await shop.CallAsync(
                    place.Chair, new RepayAssistance(), ("assistance", Text(key)), ("amount", Money(1)), ("via", Text("bank")))).Name);
            }
            else
            {
                Assert.Equal("received", outcome);
            }
        }
        (expected.Loans, expected.Grants) = (6_000_000, 250_000);
    }

    private async Task VisitAsync(Shop shop, Place place, Caller mentor)
    {
        var code = await shop.ReadAsync(turn => turn.Db.Set<Cooperative>().Where(row => row.Id == place.Id).Select(row => row.Code).SingleAsync());
        for (int i = 0; i < 2; i++)
            Assert.Equal("noted", (await shop.CallAsync(
                mentor, new NoteVisit(), ("kelurahan", Text(code)), ("finding", Text("Kartu stok belum diisi.")), ("due", Text("besok")))).Name);
        var visits = (await shop.CallAsync(place.Chair, new ListVisits())).Items();
        Assert.Equal("done", (await shop.CallAsync(place.Chair, new FinishVisit(), ("visit", Text(visits[0].Key)))).Name);
        Assert.Equal("not_allowed", (await shop.CallAsync(place.Chair, new FinishVisit(), ("visit", Text(visits[0].Key)))).Name);
    }

    private async Task TrainAsync(Shop shop, List<Place> places, Caller city)
    {
        var day = Wib.Day(shop.UtcNow);
        var training = await shop.CallAsync(
            city, new SetUpTraining(), ("title", Text("Pembukuan")), ("day", Text($"{day.Day}-{day.Month}-{day.Year}")), ("place", Text("09.00 di balai kota")), ("capacity", new WholeValue(6)));
        var outcomes = new List<string>();
        foreach (var place in places)
            outcomes.Add((await shop.CallAsync(place.Member, new SignUp(), ("training", Text(training.Text("key"))))).Name);
        Assert.Equal((6, 4), (outcomes.Count(name => name == "signed"), outcomes.Count(name => name == "waiting")));
        Assert.Equal("left", (await shop.CallAsync(places[0].Member, new LeaveTraining(), ("training", Text(training.Text("key"))))).Name);
        Assert.Equal(places[6].Member.PersonId, Assert.Single(shop.LastTurn.Notices).PersonId);
        var seats = (await shop.CallAsync(city, new ListSeats(), ("training", Text(training.Text("key"))))).Items();
        Assert.Equal(6, seats.Count);
        foreach (var seat in seats.Take(4))
            Assert.Equal("present", (await shop.CallAsync(city, new MarkPresent(), ("training", Text(training.Text("key"))), ("seat", Text(seat.Key)))).Name);
        expected.Attended = 4;
    }

    private async Task SettleAsync(Shop shop, Place place)
    {
        var partner = (await shop.CallAsync(place.Chair, new ListPartners())).Items().Single();
        Assert.Equal(expected.Shares[place.Id], ((MoneyValue)partner.Fields["owed"]).Rupiah);
        var outcome = await shop.CallAsync(place.Chair, new PayPartner(), ("partner", Text(partner.Key)), ("amount", Money(expected.Shares[place.Id])));
        Assert.Equal(expected.Shares[place.Id] == 0 ? "changed" : "paid", outcome.Name);
        expected.Shares[place.Id] = 0;
    }

    private async Task ProveAsync(Shop shop, List<Place> places)
    {
        await VerifyAsync(shop, [.. places.Select(place => place.Id)]);
        foreach (var place in places)
        {
            Assert.Equal(60 + expected.RiceCame[place.Id] - expected.RiceSold[place.Id], (await shop.StockAsync(place.Rice)).OnHand);
            Assert.Equal(expected.Shares[place.Id], await BalanceAsync(shop, place.Id, Account.PartnerMoney));
            var (level, movements) = await shop.ReadAsync(async turn => (
                await turn.Db.Set<StockLevel>().Join(turn.Db.Set<Product>().Where(row => row.CooperativeId == place.Id), row => row.ProductId, row => row.Id, (row, _) => row).ToListAsync(),
                await turn.Db.Set<StockMovement>().Join(turn.Db.Set<Product>().Where(row => row.CooperativeId == place.Id), row => row.ProductId, row => row.Id, (row, _) => row).ToListAsync()));
            Assert.All(level, row => Assert.Equal(row.OnHandMilli, movements.Where(line => line.ProductId == row.ProductId).Sum(line => line.QuantityMilli)));
            Assert.Equal(level.Sum(row => row.ValueRupiah), await BalanceAsync(shop, place.Id, Account.Stock));
        }

        var figures = await shop.ReadAsync(turn => CityProgrammes.OfAsync(turn.Db, Wib.Day(Start), Wib.Day(shop.UtcNow), shop.UtcNow, CancellationToken.None));
        Assert.Equal(expected.Waste.OrderBy(pair => pair.Key), figures.WasteTenths.OrderBy(pair => pair.Key));
        Assert.Equal((expected.WasteRupiah, expected.Received), (figures.WasteRupiah, figures.DeliveriesReceived));
        Assert.Equal((expected.Delivered, expected.UnderWay), (figures.DeliveredRupiah, figures.DeliveriesUnderWay));
        Assert.Equal((expected.Consigned, expected.Commission), (figures.PartnerSalesRupiah, figures.CommissionRupiah));
        Assert.Equal((expected.Grants, expected.Loans, 0), (figures.GrantsRupiah, figures.LoansRupiah, figures.LoansOwedRupiah));
        Assert.Equal((1, expected.Attended, 2, 1), (figures.Trainings, figures.Attended, figures.Visits, figures.OpenFindings));
        Assert.Equal(Cooperatives, figures.Shortages.Count);
        Assert.Equal(figures.Shortages.OrderBy(found => found.DaysLeft).Select(found => found.DaysLeft), figures.Shortages.Select(found => found.DaysLeft));
        long owed = 0;
        foreach (var place in places)
            owed += await BalanceAsync(shop, place.Id, Account.Payables);
        Assert.Equal(expected.StockRupiah + expected.Delivered, owed);
    }

    private static Task<long> BalanceAsync(Shop shop, int cooperativeId, Account account) =>
        shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, cooperativeId, account, CancellationToken.None));

    private sealed record Place(int Id, Caller Chair, Caller Member, string Rice, string Crisps, string Number);

    private sealed class Expected
    {
        public Dictionary<string, long> Waste { get; } = [];

        public long[] RiceSold { get; } = new long[Cooperatives + 1];

        public long[] RiceCame { get; } = new long[Cooperatives + 1];

        public long[] Shares { get; } = new long[Cooperatives + 1];

        public long WasteRupiah { get; set; }

        public long StockRupiah { get; set; }

        public long Delivered { get; set; }

        public long Consigned { get; set; }

        public long Commission { get; set; }

        public long Grants { get; set; }

        public long Loans { get; set; }

        public int Received { get; set; }

        public int UnderWay { get; set; }

        public int Attended { get; set; }
    }
}
