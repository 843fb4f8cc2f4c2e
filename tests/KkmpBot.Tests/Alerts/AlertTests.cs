using KkmpBot.Alerts;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Prices;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Alerts;

/// <summary>When alerts speak, and when they must not.</summary>
public sealed class AlertTests
{
    private const string Eggs = "telur";

    [Fact]
    public async Task A_price_change_leaves_one_job_whoever_watches()
    {
        await using var shop = await Shop.OpenAsync();
        var (officer, eggs) = (await shop.OfficerAsync(), await shop.ArticleAsync(Eggs, 28_000, 5));
        await using var town = new AlertTown(shop.Test);
        var people = await town.PeopleAsync(600);
        var id = long.Parse(eggs, System.Globalization.CultureInfo.InvariantCulture);
        await town.WriteAsync(db => db.AddRange(people.Select(person =>
            AlertTown.Alert(person, WatchedPrice.OfProduct(id), Eggs, AlertKind.Below, 27_000, 28_000, productId: id))));

        await shop.CallAsync(officer, new SetPrice(), ("tier", new TextValue(PriceTier.Member)), ("product", new TextValue(eggs)), ("price", new MoneyValue(26_500)));

        Assert.Equal(1, await town.ReadAsync(db => db.Set<PriceEvent>().CountAsync()));
        Assert.Empty(await town.SaidAsync());
        // 500 alerts a chunk, then 200 people a chunk.
        Assert.Equal(2 + 3, await town.WorkAsync());
        var said = await town.SaidAsync();
        Assert.Equal(people, said.Select(message => message.Person).Order());
        Assert.All(said, message => Assert.Contains("turun jadi Rp26.500 per kg", message.Payload.Text, StringComparison.Ordinal));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<PriceEvent>().CountAsync()));
    }

    [Fact]
    public async Task Whoever_it_does_not_concern_is_not_looked_at()
    {
        await using var town = await AlertTown.OpenAsync();
        var person = await town.PersonAsync();
        await town.WriteAsync(db => db.AddRange(Enumerable.Range(1, 600).Select(named =>
            AlertTown.Alert(person, WatchedPrice.OfMarket(AlertTown.Market, Eggs), Eggs, AlertKind.Below, 5 * named, 28_000))));
        await town.WriteAsync(db => PriceEvents.Add(db, WatchedPrice.OfMarket(AlertTown.Market, Eggs), 2_976, town.Time.UtcNow));
        Assert.Equal(1, await town.WorkAsync(most: 1));
        Assert.Equal(5, await town.ReadAsync(db => db.Set<Alert>().CountAsync(alert => alert.State == AlertState.Spent)));
    }

    [Fact]
    public async Task It_speaks_again_only_after_the_price_has_crossed_back()
    {
        await using var town = await AlertTown.OpenAsync();
        var person = await town.PersonAsync();
        await PriceAsync(town, 1, 30_000);
        await town.WriteAsync(db => db.Add(AlertTown.Alert(person, WatchedPrice.OfMarket(AlertTown.Market, Eggs), Eggs, AlertKind.Below, 29_000, 30_000)));
        foreach (var (day, price, told) in new[] { (2, 28_900, 1), (3, 28_000, 1), (4, 28_999, 1), (5, 29_000, 1), (6, 28_500, 2), (7, 31_000, 2), (8, 20_000, 3) })
        {
            town.Time.Advance(TimeSpan.FromDays(1));
            await PriceAsync(town, day, price);
            await town.WorkAsync();
            Assert.Equal(told, (await town.SaidAsync()).Count);
        }
    }

    [Fact]
    public async Task Of_one_kind_of_goods_a_person_hears_once_a_day_and_the_rest_the_next_morning_if_it_is_still_so()
    {
        await using var town = await AlertTown.OpenAsync();
        var person = await town.PersonAsync();
        await PriceAsync(town, 1, 30_000);
        var subject = WatchedPrice.OfMarket(AlertTown.Market, Eggs);
        await town.WriteAsync(db => db.AddRange(
            AlertTown.Alert(person, subject, Eggs, AlertKind.Below, 29_000, 30_000), AlertTown.Alert(person, subject, Eggs, AlertKind.AtMost, 25_000, 30_000)));
        await PriceAsync(town, 2, 28_000);
        await town.WorkAsync();
        await PriceAsync(town, 3, 25_000);
        await town.WorkAsync();
        Assert.Single(await town.SaidAsync());
        town.Time.Advance(TimeSpan.FromHours(21.9));
        await town.WorkAsync();
        Assert.Single(await town.SaidAsync());
        town.Time.Advance(TimeSpan.FromHours(0.2));
        await town.WorkAsync();
        Assert.Contains("turun jadi Rp25.000", (await town.SaidAsync())[1].Payload.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_so_any_more_in_the_morning_is_not_told()
    {
        await using var town = await AlertTown.OpenAsync();
        var person = await town.PersonAsync();
        await PriceAsync(town, 1, 30_000);
        var subject = WatchedPrice.OfMarket(AlertTown.Market, Eggs);
        await town.WriteAsync(db => db.AddRange(
            AlertTown.Alert(person, subject, Eggs, AlertKind.Below, 29_000, 30_000), AlertTown.Alert(person, subject, Eggs, AlertKind.Change, 0, 30_000, 3)));
        town.Time.Advance(TimeSpan.FromHours(12));
        await PriceAsync(town, 2, 28_000);
        await town.WorkAsync();
        await PriceAsync(town, 3, 30_000);
        town.Time.Advance(TimeSpan.FromHours(12));
        await town.WorkAsync();
        Assert.Empty(await town.SaidAsync());
    }

    [Fact]
    public async Task Goods_that_are_there_again_are_told_once_and_again_when_they_were_sold_out()
    {
        await using var shop = await Shop.OpenAsync();
        var (officer, member) = (await shop.OfficerAsync(), await shop.MemberAsync());
        var gas = await shop.ArticleAsync("tepung", 12_000, 0);
        await using var town = new AlertTown(shop.Test);
        var person = await town.PersonAsync();
        var id = long.Parse(gas, System.Globalization.CultureInfo.InvariantCulture);
        await town.WriteAsync(db => db.Add(AlertTown.Alert(person, WatchedPrice.OfStock(id), "tepung", AlertKind.InStock, 0, 0, productId: id)));
        await shop.ReceiveAsync(officer, gas, "2");
        await shop.ReceiveAsync(officer, gas, "2");
        await town.WorkAsync();
        Assert.Contains("ada lagi, Rp12.000 per kg", Assert.Single(await town.SaidAsync()).Payload.Text, StringComparison.Ordinal);

        await shop.OrderAsync(member, gas, "4");
        town.Time.Advance(TimeSpan.FromDays(1));
        await town.WorkAsync();
        await shop.ReceiveAsync(officer, gas, "1");
        await town.WorkAsync();
        Assert.Equal(2, (await town.SaidAsync()).Count);
    }

    [Fact]
    public async Task Several_alerts_come_in_one_message_with_what_the_market_says()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var eggs = await shop.ArticleAsync(Eggs, 28_000, 5);
        await using var town = new AlertTown(shop.Test);
        var person = await town.PersonAsync();
        await town.ImportAsync($"Timestamp,Komoditas,Satuan,Harga\n{Wib.Day(town.Time.UtcNow).AddDays(-1):yyyy-MM-dd},Telur Ayam Ras,Rp./Kg,30000\n");
        await town.ImportAsync($"Timestamp,Komoditas,Satuan,Harga\n{Wib.Day(town.Time.UtcNow).AddDays(-1):yyyy-MM-dd},Gula Konsumsi,Rp./Kg,17500\n");
        await town.WorkAsync();
        var id = long.Parse(eggs, System.Globalization.CultureInfo.InvariantCulture);
        await town.WriteAsync(db => db.AddRange(
            AlertTown.Alert(person, WatchedPrice.OfProduct(id), Eggs, AlertKind.AtMost, 27_000, 28_000, productId: id),
            AlertTown.Alert(person, WatchedPrice.OfMarket(AlertTown.Market, "gula"), "gula", AlertKind.Change, 0, 17_500, 5)));
        await shop.CallAsync(officer, new SetPrice(), ("tier", new TextValue(PriceTier.Member)), ("product", new TextValue(eggs)), ("price", new MoneyValue(26_000)));
        await town.ImportAsync($"Timestamp,Komoditas,Satuan,Harga\n{Wib.Day(town.Time.UtcNow):d-M-yyyy},Gula Konsumsi,Rp/kg,18500\n");
        await town.WorkAsync();
        var text = Assert.Single(await town.SaidAsync()).Payload.Text;
        Assert.Contains($"• telur 1 turun jadi Rp26.000 per kg (di pasar Kota Bandung Rp30.000 per kg, 22 Nov 2026)", text, StringComparison.Ordinal);
        Assert.Contains("• Gula di pasar Kota Bandung naik jadi Rp18.500 per kg (Badan Pangan Nasional, 23 Nov 2026)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_took_their_consent_back_is_not_told()
    {
        await using var town = await AlertTown.OpenAsync();
        var (stays, left) = (await town.PersonAsync(), await town.PersonAsync());
        await PriceAsync(town, 1, 30_000);
        await town.WriteAsync(db => db.AddRange(new[] { stays, left }.Select(person =>
            AlertTown.Alert(person, WatchedPrice.OfMarket(AlertTown.Market, Eggs), Eggs, AlertKind.Below, 29_000, 30_000))));
        foreach (var (person, given) in new[] { (stays, true), (left, true), (left, false) })
        {
            await town.WriteAsync(db => db.Add(new Consent
            {
                PersonId = person,
                Purpose = ConsentPurpose.Alerts,
                TextVersion = "t",
                Given = given,
                AtUtc = town.Time.UtcNow,
                Channel = "telegram",
            }));
        }
        await PriceAsync(town, 2, 28_000);
        await town.WorkAsync();
        Assert.Equal(stays, Assert.Single(await town.SaidAsync()).Person);
    }

    [Fact]
    public async Task Nobody_is_told_twice_when_the_work_dies_between_two_chunks()
    {
        await using var town = await AlertTown.OpenAsync();
        var people = await town.PeopleAsync(300);
        await PriceAsync(town, 1, 30_000);
        await town.WriteAsync(db => db.AddRange(people.Select(person =>
            AlertTown.Alert(person, WatchedPrice.OfMarket(AlertTown.Market, Eggs), Eggs, AlertKind.Below, 29_000, 30_000))));
        await PriceAsync(town, 2, 28_000);
        // Every step is another process, which knows nothing of the one before.
        while (await town.WorkAsync(most: 1) > 0)
            Assert.True((await town.SaidAsync()).Count <= 300);
        Assert.Equal(people, (await town.SaidAsync()).Select(message => message.Person).Order());
    }

    private static Task PriceAsync(AlertTown town, int day, long price) =>
        town.ImportAsync($"Timestamp,Komoditas,Satuan,Harga\n2026-11-{day:00},Telur Ayam Ras,Rp./Kg,{price}\n");
}
