using KkmpBot.Alerts;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Members;
using KkmpBot.Prices;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Alerts;

/// <summary>People with a phone who watch prices, the work behind the turns, and what it wrote to them.</summary>
internal sealed class AlertTown(TestDatabase test, bool ownsIt = false) : IAsyncDisposable
{
    public const string Market = "Kota Bandung";
    public const string Source = "Badan Pangan Nasional";

    private static readonly DialogMachine Machine = new(TestBot.OwnCatalog);

    public TestDatabase Test => test;

    public ManualTime Time { get; } = new(TestDatabase.Now);

    public static async Task<AlertTown> OpenAsync() => new(await TestDatabase.CreateAsync(), ownsIt: true);

    /// <summary>Somebody with an address, who wrote from it just now.</summary>
    public async Task<long> PersonAsync()
    {
        var person = await test.PersonAsync();
        await WriteAsync(db => db.Add(new ChannelAddress
        {
            Channel = "telegram",
            AddressIndex = test.Vault.Index("address:telegram", $"{person.PersonId}"),
            Address = test.Vault.Seal($"{person.PersonId}"),
            PersonId = person.PersonId,
            LastSeenUtc = Time.UtcNow,
        }));
        return person.PersonId;
    }

    /// <summary>Many of them at once.</summary>
    public async Task<IReadOnlyList<long>> PeopleAsync(int count)
    {
        var people = Enumerable.Range(0, count).Select(_ => new Person { CreatedUtc = Time.UtcNow }).ToList();
        await WriteAsync(db => db.AddRange(people));
        await WriteAsync(db => db.AddRange(people.Select(person => new ChannelAddress
        {
            Channel = "telegram",
            AddressIndex = test.Vault.Index("address:telegram", $"{person.Id}"),
            Address = test.Vault.Seal($"{person.Id}"),
            PersonId = person.Id,
            LastSeenUtc = Time.UtcNow,
        })));
        return [.. people.Select(person => person.Id)];
    }

    /// <summary>An alert of somebody, armed at a price.</summary>
    public static Alert Alert(long person, string subject, string goods, string kind, long named, long now, int? percent = null, long? productId = null)
    {
        var alert = new Alert
        {
            PersonId = person,
            CooperativeId = 1,
            Subject = subject,
            Goods = goods,
            ProductId = productId,
            Market = productId is null ? Market : null,
            Kind = kind,
            Rupiah = named,
            Percent = percent,
        };
        AlertRules.Arm(alert, now);
        return alert;
    }

    public Task ImportAsync(string csv) => WriteAsync(async db =>
        await ImportMarket.ApplyAsync(db, MarketFile.Read(csv).Quotes, Market, Source, Time.UtcNow, CancellationToken.None));

    /// <summary>Lets the work run until it has nothing to do; each chunk by a process that was just started.</summary>
    public async Task<int> WorkAsync(int most = int.MaxValue)
    {
        var steps = 0;
        while (steps < most && await Work().StepAsync(CancellationToken.None))
            steps++;
        return steps;
    }

    /// <summary>What was written to people so far, the oldest first.</summary>
    public async Task<List<(long Person, DateTime Utc, OutboxPayload Payload)>> SaidAsync() => await ReadAsync(async db =>
        (await db.Set<OutboxMessage>().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.ConversationId, row.CreatedUtc, OutboxPayload.Open(test.Vault, row.Payload))).ToList());

    public async Task<T> ReadAsync<T>(Func<KkmpDbContext, Task<T>> read)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        return await read(db);
    }

    public Task WriteAsync(Action<KkmpDbContext> write) => WriteAsync(db =>
    {
        write(db);
        return Task.CompletedTask;
    });

    public async Task WriteAsync(Func<KkmpDbContext, Task> write)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = test.Database.Context(connection, transaction);
        await write(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => ownsIt ? test.DisposeAsync() : ValueTask.CompletedTask;

    private AlertWork Work() => new(
        test.Database, new TellAlerts(Machine, test.Vault, new ButtonTokens(test.Vault), new TurnSettings()), new SendSettings(),
        async (write, ct) =>
        {
            await using var connection = await test.Database.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await write(connection, transaction, ct);
            await transaction.CommitAsync(ct);
        },
        Time, NullLogger<AlertWork>.Instance);
}
