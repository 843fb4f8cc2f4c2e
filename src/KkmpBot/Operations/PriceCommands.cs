using System.CommandLine;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Imports;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>
/// <c>prices market FILE</c>: takes the market's daily prices over; <c>prices set FILE</c>: a cooperative's own price list. All of a file or
/// nothing; whoever watches a price that moved is told by the server that runs.
/// </summary>
public static class PriceCommands
{
    private const int MaxProblemsShown = 50;

    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV: Timestamp, Komoditas, Satuan, Harga" };
        var place = new Option<string>("--place") { Description = "which market, as shown, e.g. \"Kota Semarang\"", Required = true };
        var source = new Option<string>("--source") { Description = "who observed it, as shown", DefaultValueFactory = _ => "Badan Pangan Nasional" };
        var market = new Command("market", "take the market's daily prices over; the same file twice changes nothing") { file, place, source };
        market.SetAction((parsed, ct) => MarketAsync(parsed.GetValue(file)!, parsed.GetValue(place)!, parsed.GetValue(source)!, ct));
        var list = new Argument<FileInfo>("file") { Description = "CSV: barang, harga and, if wanted, golongan (anggota, umum, warung)" };
        var code = new Option<string>("--cooperative") { Description = "the kelurahan's code, e.g. 33.74.14.1013", Required = true };
        var set = new Command("set", "set a cooperative's prices from a list") { list, code };
        set.SetAction((parsed, ct) => SetAsync(parsed.GetValue(list)!, parsed.GetValue(code)!, ct));
        return new Command("prices", "market prices and price lists") { market, set };
    }

    private static async Task<int> MarketAsync(FileInfo file, string place, string source, CancellationToken ct)
    {
        if (place.Length > ImportMarket.MaxNameLength || source.Length > ImportMarket.MaxNameLength)
            throw new StartRefusedException($"The names of market and source have at most {ImportMarket.MaxNameLength} characters.");
        var reading = MarketFile.Read(await TextAsync(file, ct));
        if (await ReportAsync(file, reading.Problems))
            return 1;
        MarketChange? change = null;
        await WriteAsync(
            async (db, _, utcNow) =>
            {
                change = await ImportMarket.ApplyAsync(db, reading.Quotes, place, source, utcNow, ct);
                return true;
            },
            ct);
        await Console.Out.WriteLineAsync(
            $"{file.Name}: {reading.Quotes.Count} harga, {reading.NoData} baris tanpa data; {change!.Added} baru, {change.Corrected} diperbaiki, {change.Events} barang bergerak");
        return 0;
    }

    private static async Task<int> SetAsync(FileInfo file, string code, CancellationToken ct)
    {
        var content = await TextAsync(file, ct);
        PriceListReport? report = null;
        await WriteAsync(
            async (db, vault, utcNow) =>
            {
                var cooperative = await db.Set<Cooperative>().SingleOrDefaultAsync(row => row.Code == code, ct)
                    ?? throw new StartRefusedException($"There is no kelurahan with the code {code}; it is like 33.74.14.1013.");
                var turn = new Turn(new Caller(0, 0, "command", null, cooperative.Id, null), utcNow, $"prices:{utcNow.Ticks}", vault, () => db);
                report = await PriceFile.ApplyAsync(turn, content, ct);
                return report.Problems.Count == 0;
            },
            ct);
        if (await ReportAsync(file, report!.Problems))
            return 1;
        await Console.Out.WriteLineAsync($"{file.Name}: {report.Changed} harga baru, {report.Same} tetap");
        return 0;
    }

    private static async Task WriteAsync(Func<KkmpDbContext, Vault, DateTime, Task<bool>> write, CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var db = database.Context(connection, transaction);
        if (await write(db, host.Services.GetRequiredService<Vault>(), host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime))
            await transaction.CommitAsync(ct);
    }

    private static async Task<bool> ReportAsync(FileInfo file, IReadOnlyList<ImportProblem> problems)
    {
        foreach (var problem in problems.Take(MaxProblemsShown))
            await Console.Out.WriteLineAsync($"{file.Name}, baris {problem.Line}: {problem.Reason}");
        if (problems.Count > 0)
            await Console.Out.WriteLineAsync($"{problems.Count} baris bermasalah, tidak ada yang ditulis");
        return problems.Count > 0;
    }

    private static async Task<string> TextAsync(FileInfo file, CancellationToken ct) =>
        file.Exists ? await File.ReadAllTextAsync(file.FullName, ct) : throw new StartRefusedException($"There is no file {file.FullName}.");
}
