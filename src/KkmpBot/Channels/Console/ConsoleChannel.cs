using System.Text;

namespace KkmpBot.Channels.Console;

/// <summary>
/// The terminal as a channel: replies go to a writer, buttons are numbered lines. For newcomers, for support and for tests; it
/// trusts whoever can start the program.
/// </summary>
/// <param name="output">Where replies go.</param>
/// <param name="address">Who sits at this terminal: what is left for others, who sat at one once, is not said to them. Null for everybody.</param>
public sealed class ConsoleChannel(TextWriter output, string? address = null) : IChannel
{
    /// <inheritdoc />
    public string Name => "console";

    /// <inheritdoc />
    public bool ReachesAnybody => false;

    /// <inheritdoc />
    public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) =>
        throw new NotSupportedException("The console is read line by line; nothing is posted to it.");

    /// <inheritdoc />
    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
    {
        if (address is not null && message.Address != address)
            return new DeliveryResult.Blocked();
        await output.WriteLineAsync(Render(message).AsMemory(), ct);
        await output.FlushAsync(ct);
        return new DeliveryResult.Sent(null);
    }

    /// <inheritdoc />
    public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;

    private static string Render(OutboundMessage message)
    {
        var text = new StringBuilder();
        if (message.File is { } file)
            text.Append('[').Append(file.Name).Append("]\n");
        text.Append(message.Text.TrimEnd()).Append('\n');
        for (var i = 0; i < message.Buttons.Count; i++)
        {
            var button = message.Buttons[i];
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {i + 1}. {button.Label}");
            if (button.Detail is { Length: > 0 } detail)
                text.Append(" (").Append(detail).Append(')');
            text.Append('\n');
        }
        return text.ToString();
    }
}
