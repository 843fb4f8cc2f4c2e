namespace KkmpBot.Tests.Conversations;

/// <summary>
/// Plays every transcript. At each step the conversation is stored and read back, the same message is delivered again and may change
/// nothing, and each reply has to fit every channel.
/// </summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Files => new(Transcript.Files());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Plays(string file)
    {
        var transcript = Transcript.Read(file);
        await using var bot = await TestBot.StartAsync();
        var player = new TranscriptPlayer(bot, transcript.File);
        await player.BecomeAsync(transcript.As);
        foreach (var line in transcript.Lines)
            await player.PlayAsync(line);
        player.ExpectNothingUnsaid();
        foreach (var (table, rows) in transcript.RowsAfter)
            Assert.True(rows == await bot.CountAsync(table), $"{file}: {table} has {await bot.CountAsync(table)} rows, not {rows}.");
    }
}
