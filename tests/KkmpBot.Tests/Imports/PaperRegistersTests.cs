using KkmpBot.Cooperatives;
using KkmpBot.Imports;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Imports;

public sealed class PaperRegistersTests
{
    private const int Cooperative = 20;

    private const string Members = """
        nomor,nama,nik,hp,rt,rw,masuk
        1,SITI AMINAH,3374145201799931,0812-0000-0031,1,3,17-8-2025
        2,"Slamet, S.Pd.",3374140402589932,081200000032,4,5,20-8-2025
        """;

    private const string Savings = "nomor;pokok;wajib;sukarela\n1;100000;120.000;0\n2;Rp100.000;50000;25000\n";
    private const string Stock = "barang,satuan,jumlah,nilai,harga\nBeras curah,kg,\"12,5\",150000,13000\n";
    private const string Balances = "akun,jumlah\n1101,200000\n2101,30000\n3103,15000\n";

    [Fact]
    public async Task Registers_come_in_with_their_balances_and_twice_changes_nothing()
    {
        await using var test = await TestDatabase.CreateAsync();
        var files = new RegisterFiles(Members, Savings, Stock, Balances);
        var first = await ImportAsync(test, files, apply: true);
        Assert.Empty(first.Problems);
        Assert.Equal((2, 2, 1, 3), (first.Members, first.Savings, first.Articles, first.Balances));
        // 395.000 of savings, 30.000 owed and 15.000 granted, against 150.000 of stock and 200.000 in cash: 90.000 are still to be explained.
        Assert.Equal(-90_000, first.OpenRupiah);
        long rows = await CountAsync(test);
        var again = await ImportAsync(test, files, apply: true);
        Assert.Equal((0, 0, 0, 0, 0), (again.Members, again.Savings, again.Articles, again.Balances, again.Problems.Count));
        Assert.Equal(rows, await CountAsync(test));
        Assert.Empty((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
    }

    [Theory]
    [InlineData("\"12,5\"", "13")]
    [InlineData("150000", "160000")]
    [InlineData("13000", "13500")]
    public async Task An_article_that_comes_again_with_other_numbers_is_named(string was, string now)
    {
        await using var test = await TestDatabase.CreateAsync();
        await ImportAsync(test, new RegisterFiles(null, null, Stock, null), apply: true);
        var report = await ImportAsync(test, new RegisterFiles(null, null, Stock.Replace(was, now, StringComparison.Ordinal), null), apply: true);
        Assert.Equal([("stok", 2)], report.Problems.Select(problem => (problem.File, problem.Problem.Line)));
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_writes_nothing()
    {
        await using var test = await TestDatabase.CreateAsync();
        long rows = await CountAsync(test);
        var report = await ImportAsync(test, new RegisterFiles(Members, Savings, Stock, Balances), apply: false);
        Assert.Equal((2, 2, 1, 3), (report.Members, report.Savings, report.Articles, report.Balances));
        Assert.Equal(rows, await CountAsync(test));
    }

    [Fact]
    public async Task Every_bad_line_is_named_and_nothing_is_half_imported()
    {
        await using var test = await TestDatabase.CreateAsync();
        const string members = """
            nomor,nama,nik,hp,rt,rw,masuk
            1,Siti Aminah,3374145201799931,081200000031,1,3,17-8-2025
            x,Budi,3374140402589932,081200000032,4,5,20-8-2025
            3,12345,3374140402589932,081200000032,4,5,20-8-2025
            4,Budi,3374143102909907,081200000032,4,5,20-8-2025
            5,Budi,3374140402589932,024-7601234,4,5,20-8-2025
            6,Budi,3374140402589932,081200000032,4,5,20-8-2031
            1,Budi,3374140402589932,081200000032,4,5,20-8-2025
            8,Budi,3374145201799931,081200000033,4,5,20-8-2025
            9,Budi,3374140402589932,081200000031,4,5,20-8-2025
            """;
        var report = await ImportAsync(
            test, new RegisterFiles(members, "nomor,pokok,wajib,sukarela\n1,-5,0,0\n7,1,0,0\n1,12.5,0,0\n", "barang\nx\n", "akun,jumlah\n4101,5\n3101,5\n"), apply: true);
        Assert.Equal(Enumerable.Range(3, 8), report.Problems.Where(problem => problem.File == "anggota").Select(problem => problem.Problem.Line));
        Assert.Equal([2, 3, 4], report.Problems.Where(problem => problem.File == "simpanan").Select(problem => problem.Problem.Line));
        Assert.Contains(("stok", new ImportProblem(1, "kolom 'satuan' tidak ada")), report.Problems);
        Assert.Equal([2, 3], report.Problems.Where(problem => problem.File == "saldo").Select(problem => problem.Problem.Line));
        Assert.DoesNotContain(report.Problems, problem => problem.Problem.Reason.Contains("3374", StringComparison.Ordinal));
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        Assert.False(await db.Set<Member>().AnyAsync(row => row.CooperativeId == Cooperative));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"nomor")]
    [InlineData("nomor,nama\n\"")]
    public async Task What_is_no_file_of_members_is_said_to_be_none(string content)
    {
        await using var test = await TestDatabase.CreateAsync();
        Assert.NotEmpty((await ImportAsync(test, new RegisterFiles(content, null, null, null), apply: true)).Problems);
    }

    private static async Task<ImportReport> ImportAsync(TestDatabase test, RegisterFiles files, bool apply)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = test.Database.Context(connection, transaction);
        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Id == Cooperative);
        var report = await new PaperRegisters(db, test.Vault, cooperative, TestDatabase.Now, CancellationToken.None).ReadAsync(files);
        if (apply && report.Problems.Count == 0)
            await transaction.CommitAsync();
        else
            await transaction.RollbackAsync();
        return report;
    }

    private static async Task<long> CountAsync(TestDatabase test)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        long rows = 0;
        foreach (string table in (string[])["members", "people", "journal_entries", "journal_lines", "products", "stock_levels", "stock_movements", "prices", "timers", "audit_log"])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            rows += (long)(await command.ExecuteScalarAsync())!;
        }
        return rows;
    }
}
