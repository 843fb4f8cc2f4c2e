namespace KkmpBot.Conversations;

/// <summary>Where people find the bot from outside. What is not configured is null: then nobody is sent there.</summary>
public sealed class PublicPlaces
{
    /// <summary>Nothing is configured.</summary>
    public static PublicPlaces None { get; } = new();

    /// <summary>The address that <c>PublicUrl</c> sets, without a slash at the end.</summary>
    public string? Url { get; set; }

    /// <summary>The same where it is TLS: only there may anything personal be typed into a page.</summary>
    public string? SafeUrl => Url is { } url && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? url : null;

    /// <summary>The channels that keep what was said with others, for years: what is better not kept there is asked on a page.</summary>
    public HashSet<string> KeepingHistory { get; } = ["telegram", "whatsapp"];

    /// <summary>The bot's name on Telegram, without @; as configured, or as Telegram told it when it was asked.</summary>
    public Func<string?> Telegram { get; set; } = () => null;

    /// <summary>The number on WhatsApp, in digits with its country.</summary>
    public string? WhatsAppNumber { get; set; }

    /// <summary>The digits of a number as somebody writes it into the settings: "+62 812-3456-7890", "0812 3456 7890"; null for none.</summary>
    /// <param name="written">As written.</param>
    public static string? InternationalDigits(string? written)
    {
        var digits = string.Concat((written ?? "").Where(char.IsAsciiDigit));
        return digits switch
        {
            "" => null,
            ['0', .. var national] => $"62{national}",
            _ => digits,
        };
    }
}
