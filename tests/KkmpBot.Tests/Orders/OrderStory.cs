using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Counter;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Orders;
using KkmpBot.Payments;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>A shop to which random things happen, and what must be true of it after each.</summary>
internal sealed class OrderStory(Shop shop, Random random)
{
    private const long SphpDayLimitMilli = 25_000;

    private static readonly IReadOnlyDictionary<string, UndoAct> Undos =
        new[] { CatalogSlice.Slice, OrdersSlice.Slice, CounterSlice.Slice, PaymentsSlice.Slice, PricesSlice.Slice }.SelectMany(slice => slice.Undos).ToDictionary();

    private readonly List<Caller> members = [];
    private readonly List<string> articles = [];
    private readonly List<TimedAct> timers = [];
    private readonly Dictionary<long, long> openingMilli = [];
    private readonly Dictionary<(long Order, long Product), long> promised = [];
    private Caller officer = null!;
    private Turn? heard;

    /// <summary>What was done and how it ended ("cancel: cancelled"), with how often.</summary>
    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    private long openingRupiah;

    public static async Task<OrderStory> BeginAsync(Shop shop, int seed, int count)
    {
        var story = new OrderStory(shop, new Random(seed)) { officer = await shop.OfficerAsync() };
        for (var i = 0; i < count; i++)
            story.members.Add(await shop.MemberAsync(civilServant: i == 0));
        await story.AddAsync("gula", 17_000, 12, step: 0.5m, cost: 16_000);
        await story.AddAsync("telur", 28_500, 6, step: 0.25m, cost: 26_400);
        await story.AddAsync("beras_sphp", 60_000, 8, unit: "pak", holds: ("kg", 5), cost: 55_000);
        await story.AddAsync("lpg3", 18_000, 4, unit: "tabung", cost: 16_000);
        await shop.TakesQrisAsync();
        foreach (var member in story.members.Take(2))
            await shop.SaveAsync(member, 300_000);
        return story;
    }

    public async Task<string> ActAsync()
    {
        var (buyer, number) = await SomeOrderAsync();
        var (member, article) = (Pick(members), Pick(articles));
        var (act, outcome) = random.Next(21) switch
        {
            0 or 1 or 2 => ("order", await OrderAsync(member, article)),
            3 => ("cart", await shop.PutAsync(member, article, Amount())),
            4 => ("change", await shop.CallAsync(member, new HearOrder(), Text("sentence", Change()))),
            5 => ("cancel", await shop.CancelAsync(random.Next(3) == 0 ? member : buyer, number)),
            6 => ("expire", await ExpireAsync(member, article)),
            7 or 8 => ("hand over", await shop.HandOverAsync(officer, number)),
            9 => ("hand over part", await shop.CallAsync(officer, new HandOverPart(), Text("order", number), Text("product", article), Text("quantity", Amount()))),
            10 or 11 => ("return", await ReturnAsync(article)),
            12 => ("count", await CountAsync(article)),
            13 or 14 => ("receive", await ReceiveAsync(article)),
            15 => ("write off", await shop.CallAsync(officer, new WriteOffStock(), Text("product", article), Text("quantity", Amount()))),
            16 => ("price", await SetPriceAsync(article)),
            17 => ("queue", await shop.CallAsync(member, new JoinQueue(), Text("product", article))),
            18 => ("counter", await SellAsync(member)),
            19 => ("undo", await shop.CallAsync(officer, new UndoLastAct(Undos))),
            _ => ("payment", await PaidAsync()),
        };
        if (act != "expire" && shop.LastTurn != heard && shop.LastTurn is not null)
            timers.AddRange(shop.LastTurn.TimedActs);
        heard = shop.LastTurn;
        var what = $"{act}: {outcome?.Name ?? "nothing"}";
        Outcomes[what] = Outcomes.GetValueOrDefault(what) + 1;
        await RememberPromisesAsync();
        return what;
    }

    public Task ExpectOrderAsync(string at) => shop.ReadAsync(async turn =>
    {
        var levels = await turn.Db.Set<StockLevel>().AsNoTracking().ToListAsync();
        var orders = await turn.Db.Set<Order>().AsNoTracking().Where(order => order.Status != OrderStatus.Draft).ToDictionaryAsync(order => order.Id);
        var lines = (await turn.Db.Set<OrderLine>().AsNoTracking().ToListAsync()).Where(line => orders.ContainsKey(line.OrderId)).ToList();
        var kept = await turn.Db.Set<StockWait>().AsNoTracking().Where(wait => wait.Status == WaitStatus.Offered).ToListAsync();
        var moved = await turn.Db.Set<StockMovement>().GroupBy(row => row.ProductId).Select(rows => new { rows.Key, Sum = rows.Sum(row => row.QuantityMilli) }).ToListAsync();
        var batches = await turn.Db.Set<StockBatch>().GroupBy(row => row.ProductId).Select(rows => new { rows.Key, Sum = rows.Sum(row => row.LeftMilli) }).ToListAsync();
        foreach (var level in levels)
        {
            var open = lines.Where(line => line.ProductId == level.ProductId && orders[line.OrderId].Status == OrderStatus.Placed)
                .Sum(line => line.QuantityMilli - line.HandedMilli);
            var offered = kept.Where(wait => wait.ProductId == level.ProductId).Sum(wait => wait.OfferedMilli);
            Assert.True(level.ReservedMilli == open + offered, $"{at}: reserved {level.ReservedMilli}, promised {open} and offered {offered}");
            Assert.True(level.OnHandMilli >= level.ReservedMilli && level.ReservedMilli >= 0, $"{at}: {level.OnHandMilli} on hand, {level.ReservedMilli} reserved");
            var sum = openingMilli[level.ProductId] + moved.Where(row => row.Key == level.ProductId).Sum(row => row.Sum);
            Assert.True(level.OnHandMilli == sum, $"{at}: {level.OnHandMilli} on hand, the book says {sum}");
            Assert.True(batches.All(batch => batch.Key != level.ProductId || batch.Sum == level.OnHandMilli), $"{at}: the batches hold something else");
        }

        Assert.All(lines, line => Assert.True(promised[(line.OrderId, line.ProductId)] == line.PriceRupiah, $"{at}: a price changed under order {line.OrderId}"));
        ExpectLimits(at, orders, lines, await turn.Db.Set<Product>().AsNoTracking().ToDictionaryAsync(product => product.Id));
        await ExpectBooksAsync(turn, at, levels.Sum(level => level.ValueRupiah), orders.Values);
        return levels.Count;
    });

    // What a person holds of one day never exceeds the rule, whatever came back or was cancelled since.
    private static void ExpectLimits(string at, Dictionary<long, Order> orders, List<OrderLine> lines, Dictionary<long, Product> products)
    {
        var bought = lines.Where(line => products[line.ProductId].Goods == "beras_sphp" && orders[line.OrderId].NikIndex is not null)
            .Where(line => orders[line.OrderId].Status is OrderStatus.Placed or OrderStatus.HandedOver)
            .GroupBy(line => (Convert.ToHexString(orders[line.OrderId].NikIndex!), Wib.Day(orders[line.OrderId].PlacedUtc!.Value)))
            .Select(group => group.Sum(line => (orders[line.OrderId].Status == OrderStatus.Placed ? line.QuantityMilli : line.HandedMilli) - line.ReturnedMilli) * 5);
        Assert.All(bought, milli => Assert.True(milli <= SphpDayLimitMilli, $"{at}: somebody has {milli} of a day"));
    }

    private async Task ExpectBooksAsync(Turn turn, string at, long valueRupiah, IEnumerable<Order> orders)
    {
        var sums = await Books.TrialBalanceAsync(turn.Db, Shop.Jatisari, CancellationToken.None);
        long Balance(Account account) => sums.SingleOrDefault(sum => sum.Account == account)?.BalanceRupiah ?? 0;
        Assert.True(sums.Sum(sum => sum.DebitRupiah) == sums.Sum(sum => sum.CreditRupiah), $"{at}: the books do not balance");
        Assert.True(openingRupiah + Balance(Account.Stock) == valueRupiah, $"{at}: the shelf is worth {valueRupiah}, the books say {openingRupiah + Balance(Account.Stock)}");
        Assert.True(Balance(Account.Prepayments) == orders.Sum(order => order.PaidRupiah - order.UsedRupiah), $"{at}: prepayments");
    }

    // Mostly an order that waits, sometimes any number.
    private async Task<(Caller Buyer, string Number)> SomeOrderAsync()
    {
        var open = await shop.ReadAsync(turn => turn.Db.Set<Order>().Where(order => order.Status == OrderStatus.Placed)
            .OrderBy(order => order.Id).Select(order => new { order.PersonId, order.Number }).ToListAsync());
        if (open.Count == 0 || random.Next(5) == 0)
            return (Pick(members), $"{random.Next(1, 40):0000}");
        var order = Pick(open);
        return (members.Single(member => member.PersonId == order.PersonId), $"{order.Number:0000}");
    }

    private async Task<Outcome?> OrderAsync(Caller member, string article)
    {
        await shop.PutAsync(member, article, Amount());
        await shop.PayByAsync(member, Pick([PaymentWay.Cash, PaymentWay.Cash, PaymentWay.Sukarela, PaymentWay.Qris]));
        return await shop.PlaceAsync(member);
    }

    // Somebody orders and does not come: three days pass, and what becomes due is done.
    private async Task<Outcome?> ExpireAsync(Caller member, string article)
    {
        await OrderAsync(member, article);
        timers.AddRange(shop.LastTurn.TimedActs);
        await RememberPromisesAsync();
        var later = shop.UtcNow.AddDays(3);
        var hasExpired = false;
        while (timers.Where(timer => timer.DueUtc <= later).MinBy(timer => timer.DueUtc) is { } next)
        {
            timers.Remove(next);
            await shop.RunAsync(next);
            timers.AddRange(shop.LastTurn.TimedActs);
            hasExpired |= shop.LastTurn.Notices.Any(notice => notice.Phrase.Contains("expired", StringComparison.Ordinal));
        }

        shop.UtcNow = later;
        return hasExpired ? new Outcome("expired") : null;
    }

    private async Task<Outcome?> ReturnAsync(string article)
    {
        var id = long.Parse(article, CultureInfo.InvariantCulture);
        var fetched = await shop.ReadAsync(turn => (
            from line in turn.Db.Set<OrderLine>()
            join order in turn.Db.Set<Order>() on line.OrderId equals order.Id
            where line.ProductId == id && line.HandedMilli > line.ReturnedMilli
            orderby order.Id descending
            select order.Number).FirstOrDefaultAsync());
        return fetched is null ? null : await shop.CallAsync(
            officer, new TakeBackGoods(), Text("order", $"{fetched:0000}"), Text("product", article), Text("quantity", Amount()), Text("how", Pick(["good", "damaged", "exchange"])));
    }

    private async Task<Outcome?> ReceiveAsync(string article) =>
        await shop.ReceiveAsync(officer, article, $"{random.Next(1, 9)}", random.Next(2) == 0 ? "cash" : "later", 15_000 + random.Next(3_000));

    private async Task<Outcome?> CountAsync(string article)
    {
        await shop.CallAsync(officer, new NoteCount(), Text("product", article), Text("quantity", $"{random.Next(0, 12)}"));
        var booked = await shop.CallAsync(officer, new BookCount());
        if (booked.Name != "booked")
            await shop.CallAsync(officer, new DropCount());
        return booked;
    }

    private async Task<Outcome?> SetPriceAsync(string article) => await shop.CallAsync(
        officer, new SetPrice(), Text("product", article), Text("tier", Pick(PriceTier.All)), ("price", new MoneyValue(random.Next(10_000, article == articles[2] ? 70_000 : 21_000))));

    private async Task<Outcome?> SellAsync(Caller member)
    {
        var number = await shop.ReadAsync(turn => turn.Db.Set<KkmpBot.Members.Member>().Where(row => row.Id == member.MemberId).Select(row => row.Number).SingleAsync());
        var sentence = $"gula {random.Next(1, 3)} kg, beras sphp {random.Next(1, 4)} pak";
        var quote = random.Next(2) == 0
            ? await shop.CallAsync(officer, new QuoteSale(), Text("sentence", sentence), Text("tier", PriceTier.NonMember))
            : await shop.CallAsync(officer, new QuoteSale(), Text("sentence", sentence), Text("tier", PriceTier.Member), Text("buyer", $"{number:0000}"));
        return quote.Carried is null || quote.Rupiah("total") == 0 ? quote : await shop.CallAsync(
            officer, new SellAtCounter(), Text("sentence", sentence), Text("tier", quote.Text("tier")), Text("buyer", quote.Text("buyer")),
            ("total", new MoneyValue(quote.Rupiah("total"))), Text("paid", "cash"));
    }

    private async Task<Outcome?> PaidAsync()
    {
        var waiting = (await shop.CallAsync(officer, new KkmpBot.Payments.ListWaitingPayments())).Items();
        return waiting.Count == 0 ? null : await shop.CallAsync(officer, new KkmpBot.Payments.ConfirmQris(), Text("payment", waiting[0].Key));
    }

    private async Task AddAsync(
        string goods, long price, decimal stock, string unit = "kg", decimal step = 1, (string Unit, decimal Amount)? holds = null, long cost = 0)
    {
        var key = await shop.ArticleAsync(goods, price, stock, unit, step, holds, cost: cost, spoils: goods == "telur");
        articles.Add(key);
        openingMilli[long.Parse(key, CultureInfo.InvariantCulture)] = (long)(stock * Quantities.Milli);
        openingRupiah += (long)(stock * cost);
    }

    private Task RememberPromisesAsync() => shop.ReadAsync(async turn =>
    {
        var rows = await turn.Db.Set<OrderLine>().AsNoTracking()
            .Where(line => turn.Db.Set<Order>().Any(order => order.Id == line.OrderId && order.Status != OrderStatus.Draft)).ToListAsync();
        foreach (var line in rows)
            promised.TryAdd((line.OrderId, line.ProductId), line.PriceRupiah);
        return rows.Count;
    });

    private string Change() => Pick([$"tambah gula {random.Next(1, 4)} kg, telur ga usah", $"gulanya jadi {random.Next(1, 4)} kg", "tambah telur setengah kilo", "gula ga usah"]);

    private string Amount() => Pick(["1", "1", "2", "2", "3", "setengah", "1,5", "5", "seperempat", "7"]);

    private static (string, Value) Text(string name, string text) => (name, new TextValue(text));

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
