using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KkmpBot.Load;

/// <summary>A bot that can be started on a folder of state and be posted updates.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Path">Where its webhook is.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Settings">Its environment, given port, folder and the Bot API's address.</param>
internal sealed record Contestant(
    string Name, string Path, IReadOnlyList<string> Command, Func<int, string, string, Dictionary<string, string>> Settings)
{
    private const string Token = "1:load-benchmark";

    /// <summary>The service, as published.</summary>
    public static Contestant Service(string program) => new("KKMP Bot", "/channels/telegram/webhook", [program], (port, folder, api) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        ["Data__Path"] = System.IO.Path.Combine(folder, "data"),
        ["Keys__Path"] = System.IO.Path.Combine(folder, "keys"),
        ["Telegram__Token"] = Token,
        ["Telegram__BaseUrl"] = api,
        ["Telegram__Mode"] = "webhook",
        ["Telegram__WebhookSecret"] = WebhookConnection.Secret,
        ["PublicUrl"] = $"http://127.0.0.1:{port}",
        ["Demo__Enabled"] = "false",
        // What is measured is the service, not the pace that a platform asks for.
        ["Sending__Limits"] = "false",
        ["Turns__PerPersonPerMinute"] = "0",
    });

    /// <summary>A bot on Node.</summary>
    /// <param name="name">Its name in the table.</param>
    /// <param name="script">Its program.</param>
    public static Contestant Peer(string name, string script) => new(name, "/webhook", ["node", script], (port, folder, api) => new()
    {
        ["NODE_ENV"] = "production",
        ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["DATABASE"] = System.IO.Path.Combine(folder, "bot.db"),
        ["TOKEN"] = Token,
        ["API_ROOT"] = api,
        ["SECRET"] = WebhookConnection.Secret,
    });

    /// <summary>When its program was built or written last.</summary>
    public DateTime MadeUtc => Directory.GetFiles(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Command[^1]))!).Max(File.GetLastWriteTimeUtc);

    /// <summary>Starts it.</summary>
    /// <param name="folder">Holds its state; made when missing.</param>
    /// <param name="api">The platform.</param>
    /// <param name="extra">Settings beside its own.</param>
    /// <param name="port">Where it listens.</param>
    public ServerProcess Start(string folder, LoopbackBotApi api, IReadOnlyDictionary<string, string> extra, out int port)
    {
        Directory.CreateDirectory(folder);
        port = FreePort();
        var settings = Settings(port, folder, api.BaseUrl);
        foreach (var (name, value) in extra)
            settings[name] = value;
        return ServerProcess.Start(Command, settings, folder);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
