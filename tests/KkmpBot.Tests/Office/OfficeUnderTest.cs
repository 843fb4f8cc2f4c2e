using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Office;
using KkmpBot.Office.City;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KkmpBot.Tests.Office;

/// <summary>The service with the demo, without a network, and browsers of people in every role.</summary>
internal sealed class OfficeUnderTest : IAsyncDisposable
{
    public const string Administrator = "administrator";
    public const string Stranger = "nobody";
    public const string OtherChair = "other_chair";

    /// <summary>Everybody who may come by.</summary>
    public static readonly IReadOnlyList<string> Roles = [Stranger, "officer", "treasurer", "warehouse", "supervisor", "city", "mentor", Administrator, OtherChair];

    private const string OtherCooperative = "33.74.14.1012";
    private static readonly Dictionary<string, string> Phones = new() { [Administrator] = "+6281200000031", [OtherChair] = "+6281200000032" };
    private static readonly Lazy<Task<DatabaseTemplate>> Demo = new(() => TestDatabase.PrepareAsync(database => PrepareAsync(database, withCity: false)));
    private static readonly Lazy<Task<DatabaseTemplate>> City = new(() => TestDatabase.PrepareAsync(database => PrepareAsync(database, withCity: true)));
    private readonly InProcessBot bot;
    private int links;

    private OfficeUnderTest(InProcessBot bot, ManualTime time)
    {
        this.bot = bot;
        Time = time;
    }

    public ManualTime Time { get; }

    public IServiceProvider Services => bot.Services;

    public Database Database => bot.Services.GetRequiredService<Database>();

    public Vault Vault => bot.Services.GetRequiredService<Vault>();

    public static async Task<OfficeUnderTest> StartAsync(bool withCity = false)
    {
        var time = new ManualTime(TestDatabase.Now);
        var prepared = await (await (withCity ? City : Demo).Value).CopyAsync();
        var settings = new Dictionary<string, string> { ["Demo__Enabled"] = "true", ["Demo__AutoApprove"] = "false" };
        return new OfficeUnderTest(await InProcessBot.StartAsync(settings, time, hasNetwork: false, prepared: prepared), time);
    }

    public OfficeBrowser Browser(string name = "Chrome 140") => new(bot.CreateClient(), name);

    /// <summary>A browser of somebody in a role, signed in by a link as the chat gives it.</summary>
    public async Task<OfficeBrowser> SignInAsync(string role)
    {
        var browser = Browser();
        if (role == Stranger)
            return browser;
        using var entered = await browser.EnterAsync(await LinkAsync(role));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, entered.StatusCode);
        return browser;
    }

    /// <summary>The path of a link that somebody in a role gets in the chat.</summary>
    public async Task<string> LinkAsync(string role)
    {
        var caller = await CallerAsync(role);
        var outcome = await Services.GetRequiredService<PageTurns>().RunAsync(
            caller, $"test:{++links}", (turn, ct) => new IssueOfficeLink().CallAsync(new CapabilityCall("office.issue_link", new Dictionary<string, Value>()), turn, ct).AsTask());
        return new Uri(((RecordValue)outcome.Carried!).Text("url")).AbsolutePath;
    }

    public async Task<Caller> CallerAsync(string role)
    {
        byte[] index = Vault.Index("phone", Phones.GetValueOrDefault(role) ?? DemoData.PhoneOf(role));
        return await ReadAsync(async db =>
        {
            var person = await db.Set<Person>().SingleAsync(row => row.PhoneIndex == index);
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.PersonId == person.Id);
            var member = await db.Set<Member>().SingleOrDefaultAsync(row => row.PersonId == person.Id);
            return new Caller(person.Id, 0, "office", member?.Id, officer?.CooperativeId ?? member?.CooperativeId, officer?.Role);
        });
    }

    public async Task<T> ReadAsync<T>(Func<KkmpDbContext, Task<T>> read)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await using var db = Database.Context(connection);
        return await read(db);
    }

    /// <summary>Writes through the engine, as everything does.</summary>
    public Task WriteAsync(Func<KkmpDbContext, Task> write) => Services.GetRequiredService<KkmpBot.Channels.WriteRows>()(async (connection, transaction, _) =>
    {
        await using var db = Database.Context(connection, transaction);
        await write(db);
        await db.SaveChangesAsync(CancellationToken.None);
    }, CancellationToken.None);

    /// <summary>Somebody agrees to be sent announcements, in the web chat.</summary>
    public async Task AgreeToNewsAsync(string role)
    {
        var reader = await CallerAsync(role);
        await WriteAsync(db =>
        {
            db.Add(new ChannelAddress
            {
                Channel = "web",
                Address = Vault.Seal("sri"),
                AddressIndex = Vault.Index("address:web", "sri"),
                PersonId = reader.PersonId,
                LastSeenUtc = Time.UtcNow,
            });
            db.Add(new Consent
            {
                PersonId = reader.PersonId,
                Purpose = ConsentPurpose.Announcements,
                TextVersion = "test",
                Given = true,
                AtUtc = Time.UtcNow,
                Channel = "web",
            });
            return Task.CompletedTask;
        });
    }

    public Task<long> CountAsync(string sql) => bot.CountAsync(sql);

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    private static async Task PrepareAsync(Database database, bool withCity)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using (var db = database.Context(connection))
            await DemoData.LoadAsync(db, TestDatabase.OneVault, TestDatabase.Now, CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var db = database.Context(connection, transaction))
        {
            Appointment[] given =
            [
                new(Phones[Administrator], OfficerRole.Administrator, null, "Mas Admin"),
                new(Phones[OtherChair], OfficerRole.Chair, OtherCooperative, "Bu Tetangga"),
            ];
            foreach (var appointment in given)
                Assert.Null(await OfficerAppointment.AppointAsync(db, TestDatabase.OneVault, appointment, 0, TestDatabase.Now, CancellationToken.None));
        }
        await transaction.CommitAsync();
        await connection.CloseAsync();
        if (withCity)
            await CityHistory.LoadAsync(database, TestDatabase.OneVault, TestDatabase.Now, CancellationToken.None);
    }
}
