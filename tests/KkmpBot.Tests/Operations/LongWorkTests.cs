using KkmpBot.Operations;
using Spectre.Console;

namespace KkmpBot.Tests.Operations;

public sealed class LongWorkTests
{
    [Fact]
    public async Task A_terminal_shows_what_it_is_at_and_how_far()
    {
        var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        await LongWork.WithBarAsync(console, "move", say =>
        {
            say("journal_[lines]", 5, 10);
            return Task.CompletedTask;
        });
        Assert.Contains("journal_[lines]", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("50%", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_work_says_so_and_a_failure_is_none_of_its_business()
    {
        using var stop = new CancellationTokenSource();
        Assert.False(await LongWork.RunAsync("move", async _ =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        }, "Stopped.", stop.Token));
        await Assert.ThrowsAsync<IOException>(() => LongWork.RunAsync("move", _ => throw new IOException(), "Stopped.", CancellationToken.None));
        Assert.True(await LongWork.RunAsync("move", _ => Task.CompletedTask, "Stopped.", CancellationToken.None));
    }
}
