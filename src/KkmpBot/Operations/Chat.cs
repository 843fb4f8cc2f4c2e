using System.CommandLine;
using KkmpBot.Channels;
using KkmpBot.Channels.Console;
using KkmpBot.Conversations;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Operations;

/// <summary><c>chat [--as PHONE]</c>: lines in, replies out. Logs go to standard error; the end of input ends it with 0.</summary>
public static class Chat
{
    // An act put off by less than this is waited for, so that a script sees what a person would.
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>The command.</summary>
    public static Command Command()
    {
        var asPhone = new Option<string?>("--as") { Description = "talk as the person with this phone number; without it, as a stranger" };
        var command = new Command("chat", "talk to the bot in the terminal: lines in, replies out") { asPhone };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(asPhone), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? asPhone, CancellationToken ct)
    {
        var address = asPhone is null ? $"stranger-{Guid.NewGuid():N}" : ReadPhone(asPhone);
        using var host = CommandHost.Build(services => services.AddSingleton<IChannel>(new ConsoleChannel(Console.Out, address)));
        host.Services.GetRequiredService<DialogMachine>();
        await Composition.PrepareDatabaseAsync(host.Services, ct);
        await Demo.PrepareAsync(host.Services, ct);
        var settings = host.Services.GetRequiredService<TurnSettings>();
        settings.OwnChannels.Add("console");
        // A script's lines come faster than anybody types.
        settings.PerPersonPerMinute = 0;
        await host.StartAsync(ct);
        if (asPhone is not null)
            await ConsoleAddress.LinkAsync(host.Services, address, ct);
        await TalkAsync(host.Services, address, ct);
        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    private static string ReadPhone(string text) =>
        AnswerReader.Read(DialogType.Phone, text, DateOnly.MinValue) is Reading.Read { Value: TextValue phone }
            ? phone.Text
            : throw new StartRefusedException($"--as wants a mobile number such as 0812 3456 7890, not '{text}'.");

    private static async Task TalkAsync(IServiceProvider services, string address, CancellationToken ct)
    {
        var engine = services.GetRequiredService<TurnEngine>();
        var prompt = !Console.IsInputRedirected;
        while (true)
        {
            if (prompt)
                await Console.Out.WriteAsync("> ");
            if (await Console.In.ReadLineAsync(ct) is not { } line)
                return;
            var receipt = await engine.TakeAsync(new InboundMessage("console", Guid.NewGuid().ToString("N"), address, InboundKind.Text, Cut(line)), ct);
            if (receipt != TurnReceipt.Committed)
                throw new InvalidOperationException($"The console's turn ended as {receipt}.");
            await QuietAsync(services, address, ct);
        }
    }

    private static string Cut(string line) => line.Length > InboundMessage.MaxTextLength ? line[..InboundMessage.MaxTextLength] : line;

    // The next line is read when everything due within a moment was said.
    private static async Task QuietAsync(IServiceProvider services, string address, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var sender = services.GetRequiredService<OutboxSender>();
        var until = time.GetUtcNow() + LongestWait;
        while (time.GetUtcNow() < until && (sender.Held > 0 || await ConsoleAddress.HasTimerAsync(services, address, time.GetUtcNow().UtcDateTime + AMoment, ct)))
            await Task.Delay(LookAgain, time, ct);
    }
}
