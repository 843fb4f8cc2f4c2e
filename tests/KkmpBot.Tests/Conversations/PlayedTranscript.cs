using System.Collections.Concurrent;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// A transcript as it went. Each is played once a test run, for whoever asks first: its own test, or the coverage, which needs all.
/// </summary>
/// <param name="Walked">The edges of the dialogs it walked, by name; until it failed, when it did.</param>
/// <param name="Failure">Why it failed; null when the bot said what the transcript says.</param>
/// <param name="InClear">What was said to or by the bot in it that can be read in the database's own bytes; nothing has to.</param>
internal sealed record PlayedTranscript(IReadOnlySet<string> Walked, Exception? Failure, IReadOnlyList<string> InClear)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<PlayedTranscript>>> All = new();

    public static Task<PlayedTranscript> OfAsync(string file) => All.GetOrAdd(file, _ => new Lazy<Task<PlayedTranscript>>(() => PlayAsync(file))).Value;

    private static async Task<PlayedTranscript> PlayAsync(string file)
    {
        await using var bot = await TestBot.StartAsync();
        var transcript = Transcript.Read(file);
        var failure = await Record.ExceptionAsync(() => PlayAsync(transcript, bot));
        return new PlayedTranscript(bot.Walked, failure, await ClearText.InAsync(await bot.BytesAsync(), transcript));
    }

    public static async Task PlayAsync(Transcript transcript, TestBot bot)
    {
        var player = new TranscriptPlayer(bot, transcript.File);
        if (transcript.Sukarela > 0)
            await bot.SaveAsync(DemoData.PhoneOf(transcript.As), transcript.Sukarela);
        if (transcript.HasPages)
            bot.Settings.Places.KeepingHistory.Add(TestBot.Channel);
        await player.BecomeAsync(transcript.As);
        foreach (var line in transcript.Lines)
            await player.PlayAsync(line);
        player.ExpectNothingUnsaid();
        foreach (var (table, rows) in transcript.RowsAfter)
            Assert.True(rows == await bot.CountAsync(table), $"{transcript.File}: {table} has {await bot.CountAsync(table)} rows, not {rows}.");
    }
}
