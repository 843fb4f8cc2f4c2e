using System.Diagnostics;
using System.Globalization;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Ledger;

/// <summary>A long journal, read in stretches side by side: a fault is found wherever it is, also at the seams.</summary>
public sealed class LargeLedgerTests(ITestOutputHelper output)
{
    private const int Entries = 60_000;
    private const int LongEntries = 1_000_000;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 };

    [Fact]
    public async Task One_altered_byte_a_removed_entry_and_a_swapped_pair_are_found_anywhere()
    {
        int entries = IsLong ? LongEntries : Entries;
        await using var test = await TestDatabase.CreateAsync();
        await LargeLedger.FillAsync(test.Database, entries);
        var (clock, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var report = await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None);
        busy = Environment.CpuUsage.TotalTime - busy;
        output.Print(string.Create(
            CultureInfo.InvariantCulture, $"ledger: {report.Entries} entries verified in {clock.Elapsed.TotalSeconds:0.00} s, {busy.TotalSeconds:0.00} s of processor time"));
        Assert.Equal((entries, LargeLedger.Cooperatives, 0), (report.Entries, report.Cooperatives, report.Faults.Count));

        await test.AllowTamperingAsync();
        var random = new Random(7);
        int[] places = [1, entries / 2, (entries / 2) + 1, entries, .. Enumerable.Range(0, 3).Select(_ => random.Next(2, entries))];
        foreach (int id in places)
        {
            int cooperative = (id % LargeLedger.Cooperatives) + 1;
            var altered = await FaultAsync(test, $"UPDATE journal_lines SET credit_rupiah = credit_rupiah + 1 WHERE entry_id = {id} AND position = 2",
                $"UPDATE journal_lines SET credit_rupiah = credit_rupiah - 1 WHERE entry_id = {id} AND position = 2");
            Assert.Equal((cooperative, "altered"), (altered.CooperativeId, altered.What));
            var swapped = await FaultAsync(test, Swap(id, Other(id, entries)), Swap(id, Other(id, entries)));
            Assert.Equal(cooperative, swapped.CooperativeId);
            Assert.Equal(Math.Min(altered.Number, altered.Number + (Other(id, entries) < id ? -1 : 0)), swapped.Number);
        }
        int removed = places[^1];
        await BothAsync(test, string.Create(
            CultureInfo.InvariantCulture, $"DELETE FROM journal_lines WHERE entry_id = {removed}; DELETE FROM journal_entries WHERE id = {removed}"));
        var missing = Assert.Single((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
        Assert.Equal(((removed % LargeLedger.Cooperatives) + 1, "missing"), (missing.CooperativeId, missing.What));
    }

    // The neighbour in the same cooperative.
    private static int Other(int id, int entries) => id + LargeLedger.Cooperatives <= entries ? id + LargeLedger.Cooperatives : id - LargeLedger.Cooperatives;

    private static string Swap(int one, int other) =>
        $"UPDATE journal_entries SET id = -1 WHERE id = {one}; UPDATE journal_entries SET id = {one} WHERE id = {other}; "
        + $"UPDATE journal_entries SET id = {other} WHERE id = -1; UPDATE journal_lines SET entry_id = -1 WHERE entry_id = {one}; "
        + $"UPDATE journal_lines SET entry_id = {one} WHERE entry_id = {other}; UPDATE journal_lines SET entry_id = {other} WHERE entry_id = -1";

    private static async Task<LedgerFault> FaultAsync(TestDatabase test, string tamper, string mend)
    {
        await BothAsync(test, tamper);
        var fault = Assert.Single((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
        await BothAsync(test, mend);
        return fault;
    }

    private static Task BothAsync(TestDatabase test, string sql) => test.ExecuteAsync($"PRAGMA foreign_keys = OFF; {sql}", sql);
}
