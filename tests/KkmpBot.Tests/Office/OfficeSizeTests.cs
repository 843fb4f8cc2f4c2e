using System.Diagnostics;
using System.Globalization;
using System.Net;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Office;

/// <summary>
/// The pages of a cooperative as it grows: as many questions to the database as for a handful. How long they take is printed and not asserted; the
/// long form (<c>KKMP_LONG</c>) has 100,000 members with two years of payments.
/// </summary>
public sealed class OfficeSizeTests(ITestOutputHelper output)
{
    private const int Rounds = 15;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 };
    private static readonly (int Members, int Months) Size = IsLong ? (100_000, 24) : (3_000, 2);

    private static readonly string[] Pages =
    [
        "/office/pendaftar", "/office/anggota", "/office/anggota?sesudah=11000", "/office/anggota?cari=5", "/office/anggota?cari=sri+wah",
        "/office/setoran?cari=5", "/office/setoran?cari=sri+wah", "/office/barang", "/office/pantauan", "/office/pesanan", "/office/pengumuman", "/office/sampah",
        "/office/pelatihan", "/office/tunggu", "/office/catatan",
    ];

    [Fact]
    public async Task A_page_asks_as_often_however_many_members_there_are()
    {
        using var counter = new CommandCounter();
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        var few = new Dictionary<string, int>();
        foreach (var path in Pages)
            few[path] = await counter.CountAsync(office, browser, path);
        int today = await counter.CountAsync(office, browser, "/office");
        await ManyMembers.AddAsync(office, Size.Members, Size.Months);
        foreach (var path in Pages)
        {
            int many = await counter.CountAsync(office, browser, path);
            Assert.True(many <= few[path], $"{path} asked {few[path]} times for a handful and {many} times for {Size.Members} members.");
            await MeasureAsync(browser, path, many);
        }
        // Today counts who is in arrears only where there are not too many of them: fewer questions, if anything.
        int todayOfMany = await counter.CountAsync(office, browser, "/office");
        Assert.InRange(todayOfMany, 1, today);
        await MeasureAsync(browser, "/office", todayOfMany);
        var member = await office.ReadAsync(db => db.Set<KkmpBot.Members.Member>().Where(row => row.CooperativeId == ManyMembers.CooperativeId).MaxAsync(row => row.Id));
        var card = string.Create(CultureInfo.InvariantCulture, $"/office/anggota/{member}");
        await MeasureAsync(browser, card, await counter.CountAsync(office, browser, card));
    }

    [Fact]
    public async Task How_savings_grew_is_read_without_the_journal()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await ManyMembers.AddAsync(office, 300, 3);
        var ends = await office.ReadAsync(db => SavingsMonth.EndsAsync(db, ManyMembers.CooperativeId, [new DateOnly(2026, 11, 1)], CancellationToken.None));
        string[] accounts = [.. SavingsMonth.Accounts];
        var booked = await office.ReadAsync(db => db.Set<JournalLine>().Where(line => line.CooperativeId == ManyMembers.CooperativeId && accounts.Contains(line.Account))
            .SumAsync(line => line.CreditRupiah - line.DebitRupiah));
        Assert.Equal(booked, Assert.Single(ends));

        var sql = await office.ReadAsync(db => Task.FromResult(SavingsMonth.Of(db, ManyMembers.CooperativeId).ToQueryString()));
        Assert.DoesNotContain("journal", sql, StringComparison.Ordinal);
        if (Data.DatabaseTemplate.Postgres is not null)
            return;
        var plan = await office.ReadAsync(async db =>
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN SELECT * FROM savings_months WHERE cooperative_id = {ManyMembers.CooperativeId}";
            await using var rows = await command.ExecuteReaderAsync();
            Assert.True(await rows.ReadAsync());
            return rows.GetString(3);
        });
        Assert.StartsWith("SEARCH savings_months USING", plan, StringComparison.Ordinal);
    }

    private async Task MeasureAsync(OfficeBrowser browser, string path, int questions)
    {
        var took = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            using var page = await browser.GetAsync(path);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        took.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{path}: {questions} questions, median {took[Rounds / 2]:0} ms, worst {took[^1]:0} ms, among {Size.Members} members"));
    }
}
