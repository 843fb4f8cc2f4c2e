using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace KkmpBot.Operations;

/// <summary>
/// Work of minutes, in the terminal: a bar with the time that is left where somebody looks on, a line now and then where the output goes into a file.
/// Ctrl+C stops it between two of its steps.
/// </summary>
public static class LongWork
{
    /// <summary>What a command ends with that was stopped (128 and the number of SIGINT).</summary>
    public const int Stopped = 130;

    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; everything it says goes to the error stream.</summary>
    /// <param name="name">What the bar is called until the work says what it is at.</param>
    /// <param name="work">Told how to say what it is at, how much is done and how much there is in all.</param>
    /// <param name="whenStopped">A sentence for whoever stopped it: what is there, and how to go on.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>False when it was stopped.</returns>
    public static async Task<bool> RunAsync(string name, Func<Action<string, long, long>, Task> work, string whenStopped, CancellationToken ct)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        try
        {
            if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
                await work(Lines());
            else
                await WithBarAsync(console, name, work);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(whenStopped);
            return false;
        }
    }

    private static Action<string, long, long> Lines()
    {
        var said = Stopwatch.StartNew();
        return (what, done, all) =>
        {
            if (said.Elapsed < SayEvery)
                return;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {done} of {all}"));
            said.Restart();
        };
    }

    /// <summary>Runs it with a bar that it moves itself.</summary>
    /// <param name="console">A terminal.</param>
    /// <param name="name">What the bar is called at first; not empty.</param>
    /// <param name="work">As above.</param>
    public static Task WithBarAsync(IAnsiConsole console, string name, Func<Action<string, long, long>, Task> work) =>
        console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async screen =>
            {
                var bar = screen.AddTask(name);
                await work((what, done, all) =>
                {
                    bar.Description = Markup.Escape(what);
                    bar.MaxValue = all;
                    bar.Value = done;
                });
            });
}
