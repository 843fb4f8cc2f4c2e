using System.CommandLine;
using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary><c>deadletters list|replay</c>: what could not be handled or delivered, and its second chance once the cause is gone.</summary>
public static class DeadLetterCommands
{
    /// <summary>Letters read at a time.</summary>
    public const int PageSize = 500;

    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var list = new Command("list", "print id, time, class, channel, update and cause of each that waits; nothing personal");
        list.SetAction((_, ct) => ListAsync(ct));
        var which = new Argument<string>("ID") { Description = "the letter's id, or all" };
        var replay = new Command("replay", "make the message go through its turn, or to its platform, again; exit code 1 when one fails again") { which };
        replay.SetAction((parsed, ct) => ReplayAsync(parsed.GetValue(which) ?? "", ct));
        return new Command("deadletters", "messages that could not be handled or delivered") { list, replay };
    }

    private static async Task<int> ListAsync(CancellationToken ct)
    {
        using var host = await StartAsync(ct);
        var last = 0L;
        while (await ReadPageAsync(host.Services, last, ct) is { Count: > 0 } page)
        {
            foreach (var letter in page)
                await Console.Out.WriteLineAsync($"{letter.Id}\t{letter.AtUtc:yyyy-MM-ddTHH:mm:ssZ}\t{letter.Class}\t{letter.Channel}\t{letter.UpdateKey}\t{letter.Cause}");
            last = page[^1].Id;
        }
        return 0;
    }

    private static async Task<int> ReplayAsync(string which, CancellationToken ct)
    {
        using var host = await StartAsync(ct);
        await using var connection = await host.Services.GetRequiredService<Database>().OpenAsync(ct);
        await using var store = new TurnStore(connection);
        var writer = new Writer(connection, store);
        if (which != "all")
        {
            return long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? await ReplayAsync(host.Services, id, writer, ct) ? 0 : 1
                : throw new StartRefusedException($"deadletters replay wants an id or all, not '{which}'.");
        }
        var isGood = true;
        var last = 0L;
        while (await ReadPageAsync(host.Services, last, ct) is { Count: > 0 } page)
        {
            foreach (var letter in page)
                isGood &= await ReplayAsync(host.Services, letter.Id, writer, ct);
            last = page[^1].Id;
        }
        return isGood ? 0 : 1;
    }

    private static async Task<bool> ReplayAsync(IServiceProvider services, long id, Writer writer, CancellationToken ct)
    {
        string said;
        try
        {
            said = await services.GetRequiredService<DeadLetters>().ReplayAsync(id, writer, ct) == ReplayOutcome.Done
                ? "replayed"
                : "not there, or replayed before";
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            await Console.Out.WriteLineAsync($"{id}\tfailed again, and stays: {DatabaseFailure.Describe(failure)}");
            return false;
        }
        await Console.Out.WriteLineAsync($"{id}\t{said}");
        return true;
    }

    private static async Task<IHost> StartAsync(CancellationToken ct)
    {
        var host = CommandHost.Build();
        await host.Services.GetRequiredService<Database>().MigrateAsync(ct);
        return host;
    }

    private static async Task<List<DeadLetter>> ReadPageAsync(IServiceProvider services, long after, CancellationToken ct)
    {
        var database = services.GetRequiredService<Database>();
        await using var connection = await database.OpenAsync(ct);
        await using var context = database.Context(connection);
        return await context.Set<DeadLetter>().AsNoTracking()
            .Where(letter => letter.ReplayedUtc == null && letter.Id > after).OrderBy(letter => letter.Id).Take(PageSize).ToListAsync(ct);
    }
}
