using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Ledger;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Operations;

/// <summary>
/// After a year of a city the program works as on its first day: the same conversation on a full database and on an empty one, in turns. A tenth of a
/// year; <c>KKMP_LONG</c> has all of it.
/// </summary>
public sealed class YearTests(ITestOutputHelper output)
{
    private const int Rounds = 30;
    private const string Phone = "+6281200000001";
    private static readonly double Share = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 } ? 1 : 0.1;

    // What a member does on most days; the last line leaves everything as it was.
    private static readonly string[] Said = ["menu", "saldo", "harga beras", "pesan", "gula", "2", "batal", "pesanan saya", "batal", "koperasi saya"];

    [Fact]
    public async Task After_a_year_a_turn_costs_what_it_did_and_the_night_deletes_what_is_due()
    {
        await using var empty = await TestBot.StartAsync();
        await using var full = await TestBot.StartAsync();
        await YearOfACity.FillAsync(full.Database, full.Time.UtcNow, Share);
        // The least that each line ever took: whatever else the machine does only adds to it.
        var (onEmpty, onFull) = (new double[Said.Length], new double[Said.Length]);
        Array.Fill(onEmpty, double.MaxValue);
        Array.Fill(onFull, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            await PlayAsync(empty, onEmpty);
            await PlayAsync(full, onFull);
        }
        await using var connection = await full.Database.OpenAsync(CancellationToken.None);
        var (entries, members, messages) = (await full.CountAsync("journal_entries"), await full.CountAsync("members"), await full.CountAsync("outbox"));
        var lines = string.Join(", ", Said.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{line} {onFull[i] / onEmpty[i]:0.0}")));
        output.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"a year of a city ({Share:P0}): {entries} entries, {members} members, {messages} messages; "
            + $"a turn costs {onFull.Sum() / onEmpty.Sum():0.00} times that of an empty database ({lines})"));

        var clock = Stopwatch.StartNew();
        var gone = await Retention.RunAsync(full.Database, (work, ct) => WriteAsync(connection, work, ct), full.Time.UtcNow, CancellationToken.None);
        output.Print(string.Create(
            CultureInfo.InvariantCulture, $"the night's deletion: {gone["received_updates"]} updates and {gone["outbox"]} messages in {clock.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal((gone["received_updates"], gone["received_updates"]), (YearOfACity.TurnsPerDay(Share), gone["outbox"]));
        Assert.Empty((await LedgerVerifier.VerifyAsync(full.Database, CancellationToken.None)).Faults);
    }

    private static async Task PlayAsync(TestBot bot, double[] least)
    {
        for (int i = 0; i < Said.Length; i++)
        {
            int before = bot.Inbox.GetValueOrDefault("a")?.Count ?? 0;
            long began = Stopwatch.GetTimestamp();
            await bot.TakeAsync(bot.Message("a", InboundKind.Text, Said[i], phone: Phone));
            least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Assert.True(bot.Inbox["a"].Count > before, $"'{Said[i]}' was not answered.");
        }
    }

    private static async Task WriteAsync(DbConnection connection, Func<DbConnection, DbTransaction, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await work(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }
}
