using System.Globalization;
using System.Text.Json.Nodes;
using KkmpBot.Catalog;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Conversations;

/// <summary>The world that a sentence speaks of, so that it leads somewhere: the member it names owes the months it names, the order it numbers waits.</summary>
internal sealed class SaidWorld(TestBot bot)
{
    private const int Year = 2026;
    private const int ThisMonth = 11;
    private int people;

    /// <summary>What lies in the cart when it is changed.</summary>
    public const string InCart = "pesan gula 1 kg, telur 1 kg, minyakita 1 botol";

    /// <summary>Those goods.</summary>
    public static IReadOnlyList<string> ChangedGoods { get; } = ["gula", "telur", "minyakita"];

    /// <summary>The articles of the demo's cooperative.</summary>
    public Task<List<Product>> ShelfAsync() => bot.ArrangeAsync(async context =>
    {
        var cooperative = await CooperativeAsync(context);
        return await context.Set<Product>().AsNoTracking().Where(row => row.CooperativeId == cooperative.Id).ToListAsync();
    });

    /// <summary>Makes the world of a sentence.</summary>
    public Task PrepareAsync(Understood understood) => bot.ArrangeAsync(async context =>
    {
        await context.Set<OrderLine>().ExecuteDeleteAsync();
        await context.Set<Order>().ExecuteDeleteAsync();
        var cooperative = await CooperativeAsync(context);
        if (understood.Intent == "officer_deposit" && (string?)understood.Slots["member"] is { } name)
            await AdmitAsync(context, cooperative, name, understood.Slots);
        if (understood.Intent is "cancel" or "officer_handover" && RunningNumber.Read((string?)understood.Slots["order_no"] ?? "") is { } number)
            await PlaceAsync(context, cooperative, number);
        return cooperative.Id;
    });

    private static Task<Cooperative> CooperativeAsync(KkmpDbContext context) =>
        context.Set<Cooperative>().SingleAsync(row => context.Set<Product>().Any(product => product.CooperativeId == row.Id));

    private async Task AdmitAsync(KkmpDbContext context, Cooperative cooperative, string name, JsonObject slots)
    {
        await context.Set<Member>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, MemberStatus.Left));
        cooperative.TakesSukarela = true;
        var person = context.Add(new Person { CreatedUtc = bot.Time.UtcNow }).Entity;
        await context.SaveChangesAsync();
        var first = slots["months"] is JsonArray { Count: > 0 } months ? int.Parse((string)months[0]!, CultureInfo.InvariantCulture) : ThisMonth;
        string nik = $"33741455066{++people:00000}";
        context.Add(new Member
        {
            PersonId = person.Id,
            CooperativeId = cooperative.Id,
            Number = 9000 + people,
            Status = (string?)slots["kind"] == "pokok" ? MemberStatus.Approved : MemberStatus.Active,
            FullName = bot.Vault.Seal(name),
            Nik = bot.Vault.Seal(nik),
            NikIndex = bot.Vault.Index("nik", nik),
            Phone = bot.Vault.Seal("+6281234567890"),
            Address = bot.Vault.Seal("RT 003/RW 005"),
            AppliedUtc = bot.Time.UtcNow,
            ActiveUtc = new DateTime(first > ThisMonth ? Year - 1 : Year, first, 2, 0, 0, 0, DateTimeKind.Utc),
        });
    }

    private async Task PlaceAsync(KkmpDbContext context, Cooperative cooperative, int number)
    {
        var index = bot.Vault.Index("phone", DemoData.PhoneOf("member"));
        var member = await context.Set<Member>().SingleAsync(row => context.Set<Person>().Any(person => person.Id == row.PersonId && person.PhoneIndex == index));
        var order = context.Add(new Order
        {
            CooperativeId = cooperative.Id,
            MemberId = member.Id,
            PersonId = member.PersonId,
            NikIndex = member.NikIndex,
            Number = number,
            Code = PickupCode.New(),
            Status = OrderStatus.Placed,
            TotalRupiah = 17_300,
            ChangedUtc = bot.Time.UtcNow,
            PlacedUtc = bot.Time.UtcNow,
            KeptUntilUtc = bot.Time.UtcNow.AddDays(3),
        }).Entity;
        await context.SaveChangesAsync();
        var product = await context.Set<Product>().FirstAsync(row => row.CooperativeId == cooperative.Id && row.Goods == "gula");
        context.Add(new OrderLine { OrderId = order.Id, ProductId = product.Id, QuantityMilli = Quantities.Milli, PriceRupiah = 17_300 });
    }
}
