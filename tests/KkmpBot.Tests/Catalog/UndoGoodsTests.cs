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
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Catalog;

/// <summary>An officer's act on goods, taken back with one word: everything stands where it stood, and what was booked stays to be seen.</summary>
public sealed class UndoGoodsTests
{
    [Theory]
    [InlineData("receive")]
    [InlineData("write off")]
    [InlineData("count")]
    [InlineData("sell")]
    [InlineData("hand over")]
    [InlineData("hand over a part")]
    [InlineData("return")]
    [InlineData("return damaged")]
    [InlineData("exchange")]
    [InlineData("price")]
    public async Task Is_taken_back_to_the_gram_and_the_rupiah(string act)
    {
        await using var scene = await Scene.OpenAsync(act);
        var before = await scene.StateAsync();
        await scene.ActAsync(act);
        Assert.NotEqual(before, await scene.StateAsync());
        var undone = await scene.UndoAsync();
        Assert.Equal(("undone", before), (undone.Name, await scene.StateAsync()));
        Assert.NotEqual("", undone.Text("what"));
        // The same again, and again taken back: nothing of the first time is in the way.
        await scene.ActAsync(act);
        Assert.Equal(("undone", before), ((await scene.UndoAsync()).Name, await scene.StateAsync()));
        Assert.Empty((await LedgerVerifier.VerifyAsync(scene.Shop.Test.Database, CancellationToken.None)).Faults);
    }

    [Theory]
    [InlineData("receive", "ordered")]
    [InlineData("receive", "moved")]
    [InlineData("write off", "moved")]
    [InlineData("count", "moved")]
    [InlineData("sell", "returned")]
    [InlineData("hand over", "returned")]
    [InlineData("return", "ordered")]
    [InlineData("price", "priced")]
    public async Task Is_not_taken_back_when_others_have_gone_on_from_there(string act, string since)
    {
        await using var scene = await Scene.OpenAsync(act);
        await scene.ActAsync(act);
        await scene.GoOnAsync(since);
        var before = await scene.StateAsync();
        Assert.Equal(("built_on", before), ((await scene.UndoAsync()).Name, await scene.StateAsync()));
    }

    [Fact]
    public async Task A_delivery_that_the_queue_was_told_of_is_taken_back_from_the_queue()
    {
        await using var scene = await Scene.OpenAsync("receive");
        var waiting = await scene.Shop.MemberAsync();
        Assert.Equal("written_off", (await scene.Shop.CallAsync(scene.Officer, new WriteOffStock(), Scene.Text("product", scene.Eggs), Scene.Text("quantity", "5"))).Name);
        Assert.Equal("waiting", (await scene.Shop.CallAsync(waiting, new JoinQueue(), Scene.Text("product", scene.Eggs))).Name);
        await scene.ActAsync("receive");
        Assert.Contains(scene.Shop.LastTurn.Notices, notice => notice.PersonId == waiting.PersonId);
        Assert.Equal("undone", (await scene.UndoAsync()).Name);
        Assert.Contains(scene.Shop.LastTurn.Notices, notice => notice.PersonId == waiting.PersonId);
        Assert.Equal((3, 3), await scene.Shop.StockAsync(scene.Eggs));
    }

    private sealed class Scene(Shop shop, Caller officer, Caller member, string eggs, string order) : IAsyncDisposable
    {
        private static readonly IReadOnlyDictionary<string, UndoAct> Undos =
            new[] { CatalogSlice.Slice, OrdersSlice.Slice, CounterSlice.Slice, PricesSlice.Slice, PaymentsSlice.Slice }.SelectMany(slice => slice.Undos).ToDictionary();

        public Shop Shop => shop;

        public Caller Officer => officer;

        public string Eggs => eggs;

        // Eggs that spoil, in two batches; a member whose order of 3 kg waits, or was fetched already where goods come back.
        public static async Task<Scene> OpenAsync(string act)
        {
            var shop = await Shop.OpenAsync();
            var (officer, member) = (await shop.OfficerAsync(), await shop.MemberAsync());
            var eggs = await shop.ArticleAsync("telur", 28_500, 2, step: 0.25m, cost: 26_000, spoils: true);
            await shop.ReceiveAsync(officer, eggs, "6", "later", 27_333);
            var order = await shop.OrderAsync(member, eggs, "3");
            if (act is "return" or "return damaged" or "exchange")
                Assert.Equal("handed_over", (await shop.HandOverAsync(officer, order)).Name);
            shop.UtcNow += TimeSpan.FromMinutes(5);
            return new Scene(shop, officer, member, eggs, order);
        }

        public async Task ActAsync(string act) => Assert.Contains((await (act switch
        {
            "receive" => shop.ReceiveAsync(officer, eggs, "4", "later", 25_111),
            "write off" => shop.CallAsync(officer, new WriteOffStock(), Text("product", eggs), Text("quantity", "2,5")),
            "count" => CountAsync(),
            "sell" => SellAsync(),
            "hand over" => shop.HandOverAsync(officer, order),
            "hand over a part" => shop.CallAsync(officer, new HandOverPart(), Text("order", order), Text("product", eggs), Text("quantity", "1")),
            "price" => shop.CallAsync(officer, new SetPrice(), Text("product", eggs), Text("tier", PriceTier.Member), ("price", new MoneyValue(29_000))),
            _ => ReturnAsync(act),
        })).Name, (string[])["received", "written_off", "booked", "sold", "handed_over", "set", "taken_back", "exchanged"]);

        public async Task GoOnAsync(string since)
        {
            var other = await shop.OfficerAsync();
            var outcome = await (since switch
            {
                "ordered" => OrderAllAsync(),
                "moved" => shop.ReceiveAsync(other, eggs, "1", "cash", 20_000),
                "returned" => shop.CallAsync(
                    other, new TakeBackGoods(), Text("order", await LastNumberAsync()), Text("product", eggs), Text("quantity", "1"), Text("how", "damaged")),
                _ => shop.CallAsync(other, new SetPrice(), Text("product", eggs), Text("tier", PriceTier.Member), ("price", new MoneyValue(29_500))),
            });
            Assert.Contains(outcome.Name, (string[])["placed", "received", "taken_back", "set"]);
        }

        public Task<Outcome> UndoAsync() => shop.CallAsync(officer, new UndoLastAct(Undos));

        public Task<string> StateAsync() => shop.ReadAsync(async turn =>
        {
            var levels = await turn.Db.Set<StockLevel>().AsNoTracking().OrderBy(row => row.ProductId).ToListAsync();
            var batches = await turn.Db.Set<StockBatch>().AsNoTracking().Where(row => row.LeftMilli > 0).OrderBy(row => row.Id).ToListAsync();
            var orders = await turn.Db.Set<Order>().AsNoTracking().Where(row => row.Status != OrderStatus.Cancelled).OrderBy(row => row.Id).ToListAsync();
            var lines = await turn.Db.Set<OrderLine>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
            var sums = await Books.TrialBalanceAsync(turn.Db, Shop.Jatisari, CancellationToken.None);
            var price = (await Shelf.FindAsync(turn.Db, Shop.Jatisari, eggs, shop.UtcNow, CancellationToken.None))!.PriceRupiah;
            IEnumerable<string> state =
            [
                .. levels.Select(row => $"level {row.ProductId}: {row.OnHandMilli} {row.ReservedMilli} {row.ValueRupiah}"),
                .. batches.Select(row => $"batch {row.Id}: {row.LeftMilli}"),
                .. orders.Select(row => $"order {row.Id}: {row.Status} {row.UsedRupiah} {row.HandedOverBy}"),
                .. lines.Where(row => orders.Exists(order => order.Id == row.OrderId)).Select(row => $"line {row.Id}: {row.HandedMilli} {row.ReturnedMilli}"),
                .. sums.Where(sum => sum.BalanceRupiah != 0).Select(sum => $"{sum.Account}: {sum.BalanceRupiah}"),
                $"price {price}",
            ];
            return string.Join('\n', state);
        });

        public ValueTask DisposeAsync() => shop.DisposeAsync();

        public static (string, Value) Text(string name, string text) => (name, new TextValue(text));

        private async Task<Outcome> CountAsync()
        {
            await shop.CallAsync(officer, new NoteCount(), Text("product", eggs), Text("quantity", "3,5"));
            return await shop.CallAsync(officer, new BookCount());
        }

        private async Task<Outcome> SellAsync()
        {
            var quote = await shop.CallAsync(officer, new QuoteSale(), Text("sentence", "telur 2 kg"), Text("tier", PriceTier.NonMember));
            return await shop.CallAsync(
                officer, new SellAtCounter(), Text("sentence", "telur 2 kg"), Text("tier", quote.Text("tier")), Text("buyer", ""),
                ("total", new MoneyValue(quote.Rupiah("total"))), Text("paid", "cash"));
        }

        private Task<Outcome> ReturnAsync(string act) => shop.CallAsync(
            officer, new TakeBackGoods(), Text("order", order), Text("product", eggs), Text("quantity", "1,25"),
            Text("how", act switch { "return" => "good", "return damaged" => "damaged", _ => "exchange" }));

        private async Task<Outcome> OrderAllAsync()
        {
            var (onHand, reserved) = await shop.StockAsync(eggs);
            await shop.PutAsync(member, eggs, (onHand - reserved).ToString("0.##", CultureInfo.InvariantCulture));
            return await shop.PlaceAsync(member);
        }

        private Task<string> LastNumberAsync() => shop.ReadAsync(async turn =>
            $"{await turn.Db.Set<Order>().Where(row => row.Status == OrderStatus.HandedOver).OrderByDescending(row => row.Id).Select(row => row.Number).FirstAsync():0000}");
    }
}
