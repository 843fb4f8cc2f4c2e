using KkmpBot.Tests.Channels.WebChat;
using KkmpBot.Tests.Platforms.CloudApi;

namespace KkmpBot.Tests.Processes;

/// <summary>The service in this process, a Cloud API on loopback, the demo's officer and people who talk to it.</summary>
internal sealed class WhatsAppCity : IAsyncDisposable
{
    private WhatsAppCity(CloudApiEmulator api, InProcessBot bot, ShiftedTime time)
    {
        (Api, Bot, Time) = (api, bot, time);
    }

    public CloudApiEmulator Api { get; }

    public InProcessBot Bot { get; }

    /// <summary>The clock of both sides.</summary>
    public ShiftedTime Time { get; }

    public static async Task<WhatsAppCity> StartAsync(params (string Name, string Value)[] settings)
    {
        var time = new ShiftedTime();
        var api = await CloudApiEmulator.StartAsync(new CloudApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(50), Time: time));
        var all = new Dictionary<string, string>(api.Settings) { ["Demo__Enabled"] = "true", ["Demo__AutoApprove"] = "false" };
        foreach (var (name, value) in settings)
            all[name] = value;
        var bot = await InProcessBot.StartAsync(all, time);
        api.WebhookUrl = new Uri($"{bot.Url}/channels/whatsapp/webhook");
        return new WhatsAppCity(api, bot, time);
    }

    /// <summary>What a resident does. Who writes in WhatsApp is known by their number, so nothing has to be shared first.</summary>
    public static IReadOnlyList<PersonStep> Registration(string nik) =>
        [.. TelegramCity.Registration(nik)];

    /// <summary>The officer approves and takes the pokok; known by the number at the first word.</summary>
    public static IReadOnlyList<PersonStep> Approval { get; } =
        [new("/start", "Menu petugas"), .. TelegramCity.Approval.Skip(2)];

    /// <summary>The member looks at the balance and orders.</summary>
    public static IReadOnlyList<PersonStep> Order => TelegramCity.Order;

    /// <summary>Sends steps, each answered before the next.</summary>
    public async Task WalkAsync(CloudApiPerson person, IReadOnlyList<PersonStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.SharesContact)
                person.ShareContact();
            else if (step.Presses)
                person.Press(step.Text);
            else
                person.SendText(step.Text);
            var reply = await ReadAsync(person, step);
            Assert.True(Says(reply, step.Answer), $"'{step.Text}' was answered by: {reply.Text} [{string.Join(" | ", reply.Labels)}]");
        }
    }

    /// <summary>Waits until everything is sent, marked and told.</summary>
    public async Task SettleAsync()
    {
        Api.Flush();
        for (var i = 0; i < 400 && (Api.OpenPosts > 0 || await Bot.CountAsync("SELECT COUNT(*) FROM outbox WHERE status = 0") > 0); i++)
            await Task.Delay(25);
        Assert.Equal(0, Api.OpenPosts);
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Api.DisposeAsync();
    }

    private static bool Says(WhatsAppMessage reply, string words) =>
        reply.Text.Contains(words, StringComparison.Ordinal) || reply.Labels.Any(label => label.Contains(words, StringComparison.Ordinal));

    private async Task<WhatsAppMessage> ReadAsync(CloudApiPerson person, PersonStep step)
    {
        try
        {
            var reply = await person.WaitForReplyAsync(TimeSpan.FromSeconds(20));
            // A picture whose words carry buttons comes alone, and the words after it.
            return reply is { Type: "image" or "document", Text: "" } ? await person.WaitForReplyAsync(TimeSpan.FromSeconds(20)) : reply;
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"'{step.Text}' was not answered.\n{string.Join('\n', Api.Violations)}\n{Bot.Log.All}", late);
        }
    }
}
