using System.Text;
using KkmpBot.Channels;

namespace KkmpBot.Tests.Conversations;

/// <summary>The limits of every channel, checked on each reply that a transcript meets.</summary>
internal static class ChannelFit
{
    public static void Check(OutboundMessage message, string place)
    {
        Assert.True(message.Text.Length is > 0 and <= 4096, $"{place}: a text of {message.Text.Length} characters fits no channel.");
        Assert.True(message.Buttons.Count <= 10, $"{place}: {message.Buttons.Count} buttons do not fit a WhatsApp list.");
        foreach (var button in message.Buttons)
        {
            Assert.True(button.Label.Length is > 0 and <= 24, $"{place}: the label '{button.Label}' is too long for a WhatsApp list.");
            Assert.True((button.Detail?.Length ?? 0) <= 72, $"{place}: the detail '{button.Detail}' is too long for a WhatsApp list.");
            Assert.True(Encoding.UTF8.GetByteCount(button.Token) <= 64, $"{place}: the token of '{button.Label}' is over Telegram's 64 bytes.");
        }
    }
}
