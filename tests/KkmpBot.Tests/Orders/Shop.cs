using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Counter;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Payments;
using KkmpBot.Prices;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>A cooperative's shop on a real database: members, an officer and articles, and capabilities called as a dialog calls them.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const int Jatisari = 1;
    public const int Sampangan = 2;

    private int people;

    private Shop(TestDatabase test) => Test = test;

    public TestDatabase Test { get; }

    /// <summary>The time of the next calls.</summary>
    public DateTime UtcNow { get; set; } = TestDatabase.Now;

    /// <summary>The last call's turn, with its notices and timed acts.</summary>
    public Turn LastTurn { get; private set; } = null!;

    public static async Task<Shop> OpenAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>An active member; give a NIK to be the same person again in another cooperative.</summary>
    public async Task<Caller> MemberAsync(bool civilServant = false, int cooperativeId = Jatisari, string? nik = null, string status = MemberStatus.Active)
    {
        var stranger = await Test.PersonAsync();
        var digits = nik ?? $"33741455066{++people:00000}";
        var member = NewMember(stranger.PersonId, cooperativeId, digits);
        member.Status = status;
        member.IsCivilServant = civilServant;
        await WriteAsync(turn => turn.Db.Add(member));
        return stranger with { MemberId = member.Id, CooperativeId = cooperativeId };
    }

    /// <summary>Many active members, written at once.</summary>
    public async Task<IReadOnlyList<Caller>> MembersAsync(int count)
    {
        var callers = new List<Caller>();
        await Test.TurnAsync(new Caller(0, 0, "none", null, null, null), async turn =>
        {
            for (var i = 0; i < count; i++)
            {
                var person = turn.Db.Add(new Person { CreatedUtc = TestDatabase.Now }).Entity;
                await turn.Db.SaveChangesAsync();
                var member = turn.Db.Add(NewMember(person.Id, Jatisari, $"33741455066{++people:00000}")).Entity;
                await turn.Db.SaveChangesAsync();
                turn.Db.ChangeTracker.Clear();
                callers.Add(new Caller(person.Id, 0, "console", member.Id, Jatisari, null));
            }
        });
        return callers;
    }

    public async Task LeaveAsync(Caller caller) => await WriteAsync(turn => turn.Db.Set<Member>().Single(row => row.Id == caller.MemberId).Status = MemberStatus.Left);

    public async Task<Caller> OfficerAsync(string role = OfficerRole.Chair, int cooperativeId = Jatisari)
    {
        var stranger = await Test.PersonAsync();
        await WriteAsync(turn => turn.Db.Add(new Officer { PersonId = stranger.PersonId, CooperativeId = cooperativeId, Role = role }));
        return stranger with { CooperativeId = cooperativeId, OfficerRole = role };
    }

    /// <summary>An article with stock; returns its key.</summary>
    public async Task<string> ArticleAsync(
        string goods, long price, decimal stock, string unit = "kg", decimal step = 1, (string Unit, decimal Amount)? holds = null,
        int cooperativeId = Jatisari, long cost = 0, bool spoils = false)
    {
        var product = new Product
        {
            CooperativeId = cooperativeId,
            Goods = goods,
            Name = $"{goods} {++people}",
            Unit = unit,
            StepMilli = Quantities.ToMilli(step)!.Value,
            BaseUnit = holds?.Unit ?? unit,
            BaseMilli = Quantities.ToMilli(holds?.Amount ?? 1)!.Value,
            TracksExpiry = spoils,
            Active = true,
        };
        await WriteAsync(turn => turn.Db.Add(product));
        var milli = (long)(stock * Quantities.Milli);
        await WriteAsync(turn =>
        {
            if (spoils)
                turn.Db.Add(new StockBatch { ProductId = product.Id, LeftMilli = milli, ReceivedUtc = TestDatabase.Now });
            turn.Db.Add(new StockLevel { ProductId = product.Id, OnHandMilli = milli, ValueRupiah = Quantities.Cost(cost, milli) });
            turn.Db.Add(new Price { ProductId = product.Id, Rupiah = price, FromUtc = TestDatabase.Now.AddDays(-1), Source = "pengurus" });
        });
        return product.Id.ToString(CultureInfo.InvariantCulture);
    }

    public Task<Outcome> PutAsync(Caller caller, string product, string quantity) =>
        CallAsync(caller, new PutInCart(), ("product", new TextValue(product)), ("quantity", new TextValue(quantity)));

    public Task<Outcome> PlaceAsync(Caller caller) => CallAsync(caller, new PlaceOrder());

    /// <summary>Puts one article into the cart and places it; returns the order's number.</summary>
    public async Task<string> OrderAsync(Caller caller, string product, string quantity)
    {
        Assert.Equal("put", (await PutAsync(caller, product, quantity)).Name);
        var placed = await PlaceAsync(caller);
        Assert.Equal("placed", placed.Name);
        return ((RecordValue)placed.Carried!).Text("no");
    }

    public Task<Outcome> CancelAsync(Caller caller, string number) => CallAsync(caller, new CancelOrder(), ("order", new TextValue(number)));

    public Task<Outcome> HandOverAsync(Caller officer, string number) => CallAsync(officer, new HandOverOrder(), ("order", new TextValue(number)));

    public Task<Outcome> ReceiveAsync(Caller officer, string product, string quantity, string paid = "unknown", long? unitCost = null)
    {
        List<(string, Value)> arguments =
            [("product", new TextValue(product)), ("quantity", new TextValue(quantity)), ("paid", new TextValue(paid))];
        if (unitCost is { } cost)
            arguments.Add(("unit_cost", new MoneyValue(cost)));
        return CallAsync(officer, new ReceiveStock(), [.. arguments]);
    }

    public async Task<Outcome> CallAsync(Caller caller, ICapability capability, params (string Name, Value Value)[] arguments)
    {
        Outcome? outcome = null;
        var call = new CapabilityCall(capability.Description.Name, arguments.ToDictionary(pair => pair.Name, pair => pair.Value));
        LastTurn = await Test.TurnAsync(caller, async turn => outcome = await capability.CallAsync(call, turn, CancellationToken.None), UtcNow);
        Assert.Contains(capability.Description.Outcomes, declared => declared.Name == outcome!.Name && (declared.Carries is null) == (outcome.Carried is null));
        return outcome!;
    }

    /// <summary>Runs a timed act of the orders at its moment.</summary>
    public async Task RunAsync(TimedAct act)
    {
        UtcNow = act.DueUtc;
        Slice[] slices = [OrdersSlice.Slice, CatalogSlice.Slice, PaymentsSlice.Slice, CounterSlice.Slice];
        var run = slices.SelectMany(slice => slice.TimedActs).Single(known => known.Key == act.Kind).Value;
        LastTurn = await Test.TurnAsync(new Caller(act.PersonId, 0, "none", null, null, null), async turn => await run(act, turn, CancellationToken.None), UtcNow);
    }

    /// <summary>Chooses how a cart is paid.</summary>
    public Task<Outcome> PayByAsync(Caller caller, string way) => CallAsync(caller, new ChoosePayment(), ("way", new TextValue(way)));

    /// <summary>The cooperative takes simpanan sukarela, and a member pays some in.</summary>
    public Task SaveAsync(Caller member, long rupiah) => Test.TurnAsync(member, async turn =>
    {
        (await turn.Db.Set<Cooperative>().SingleAsync(row => row.Id == Jatisari)).TakesSukarela = true;
        await Books.PostAsync(
            turn.Db,
            EntryDraft.For(turn, Jatisari, "sukarela_received").Debit(Account.Cash, rupiah).Credit(Account.Sukarela, rupiah, member.MemberId),
            CancellationToken.None);
    });

    /// <summary>The cooperative has a QRIS code, made up for the tests.</summary>
    public Task TakesQrisAsync() => WriteAsync(turn => turn.Db.Add(new QrisCode
    {
        CooperativeId = Jatisari,
        Payload = "00020101021126680016ID.CO.CONTOH.WWW011893600099000000001702150000000000000170303UMI51440014ID.CO.QRIS.WWW0215ID10999999999990303UMI"
            + "5204541153033605802ID5920KKMP CONTOH JATISARI6008SEMARANG61055027562070703A016304E021",
        SetUtc = TestDatabase.Now,
    }));

    public Task<long> BalanceAsync(Account account) => ReadAsync(turn => Books.BalanceAsync(turn.Db, Jatisari, account, CancellationToken.None));

    public async Task<(decimal OnHand, decimal Reserved)> StockAsync(string product)
    {
        var id = long.Parse(product, CultureInfo.InvariantCulture);
        var level = await ReadAsync(turn => turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(row => row.ProductId == id));
        return (Quantities.FromMilli(level.OnHandMilli), Quantities.FromMilli(level.ReservedMilli));
    }

    public async Task<T> ReadAsync<T>(Func<Turn, Task<T>> read)
    {
        T? result = default;
        await Test.TurnAsync(new Caller(0, 0, "none", null, null, null), async turn => result = await read(turn));
        return result!;
    }

    public Task WriteAsync(Action<Turn> write) => Test.TurnAsync(new Caller(0, 0, "none", null, null, null), turn =>
    {
        write(turn);
        return Task.CompletedTask;
    });

    private Member NewMember(long personId, int cooperativeId, string nik) => new()
    {
        PersonId = personId,
        Number = people,
        CooperativeId = cooperativeId,
        Status = MemberStatus.Active,
        FullName = Test.Vault.Seal("Sri Wahyuni"),
        Nik = Test.Vault.Seal(nik),
        NikIndex = Test.Vault.Index("nik", nik),
        Phone = Test.Vault.Seal("+6281234567890"),
        Address = Test.Vault.Seal("RT 003/RW 005"),
        AppliedUtc = TestDatabase.Now,
    };

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}

/// <summary>Reads what an outcome carries.</summary>
internal static class Carried
{
    public static RecordValue Record(this Outcome outcome) => (RecordValue)outcome.Carried!;

    public static string Text(this Outcome outcome, string field) => outcome.Record().Text(field);

    public static long Rupiah(this Outcome outcome, string field) => ((MoneyValue)outcome.Record().Fields[field]).Rupiah;

    public static decimal Amount(this Outcome outcome, string field) => ((QuantityValue)outcome.Record().Fields[field]).Amount;

    public static IReadOnlyList<RecordValue> Items(this Outcome outcome) => ((ListValue)outcome.Carried!).Items;
}
