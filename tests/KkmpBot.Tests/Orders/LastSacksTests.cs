using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>
/// Two hundred people want the last fifty sacks at once, through every channel there is, from the platform's side of the whole service (two copies
/// of it on PostgreSQL): fifty get one, the others are told so and queue, and what comes free goes to those who wait longest.
/// </summary>
public sealed class LastSacksTests
{
    private const int People = 200;
    private const int Sacks = 50;
    private const int Released = 10;

    [Fact]
    public async Task Fifty_are_sold_a_hundred_and_fifty_queue_and_the_first_ten_get_what_is_released()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var rice = await shop.ArticleAsync("beras_sphp", 60_000, Sacks, "pak", holds: ("kg", 5), cost: 55_000);
        await using var city = await SackCity.StartAsync(shop.Test);
        var people = await PeopleAsync(shop, city);
        await city.AllSayAsync(people, "pesan beras sphp 1 pak");
        await city.AllSayAsync(people, "lanjut pesan");
        Assert.Equal((Sacks, 0m), await shop.StockAsync(rice));

        await city.AllSayAsync(people, "ya, sudah benar");

        var winners = await ToldAsync(people, "Nomor pesanan");
        var losers = await ToldAsync(people, "Mau masuk antrean?");
        Assert.Equal((Sacks, People - Sacks), (winners.Count, losers.Count));
        Assert.Equal((Sacks, (decimal)Sacks), await shop.StockAsync(rice));
        Assert.Equal(Sacks, await shop.ReadAsync(turn => turn.Db.Set<KkmpBot.Orders.Order>().Where(row => row.Number != null).Select(row => row.Number).Distinct().CountAsync()));
        Assert.Equal(People, winners.Concat(losers).Distinct().Count());

        var queue = losers.Take(20).ToList();
        foreach (var person in queue)
            await city.SayAsync(person, "ya, kabari saya");
        for (var released = 0; released < Released; released++)
        {
            foreach (var words in (string[])["pesanan saya", "1", "batalkan pesanan ini", "ya, batalkan"])
                await city.SayAsync(winners[released], words);
            await city.QuietAsync();
            // In order: with every sack that is released exactly the next one is told.
            Assert.Equal(
                queue.Take(released + 1).Select(person => person.Id),
                await shop.ReadAsync(turn => turn.Db.Set<StockWait>().Where(wait => wait.Status == WaitStatus.Offered).OrderBy(wait => wait.Id).Select(wait => wait.PersonId).ToListAsync()));
            Assert.Equal(queue.Take(released + 1), await ToldAsync(queue, "ada lagi"));
        }

        // Whoever was not told walks past nobody.
        await city.SayAsync(losers[^1], "tidak usah");
        await city.SayAsync(losers[^1], "beras sphp 1 pak");
        Assert.Contains("Mau masuk antrean?", await losers[^1].HeardAsync(), StringComparison.Ordinal);
        await city.AllSayAsync(queue.Take(Released), "pesan beras sphp 1 pak");
        await city.AllSayAsync(queue.Take(Released), "lanjut pesan");
        await city.AllSayAsync(queue.Take(Released), "ya, sudah benar");
        Assert.Equal(queue.Take(Released), await ToldAsync(queue, "Nomor pesanan"));
        Assert.Empty(city.Violations);

        foreach (var number in Enumerable.Range(1, Sacks + Released))
            await shop.HandOverAsync(officer, $"{number:0000}");
        await ExpectAllSoldAsync(shop, rice);
    }

    private static async Task ExpectAllSoldAsync(Shop shop, string rice)
    {
        Assert.Equal((0m, 0m), await shop.StockAsync(rice));
        Assert.Equal(Sacks * 60_000, await shop.BalanceAsync(Account.Cash));
        Assert.Equal(Sacks * 60_000, await shop.BalanceAsync(Account.MemberSales));
        Assert.Equal(Sacks * 55_000, await shop.BalanceAsync(Account.CostOfGoods));
        Assert.Empty((await LedgerVerifier.VerifyAsync(shop.Test.Database, CancellationToken.None)).Faults);
    }

    // Every fourth person writes in another channel, known there as themselves.
    private static async Task<IReadOnlyList<Buyer>> PeopleAsync(Shop shop, SackCity city)
    {
        var members = await shop.MembersAsync(People);
        var people = members.Select((member, i) =>
        {
            var buyer = city.AddPerson(SackCity.Channels[i % SackCity.Channels.Length]);
            buyer.Id = member.PersonId;
            return buyer;
        }).ToList();
        await shop.WriteAsync(turn => turn.Db.AddRange(people.Select(buyer => new ChannelAddress
        {
            Channel = buyer.Channel,
            AddressIndex = shop.Test.Vault.Index($"address:{buyer.Channel}", buyer.Address),
            Address = shop.Test.Vault.Seal(buyer.Address),
            PersonId = buyer.Id,
            LastSeenUtc = TestDatabase.Now,
        })));
        return people;
    }

    private static async Task<IReadOnlyList<Buyer>> ToldAsync(IEnumerable<Buyer> people, string words)
    {
        var told = new List<Buyer>();
        foreach (var person in people)
        {
            if ((await person.HeardAsync()).Contains(words, StringComparison.Ordinal))
                told.Add(person);
        }

        return told;
    }
}
