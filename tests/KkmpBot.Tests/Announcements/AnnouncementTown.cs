using KkmpBot.Announcements;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Members;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Announcements;

/// <summary>Members with phones and consents, officers, and the work behind the turns, on a real database.</summary>
internal sealed class AnnouncementTown : IAsyncDisposable
{
    private readonly TestDatabase test;
    private int people;

    private AnnouncementTown(TestDatabase test) => this.test = test;

    public ManualTime Time { get; } = new(TestDatabase.Now);

    public static async Task<AnnouncementTown> OpenAsync() => new(await TestDatabase.CreateAsync());

    public async Task<long> MemberAsync(
        string channel = "telegram", bool? agrees = true, bool blocked = false, bool asn = false, int cooperative = 1, string status = MemberStatus.Active,
        int seenHoursAgo = 0, string? nickname = null, int activeMonths = 0)
    {
        var (number, person) = (++people, await test.PersonAsync());
        await WriteAsync(async db =>
        {
            if (nickname is not null)
                (await db.Set<Person>().SingleAsync(row => row.Id == person.PersonId)).Nickname = test.Vault.Seal(nickname);
            db.Add(new Member
            {
                PersonId = person.PersonId,
                CooperativeId = cooperative,
                Status = status,
                FullName = test.Vault.Seal("Sri Wahyuni"),
                Nik = test.Vault.Seal($"{number:0000000000000000}"),
                NikIndex = test.Vault.Index("nik", $"{number:0000000000000000}"),
                Phone = test.Vault.Seal("+6281234567890"),
                Address = test.Vault.Seal("RT 001/RW 001"),
                IsCivilServant = asn,
                AppliedUtc = Time.UtcNow,
                ActiveUtc = Time.UtcNow.AddMonths(-activeMonths),
            });
            db.Add(new ChannelAddress
            {
                Channel = channel,
                AddressIndex = test.Vault.Index($"address:{channel}", $"{number}"),
                Address = test.Vault.Seal($"{number}"),
                PersonId = person.PersonId,
                LastSeenUtc = Time.UtcNow.AddHours(-seenHoursAgo),
                Blocked = blocked,
            });
        });
        if (agrees is { } given)
            await ConsentAsync(person.PersonId, given);
        return person.PersonId;
    }

    public Task ConsentAsync(long person, bool given) => WriteAsync(db => db.Add(new Consent
    {
        PersonId = person,
        Purpose = ConsentPurpose.Announcements,
        TextVersion = "news-1",
        Given = given,
        AtUtc = Time.UtcNow,
        Channel = "telegram",
    }));

    public async Task<Caller> OfficerAsync(string role = OfficerRole.Chair, int cooperative = 1)
    {
        var person = await test.PersonAsync();
        await WriteAsync(db => db.Add(new Officer { PersonId = person.PersonId, CooperativeId = cooperative, Role = role }));
        return person with { CooperativeId = cooperative, OfficerRole = role };
    }

    /// <summary>The people of an audience, page by page.</summary>
    public Task<List<long>> PeopleAsync(string query) => ReadAsync(async db =>
    {
        var (reader, found, after) = (new AudienceReader(db, test.Vault, Time.UtcNow), new List<long>(), 0L);
        while (await reader.ReadAsync(Audience.Read(query, Audience.Of(1))!, after, CancellationToken.None) is { Last: { } last } page)
        {
            found.AddRange(page.People.Select(person => person.PersonId));
            after = last;
        }
        return found;
    });

    public async Task<long> AnnounceAsync(string words, string? button = null, DateTime? startUtc = null, string repeat = AnnouncementRepeat.None)
    {
        var row = new Announcement
        {
            CooperativeId = 1,
            CreatedBy = 1,
            Text = test.Vault.Seal(words),
            Audience = Audience.Of(1).ToString(),
            Button = button,
            Status = startUtc is null ? AnnouncementStatus.Running : AnnouncementStatus.Scheduled,
            StartUtc = startUtc,
            StartedUtc = startUtc is null ? Time.UtcNow : null,
            Repeat = repeat,
            CreatedUtc = Time.UtcNow,
        };
        await WriteAsync(db => db.Add(row));
        return row.Id;
    }

    public async Task<long> CorrectAsync(long id, string words) => (await TurnAsync(await OfficerAsync(), async turn =>
        await AnnouncementDesk.CorrectAsync(turn, (await AnnouncementDesk.FindAsync(turn, id, CancellationToken.None))!, words, CancellationToken.None)))!.Id;

    /// <summary>Lets the work run until it has nothing to do; each step by a process that was just started.</summary>
    public async Task WorkAsync()
    {
        var machine = new DialogMachine(TestBot.OwnCatalog);
        for (var isMore = true; isMore;)
        {
            var work = new AnnouncementWork(
                test.Database, new FeedAnnouncement(machine, test.Vault, new ButtonTokens(test.Vault), new TurnSettings()), new SendSettings(), WriteAsync, Time,
                NullLogger<AnnouncementWork>.Instance);
            isMore = await work.StepAsync(CancellationToken.None);
        }
    }

    /// <summary>The work that shows progress, by a process that was just started.</summary>
    public LiveProgress Progress(IReadOnlyList<IChannel> channels, SendLimits limits) => new(
        test.Database, new DialogMachine(TestBot.OwnCatalog), test.Vault, new ButtonTokens(test.Vault), channels, limits, WriteAsync, Time,
        NullLogger<LiveProgress>.Instance);

    /// <summary>Another address of somebody, where they wrote last.</summary>
    public Task AddressAsync(long person, string channel, string address) => WriteAsync(db => db.Add(new ChannelAddress
    {
        Channel = channel,
        AddressIndex = test.Vault.Index($"address:{channel}", address),
        Address = test.Vault.Seal(address),
        PersonId = person,
        LastSeenUtc = Time.UtcNow.AddMinutes(1),
    }));

    public OutboxPayload Open(OutboxMessage row) => OutboxPayload.Open(test.Vault, row.Payload);

    public Task<AnnouncementCount> CountAsync(long id) => ReadAsync(db => AnnouncementLedger.CountAsync(db, id, CancellationToken.None));

    public Task<List<(long Person, OutboxPayload Payload)>> SaidAsync(long id) => ReadAsync(async db =>
        (await db.Set<OutboxMessage>().Where(row => row.AnnouncementId == id).OrderBy(row => row.ConversationId).ToListAsync())
            .Select(row => (row.ConversationId, OutboxPayload.Open(test.Vault, row.Payload))).ToList());

    public Task MarkSentAsync(long id) => WriteAsync(async db =>
        await db.Set<OutboxMessage>().Where(row => row.AnnouncementId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, OutboxStatus.Sent)));

    public Task MarkAsync(long id, long person, int status) => WriteAsync(async db =>
        await db.Set<OutboxMessage>().Where(row => row.AnnouncementId == id && row.ConversationId == person).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status)));

    /// <summary>How many bulk messages delivery could claim now.</summary>
    public Task<int> ClaimableAsync() =>
        new OutboxTable(test.Database, test.Vault, new OutboxLeases(), WriteAsync, Time).CountBulkAsync("telegram", 100, CancellationToken.None);

    /// <summary>Runs something of an officer or a member as a turn.</summary>
    public async Task<T> TurnAsync<T>(Caller caller, Func<Turn, Task<T>> act, MessageTerms? terms = null)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = test.Database.Context(connection, transaction);
        var result = await act(new Turn(caller, Time.UtcNow, $"{Guid.NewGuid()}", test.Vault, () => db) { Terms = terms ?? new MessageTerms() });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }

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

    public Task WriteAsync(Func<KkmpDbContext, Task> write) => WriteAsync(
        async (connection, transaction, ct) =>
        {
            await using var db = test.Database.Context(connection, transaction);
            await write(db);
            await db.SaveChangesAsync(ct);
        },
        CancellationToken.None);

    public ValueTask DisposeAsync() => test.DisposeAsync();

    private async Task WriteAsync(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction, CancellationToken, Task> write, CancellationToken ct)
    {
        await using var connection = await test.Database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await write(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }
}
