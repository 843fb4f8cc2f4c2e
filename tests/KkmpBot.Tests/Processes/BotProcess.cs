using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KkmpBot.Tests.Processes;

/// <summary>The real program in a process and a folder of its own: what it prints, what it listens on, and an end by kill -9.</summary>
public sealed class BotProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, string> settings;
    private const int MaxLines = 2000;
    private readonly ConcurrentQueue<string> lines = new();
    private Process? process;

    private BotProcess(string folder, Dictionary<string, string> settings)
    {
        Folder = folder;
        this.settings = settings;
    }

    /// <summary>The folder it is started in; data, keys and logs lie below.</summary>
    public string Folder { get; }

    public string Url => settings["ASPNETCORE_URLS"];

    /// <summary>The process that runs now.</summary>
    public int Id => process!.Id;

    /// <summary>Everything printed, both streams.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Another version of the program, to run beside this one: <c>KKMP_TEST_PROGRAM_BEFORE</c>; null when none is given.</summary>
    public static string? Before { get; } = Environment.GetEnvironmentVariable("KKMP_TEST_PROGRAM_BEFORE") is { Length: > 0 } published ? published : null;

    /// <summary>What runs at the next start.</summary>
    public string Runs { get; set; } = Program;

    /// <summary>The program: where <c>KKMP_TEST_PROGRAM</c> says it was published, or as it was built beside the tests.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("KKMP_TEST_PROGRAM") is { Length: > 0 } published ? published : Path.Combine(
        Repository.Root, "src", "KkmpBot", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!, "net10.0", "KkmpBot.dll");

    /// <summary>Starts a server on a free port and waits until it is healthy.</summary>
    public static async Task<BotProcess> ServeAsync(Dictionary<string, string> settings)
    {
        var bot = new BotProcess(Directory.CreateTempSubdirectory("kkmp-process-").FullName, WithUrl(settings));
        await bot.StartAsync();
        return bot;
    }

    /// <summary>Starts another server beside this one, on the same database and with the same keys, in a folder and on a port of its own.</summary>
    public async Task<BotProcess> ServeBesideAsync()
    {
        var beside = new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort()}",
            ["Keys__Path"] = Path.Combine(Folder, "keys"),
        };
        return await ServeAsync(beside);
    }

    /// <summary>Runs the program to its end with arguments and lines of input.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, string[] arguments, string input, Dictionary<string, string>? settings = null)
    {
        using var run = Process.Start(StartInfo(Program, folder, arguments, settings ?? []))!;
        await run.StandardInput.WriteAsync(input);
        run.StandardInput.Close();
        var output = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await run.WaitForExitAsync(limit.Token);
        return (run.ExitCode, await output, await errors);
    }

    private static Dictionary<string, string> WithUrl(Dictionary<string, string> settings) =>
        settings.ContainsKey("ASPNETCORE_URLS") ? settings : new(settings) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort()}" };

    public async Task StartAsync()
    {
        Launch();
        await WaitUntilHealthyAsync();
    }

    /// <summary>Changes a setting for the next start.</summary>
    public void Set(string name, string value) => settings[name] = value;

    /// <summary>Starts it and does not wait for anything.</summary>
    public void Launch()
    {
        process = Process.Start(StartInfo(Runs, Folder, [], settings))!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task WaitUntilHealthyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartLimit && !process!.HasExited)
        {
            if (await IsHealthyAsync(http))
                return;
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"The program did not become healthy:\n{Output}");
    }

    /// <summary>Ends it as a power cut would end a process: no handler runs.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            try
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
            catch (InvalidOperationException)
            {
                lines.Enqueue("already gone");
            }
            process.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessStartInfo StartInfo(string program, string folder, string[] arguments, Dictionary<string, string> settings)
    {
        // A signal that is ignored stays so in the program: a file over its limit is a failed write then, as on a full disk, and no death.
        var info = new ProcessStartInfo("sh")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in new[] { "-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", program })
            info.ArgumentList.Add(word);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            info.Environment[name] = value;
        return info;
    }

    private void Keep(string? line)
    {
        lines.Enqueue(line ?? "");
        if (lines.Count > MaxLines)
            lines.TryDequeue(out _);
    }

    private async Task<bool> IsHealthyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync($"{Url}/healthz")).IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
