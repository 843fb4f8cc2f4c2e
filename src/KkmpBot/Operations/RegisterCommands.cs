using System.CommandLine;
using System.Text.Unicode;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Imports;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>
/// <c>import</c>: brings a cooperative's paper registers in from CSV; without <c>--apply</c> it only says what it would do. <c>export</c>: writes the
/// books that the law asks for as PDF or CSV.
/// </summary>
public static class RegisterCommands
{
    private const int MaxProblemsShown = 200;

    /// <summary>The command <c>import</c>.</summary>
    public static Command Import()
    {
        var code = Cooperative();
        var members = File("--members", "CSV: nomor, nama, nik, hp, rt, rw, masuk, nip");
        var savings = File("--savings", "CSV: nomor, pokok, wajib, sukarela");
        var stock = File("--stock", "CSV: barang, satuan, jumlah, nilai, harga");
        var balances = File("--balances", "CSV: akun, jumlah");
        var apply = new Option<bool>("--apply") { Description = "write; without it nothing is written" };
        var command = new Command("import", "bring paper registers in from CSV: all or nothing, the same files twice change nothing")
        {
            code, members, savings, stock, balances, apply,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var files = new RegisterFiles(
                await TextAsync(parsed.GetValue(members), ct), await TextAsync(parsed.GetValue(savings), ct),
                await TextAsync(parsed.GetValue(stock), ct), await TextAsync(parsed.GetValue(balances), ct));
            return files is (null, null, null, null)
                ? throw new StartRefusedException("Name at least one file: --members, --savings, --stock or --balances.")
                : await ImportAsync(parsed.GetValue(code)!, files, parsed.GetValue(apply), ct);
        });
        return command;
    }

    /// <summary>The command <c>export</c>.</summary>
    public static Command Export()
    {
        var code = Cooperative();
        var book = new Option<string>("--book") { Description = string.Join(", ", LawBooks.Names), Required = true };
        var from = new Option<DateOnly?>("--from") { Description = "the first day, yyyy-MM-dd; without it the year's first" };
        var to = new Option<DateOnly?>("--to") { Description = "the last day; without it today" };
        var file = new Option<string>("--out") { Description = "the file to write, ending in .pdf or .csv", Required = true };
        var command = new Command("export", "write a book that the law asks for as PDF or CSV") { code, book, from, to, file };
        command.SetAction((parsed, ct) => ExportAsync(
            parsed.GetValue(code)!, parsed.GetValue(book)!, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(file)!, ct));
        return command;
    }

    private static async Task<int> ImportAsync(string code, RegisterFiles files, bool apply, CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var db = database.Context(connection, transaction);
        var cooperative = await FindAsync(db, code, ct);
        var utcNow = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var report = await new PaperRegisters(db, host.Services.GetRequiredService<Vault>(), cooperative, utcNow, ct).ReadAsync(files);
        foreach (var (file, problem) in report.Problems.Take(MaxProblemsShown))
            await Console.Out.WriteLineAsync($"{file}, baris {problem.Line}: {problem.Reason}");
        bool writes = apply && report.Problems.Count == 0;
        if (writes)
            await transaction.CommitAsync(ct);
        else
            await transaction.RollbackAsync(ct);
        await Console.Out.WriteLineAsync(
            $"{(writes ? "ditulis" : "percobaan, tidak ada yang ditulis")}: {report.Members} anggota, {report.Savings} simpanan, {report.Articles} barang, "
            + $"{report.Balances} saldo; ayat silang {Dialogs.Texts.Rupiah.Write(report.OpenRupiah)}; {report.Problems.Count} baris bermasalah");
        return report.Problems.Count == 0 ? 0 : 1;
    }

    private static async Task<int> ExportAsync(string code, string name, DateOnly? from, DateOnly? to, string file, CancellationToken ct)
    {
        bool isCsv = file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!LawBooks.Names.Contains(name) || (!isCsv && !file.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)))
            throw new StartRefusedException($"--book may be {string.Join(", ", LawBooks.Names)}; --out ends in .pdf or .csv.");
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var db = database.Context(connection);
        var cooperative = await FindAsync(db, code, ct);
        var today = Wib.Day(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var last = to ?? today;
        var book = await new LawBooks(db, host.Services.GetRequiredService<Vault>(), cooperative, today, ct)
            .FillAsync(name, from ?? new DateOnly(last.Year, 1, 1), last);
        await System.IO.File.WriteAllBytesAsync(file, isCsv ? book.ToCsv() : Pdf.Print(book, today), ct);
        await Console.Out.WriteLineAsync($"{file}: {book.Title}, {book.Lines.Count} baris");
        return 0;
    }

    private static async Task<Cooperative> FindAsync(KkmpDbContext db, string code, CancellationToken ct) =>
        await db.Set<Cooperative>().SingleOrDefaultAsync(row => row.Code == code, ct)
        ?? throw new StartRefusedException($"There is no kelurahan with the code {code}; it is like 33.74.14.1013.");

    private static Option<string> Cooperative() => new("--cooperative") { Description = "the kelurahan's code, e.g. 33.74.14.1013", Required = true };

    private static Option<string?> File(string name, string columns) => new(name) { Description = columns };

    private static async Task<string?> TextAsync(string? path, CancellationToken ct)
    {
        if (path is null)
            return null;
        if (!System.IO.File.Exists(path))
            throw new StartRefusedException($"There is no file {path}.");
        var bytes = await System.IO.File.ReadAllBytesAsync(path, ct);
        // A spreadsheet that writes in another code would turn every José into a name that nobody has.
        return Utf8.IsValid(bytes)
            ? System.Text.Encoding.UTF8.GetString(bytes)
            : throw new StartRefusedException($"{path} is not UTF-8: save it as \"CSV UTF-8\" in the spreadsheet, and try again.");
    }
}
