using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>Every shape that a message of ours can have.</summary>
internal static class MessageShapes
{
    private static readonly OutboundFile Picture = new("kartu.png", "image/png", "PNG"u8.ToArray());
    private static readonly OutboundFile Document = new("rincian.pdf", "application/pdf", "%PDF"u8.ToArray());

    public static IReadOnlyList<(string Name, Func<string, OutboundMessage> Make)> All { get; } =
    [
        ("words", Text),
        ("words of two lines with signs", to => Text(to) with { Text = "Jumlah Rp24.000 *dan* <b>\"lagi\"</b>\n• Beras 😀" }),
        ("two buttons", to => Text(to) with { Buttons = Buttons(2) }),
        ("three buttons of which one is too long for WhatsApp", to => Text(to) with { Buttons = [.. Buttons(2), new("tok-9", "Ada yang mau diubah lagi")] }),
        ("two buttons with details", to => Text(to) with { Buttons = Buttons(2, "Kecamatan Mijen") }),
        ("two buttons that read the same", to => Text(to) with { Buttons = [new("tok-1", "Sama"), new("tok-2", "Sama")] }),
        ("two buttons under a long text", to => Text(to) with { Text = new string('x', 1100), Buttons = Buttons(2) }),
        ("four buttons", to => Text(to) with { Buttons = Buttons(4) }),
        ("ten buttons with details", to => Text(to) with { Buttons = Buttons(10, "Rp62.500 / 5 kg") }),
        ("eleven buttons", to => Text(to) with { Buttons = Buttons(11, "Rp62.500 / 5 kg") }),
        ("a wish for the number", to => Text(to) with { WantsContact = true }),
        ("a wish for the number, and buttons", to => Text(to) with { WantsContact = true, Buttons = Buttons(2) }),
        ("a picture with words", to => Text(to) with { File = Picture }),
        ("a picture with buttons", to => Text(to) with { File = Picture, Buttons = Buttons(2) }),
        ("a document with words", to => Text(to) with { File = Document }),
        ("a document with words too long for a caption", to => Text(to) with { File = Document, Text = new string('x', 1100) }),
    ];

    public static OutboundMessage Text(string address) => new(17, 5, address, "Mau pesan apa?", []);

    private static List<OutboundButton> Buttons(int count, string? detail = null) =>
        [.. Enumerable.Range(1, count).Select(i => new OutboundButton($"tok-{i}", $"Pilihan {i}", detail))];
}
