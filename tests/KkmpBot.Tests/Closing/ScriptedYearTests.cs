using KkmpBot.Closing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Closing;

/// <summary>
/// A cooperative's year worked out by hand, booking by booking; its balance sheet, result and SHU have to come out line by line. Cooperative 12,
/// members 7 and 8, the year 2025; told in January 2026.
/// </summary>
public sealed class ScriptedYearTests
{
    private const int Cooperative = 12;
    private static readonly DateTime January = new(2026, 1, 20, 2, 0, 0, DateTimeKind.Utc);

    // day, what is debited, what is credited, rupiah, member
    private static readonly (string Day, Account Debit, Account Credit, long Rupiah, long? Member)[] Year =
    [
        ("2025-01-05", Account.Cash, Account.Pokok, 100_000, 7),
        ("2025-01-05", Account.Cash, Account.Pokok, 100_000, 8),
        ("2025-02-10", Account.Cash, Account.Wajib, 120_000, 7),
        ("2025-02-11", Account.Bank, Account.Wajib, 80_000, 8),
        ("2025-03-01", Account.Cash, Account.Grants, 5_000_000, null),
        ("2025-03-02", Account.Equipment, Account.Cash, 1_200_000, null),
        ("2025-03-10", Account.Stock, Account.Payables, 3_000_000, null),
        ("2025-04-01", Account.Cash, Account.MemberSales, 2_000_000, 7),
        ("2025-04-01", Account.CostOfGoods, Account.Stock, 1_700_000, null),
        ("2025-05-01", Account.Cash, Account.MemberSales, 500_000, 8),
        ("2025-05-01", Account.CostOfGoods, Account.Stock, 420_000, null),
        ("2025-05-20", Account.Cash, Account.OtherSales, 300_000, null),
        ("2025-05-20", Account.CostOfGoods, Account.Stock, 250_000, null),
        ("2025-06-01", Account.Payables, Account.Cash, 2_000_000, null),
        ("2025-07-01", Account.RunningCosts, Account.Cash, 60_000, null),
        ("2025-08-01", Account.Wages, Account.Cash, 100_000, null),
        ("2025-09-01", Account.Cash, Account.Sukarela, 250_000, 7),
        ("2025-09-15", Account.Sukarela, Account.Cash, 50_000, 7),
        ("2025-10-01", Account.Cash, Account.OtherIncome, 150_000, null),
        ("2025-11-01", Account.StockLosses, Account.Stock, 30_000, null),
        ("2025-12-31", Account.Depreciation, Account.AccumulatedDepreciation, 120_000, null),
    ];

    [Fact]
    public async Task The_balance_sheet_of_the_year_is_as_worked_out_by_hand()
    {
        await using var test = await TestDatabase.CreateAsync();
        await BookAsync(test);
        await AskAsync(test, async turn =>
        {
            var june = await BalanceSheet.OnAsync(turn.Db, Cooperative, new DateOnly(2025, 6, 30), CancellationToken.None);
            // 200.000 pokok + 120.000 wajib + 5.000.000 grant - 1.200.000 + 2.000.000 + 500.000 + 300.000 sold - 2.000.000 paid
            Assert.Equal(4_920_000, june.Assets.Single(line => line.Account == Account.Cash).Rupiah);
            var sheet = await BalanceSheet.OnAsync(turn.Db, Cooperative, new DateOnly(2025, 12, 31), CancellationToken.None);
            Assert.Equal(
                [
                    ("1101 Kas", 5_110_000), ("1102 Bank", 80_000), ("1301 Persediaan barang", 600_000), ("1501 Inventaris", 1_200_000),
                    ("1502 Akumulasi penyusutan", -120_000),
                ],
                Lines(sheet.Assets));
            Assert.Equal([("2101 Hutang usaha", 1_000_000), ("2102 Simpanan sukarela", 200_000)], Lines(sheet.Liabilities));
            Assert.Equal([("3101 Simpanan pokok", 200_000), ("3102 Simpanan wajib", 200_000), ("3103 Hibah", 5_000_000)], Lines(sheet.Equity));
            Assert.Equal((270_000, 6_870_000), (sheet.RunningResult, sheet.TotalAssets));
            Assert.Equal(sheet.TotalAssets, sheet.TotalLiabilities + sheet.TotalEquity);

            var result = await IncomeStatement.OfAsync(turn.Db, Cooperative, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), CancellationToken.None);
            Assert.Equal([("4101 Penjualan anggota", 2_500_000), ("4102 Penjualan non-anggota", 300_000), ("4901 Pendapatan lain", 150_000)], Lines(result.Income));
            Assert.Equal(
                [
                    ("5101 Harga pokok penjualan", 2_370_000), ("5102 Selisih persediaan", 30_000), ("6101 Beban gaji dan insentif", 100_000),
                    ("6102 Beban operasional", 60_000), ("6103 Beban penyusutan", 120_000),
                ],
                Lines(result.Expenses));
            Assert.Equal(270_000, result.ResultRupiah);
        });
    }

    [Fact]
    public async Task The_year_is_closed_and_shared_as_worked_out_by_hand()
    {
        await using var test = await TestDatabase.CreateAsync();
        await BookAsync(test);
        Assert.Equal("closed", (await CallAsync(test, new CloseYear(), ("year", new WholeValue(2025)))).Name);
        Assert.Equal("before", (await CallAsync(test, new CloseYear(), ("year", new WholeValue(2025)))).Name);
        Assert.Equal("before", (await CallAsync(test, new CloseMonth(), ("said", new TextValue("Mei 2025")))).Name);
        var late = await CallAsync(
            test, new QuoteCash(), ("kind", new TextValue("other_income")), ("said", new TextValue("50rb")), ("day", new TextValue("20-12-2025")));
        Assert.Equal("closed", late.Name);
        Assert.Equal("shared", (await CallAsync(test, new ShareShu(), ("year", new WholeValue(2025)), ("surplus", new MoneyValue(270_000)))).Name);
        Assert.Equal("not_allowed", (await CallAsync(test, new ShareShu(), ("year", new WholeValue(2025)), ("surplus", new MoneyValue(270_000)))).Name);
        await AskAsync(test, async turn =>
        {
            var december = await BalanceSheet.OnAsync(turn.Db, Cooperative, new DateOnly(2025, 12, 31), CancellationToken.None);
            Assert.Equal((0, 270_000), (december.RunningResult, december.Equity.Single(line => line.Account == Account.Result).Rupiah));
            var sheet = await BalanceSheet.OnAsync(turn.Db, Cooperative, new DateOnly(2026, 1, 20), CancellationToken.None);
            // 30 % reserves; business 25 % = 67.500: 7 bought 2.000.000 of 2.500.000; capital 20 % = 54.000: 220.000 and 180.000 of 400.000;
            // education 5 %, board and social 10 % each.
            Assert.Equal(54_000 + 29_700, await Books.BalanceAsync(turn.Db, Cooperative, Account.MemberShu, 7, CancellationToken.None));
            Assert.Equal(13_500 + 24_300, await Books.BalanceAsync(turn.Db, Cooperative, Account.MemberShu, 8, CancellationToken.None));
            Assert.Equal(
                [
                    ("2101 Hutang usaha", 1_000_000), ("2102 Simpanan sukarela", 200_000), ("2201 SHU bagian anggota", 121_500),
                    ("2202 Dana pendidikan", 13_500), ("2203 Dana pengurus dan karyawan", 27_000), ("2204 Dana sosial dan lain-lain", 27_000),
                ],
                Lines(sheet.Liabilities));
            Assert.Equal(81_000, sheet.Equity.Single(line => line.Account == Account.Reserves).Rupiah);
            Assert.DoesNotContain(sheet.Equity, line => line.Account == Account.Result);
            Assert.Equal(sheet.TotalAssets, sheet.TotalLiabilities + sheet.TotalEquity);
        });
        Assert.Empty((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
    }

    [Theory]
    [InlineData("2025-01-31")]
    [InlineData("2025-12-31")]
    public async Task Nothing_is_booked_into_a_closed_month_whoever_tries(string day)
    {
        await using var test = await TestDatabase.CreateAsync();
        await BookAsync(test);
        Assert.Equal("closed", (await CallAsync(test, new CloseYear(), ("year", new WholeValue(2025)))).Name);
        await AskAsync(test, turn => Assert.ThrowsAsync<TurnConflictException>(() => Books.PostAsync(turn.Db, Late(day), CancellationToken.None)));
    }

    [Fact]
    public async Task A_booking_that_waits_for_the_closing_of_its_month_does_not_land_in_it()
    {
        await using var test = await TestDatabase.CreateAsync();
        await BookAsync(test);
        var late = Task.CompletedTask;
        await AskAsync(test, async turn =>
        {
            var call = new CapabilityCall("", new Dictionary<string, Value> { ["said"] = new TextValue("Januari 2025") });
            Assert.Equal("closed", (await new CloseMonth().CallAsync(call, turn, CancellationToken.None)).Name);
            late = Task.Run(() => AskAsync(test, other => Books.PostAsync(other.Db, Late("2025-01-31"), CancellationToken.None)));
        });
        await Assert.ThrowsAsync<TurnConflictException>(() => late);
    }

    private static EntryDraft Late(string day) => new EntryDraft(Cooperative, "late", "late", January, null)
    {
        BookedOn = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    }.Debit(Account.Cash, 1).Credit(Account.OtherIncome, 1);

    private static IEnumerable<(string, long)> Lines(IEnumerable<StatementLine> lines) => lines.Select(line => (line.Account.ToString(), line.Rupiah));

    private static Task BookAsync(TestDatabase test) => AskAsync(test, async turn =>
    {
        for (int i = 0; i < Year.Length; i++)
        {
            var (day, debit, credit, rupiah, member) = Year[i];
            var draft = new EntryDraft(Cooperative, "test", $"year:{i}", January, null)
            {
                BookedOn = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            };
            await Books.PostAsync(turn.Db, draft.Debit(debit, rupiah, member).Credit(credit, rupiah, member), CancellationToken.None);
        }
    });

    private static Task AskAsync(TestDatabase test, Func<Turn, Task> act) =>
        test.TurnAsync(new Caller(1, 0, "console", null, Cooperative, OfficerRole.Chair), act, January);

    private static async Task<Outcome> CallAsync(TestDatabase test, ICapability capability, params (string Name, Value Value)[] arguments)
    {
        Outcome? outcome = null;
        var call = new CapabilityCall(capability.Description.Name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        await AskAsync(test, async turn => outcome = await capability.CallAsync(call, turn, CancellationToken.None));
        return outcome!;
    }
}
