using System.Diagnostics;
using System.Globalization;

namespace KkmpBot.Load;

/// <summary>A process that is measured: the service or a peer, in a folder of its own. What it prints goes to a file there.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>When it was started, in ticks of the stopwatch.</summary>
    public long StartedAt { get; private init; }

    public bool HasExited => process.HasExited;

    /// <summary>Processor time used so far, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>Memory in RAM, bytes.</summary>
    public long ResidentBytes => Status("VmRSS:");

    /// <summary>The most memory it ever had in RAM, bytes.</summary>
    public long PeakBytes => Status("VmHWM:");

    /// <summary>Starts it.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Set beside what this process has.</param>
    /// <param name="folder">Where it runs and its output goes.</param>
    public static ServerProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder)
    {
        // The shell replaces itself, so that the process id is the program's own.
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add("exec \"$@\" > output.log 2>&1 < /dev/null");
        info.ArgumentList.Add("sh");
        foreach (var part in command)
            info.ArgumentList.Add(part);
        foreach (var name in info.Environment.Keys.Where(IsOurOwn).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var startedAt = Stopwatch.GetTimestamp();
        return new ServerProcess(Process.Start(info)!) { StartedAt = startedAt };
    }

    /// <summary>Asks it to stop and waits, so that its data can be used again.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopLimit);
            await process.WaitForExitAsync(limit.Token);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    // What makes this program light is no business of the measured ones.
    private static bool IsOurOwn(string name) => name.StartsWith("DOTNET_", StringComparison.Ordinal) && name is not ("DOTNET_ROOT" or "DOTNET_CLI_HOME");

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return (long)Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
