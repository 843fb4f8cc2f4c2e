using System.Diagnostics;
using System.Globalization;
using System.Net;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KkmpBot.Tests.Office;

/// <summary>The register of many members: pages by number that meet everybody once, and as few questions to the database as for a handful.</summary>
public sealed class RegisterTests
{
    private const int Members = 230;

    [Fact]
    public async Task Every_member_stands_on_one_page_and_a_page_asks_the_database_as_often_as_a_short_one()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        var few = await CountedAsync(office, browser, "/office/anggota");
        await AddAsync(office);
        var many = await CountedAsync(office, browser, "/office/anggota");
        Assert.Equal(few, many);

        var seen = new List<string>();
        for (var path = "/office/anggota"; path is not null;)
        {
            using var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            var names = browser.Page.Split("<tr><td>").Skip(1).Select(row => row[..4]).ToList();
            Assert.InRange(names.Count, 1, 50);
            seen.AddRange(names);
            var next = browser.Page.IndexOf("/office/anggota?sesudah=", StringComparison.Ordinal);
            path = next < 0 ? null : browser.Page[next..browser.Page.IndexOf('"', next)];
        }
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(await office.CountAsync("SELECT COUNT(*) FROM members WHERE cooperative_id = 159 AND status = 'active'"), seen.Count);
    }

    [Theory]
    [InlineData("9042", "Anggota Nomor")]
    [InlineData("sri wah", "Sri Wahyuni")]
    [InlineData("0812 0000 0001", "Sri Wahyuni")]
    [InlineData("3374145506609905", "Sri Wahyuni")]
    public async Task A_search_finds_by_number_name_phone_and_nik(string search, string name)
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await AddAsync(office);
        var browser = await office.SignInAsync("supervisor");
        using var page = await browser.GetAsync($"/office/anggota?cari={Uri.EscapeDataString(search)}");
        Assert.Contains(name, browser.Page, StringComparison.Ordinal);
    }

    private static async Task AddAsync(OfficeUnderTest office)
    {
        await using var connection = await office.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var person = await BulkRows.NextIdAsync(connection, transaction, "people", CancellationToken.None);
        var member = await BulkRows.NextIdAsync(connection, transaction, "members", CancellationToken.None);
        var cipher = office.Vault.Seal("Anggota Nomor").Cipher;
        await BulkRows.WriteAsync(
            connection, "people", ["id", "created_utc"], Enumerable.Range(0, Members).Select(n => new object?[] { person + n, TestDatabase.Now }),
            CancellationToken.None);
        await BulkRows.WriteAsync(
            connection, "members",
            ["id", "person_id", "cooperative_id", "number", "status", "full_name", "nik", "nik_index", "phone", "address", "is_civil_servant", "applied_utc", "active_utc"],
            Enumerable.Range(0, Members).Select(n => new object?[]
            {
                member + n, person + n, 159, 9000 + n, MemberStatus.Active, cipher, cipher, office.Vault.Index("test", n.ToString(CultureInfo.InvariantCulture)),
                cipher, cipher, false, TestDatabase.Now, TestDatabase.Now,
            }), CancellationToken.None);
        await BulkRows.CountOnAsync(connection, transaction, "people", CancellationToken.None);
        await BulkRows.CountOnAsync(connection, transaction, "members", CancellationToken.None);
        await transaction.CommitAsync();
    }

    private static async Task<int> CountedAsync(OfficeUnderTest office, OfficeBrowser browser, string path)
    {
        string place;
        await using (var connection = await office.Database.OpenAsync(CancellationToken.None))
            place = connection.ConnectionString;
        using var counter = new CommandCounter(place);
        using var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return counter.Count;
    }

    /// <summary>Counts the commands that Entity Framework sends to one database, whoever sends them.</summary>
    private sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string place;
        private readonly List<IDisposable> subscriptions = [];
        private int count;

        public CommandCounter(string place)
        {
            this.place = place;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData command && command.Command.Connection?.ConnectionString == place)
                Interlocked.Increment(ref count);
        }

        public void OnCompleted() => subscriptions.Clear();

        public void OnError(Exception error) => throw error;

        // The first brings the others: after it no more can come.
        public void Dispose()
        {
            subscriptions[0].Dispose();
            foreach (var subscription in subscriptions.ToArray())
                subscription.Dispose();
        }
    }
}
