namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>The payloads in <c>tests/webhooks/telegram</c>.</summary>
internal static class RecordedPayload
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "webhooks", "telegram");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));
}
