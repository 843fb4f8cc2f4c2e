namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>
/// What the platforms allow, in characters. https://core.telegram.org/bots/api#sendmessage and
/// https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages
/// </summary>
internal static class PlatformLimits
{
    /// <summary>WhatsApp: reply buttons under a message.</summary>
    public const int WhatsAppButtons = 3;

    /// <summary>WhatsApp: the title of a reply button.</summary>
    public const int WhatsAppButtonTitle = 20;

    /// <summary>WhatsApp: the text above reply buttons.</summary>
    public const int WhatsAppButtonBody = 1024;

    /// <summary>WhatsApp: the title of a list's row.</summary>
    public const int WhatsAppRowTitle = 24;

    /// <summary>WhatsApp: the second line of a list's row.</summary>
    public const int WhatsAppRowDetail = 72;

    /// <summary>WhatsApp: the text above a list. Telegram: the text of a message.</summary>
    public const int Text = 4096;
}
