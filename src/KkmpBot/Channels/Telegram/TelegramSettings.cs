using System.Buffers;

namespace KkmpBot.Channels.Telegram;

/// <summary>How updates come to us.</summary>
public enum TelegramMode
{
    /// <summary>We ask (long polling): works anywhere, one copy of the program only.</summary>
    Polling,
    /// <summary>Telegram posts to us: needs a public address.</summary>
    Webhook,
}

/// <summary>The configuration section <c>Telegram</c>. Without a token the channel is off.</summary>
public sealed class TelegramSettings
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "Telegram";

    /// <summary>A secret is at most this long (Bot API, setWebhook).</summary>
    public const int MaxSecretLength = 256;

    /// <summary>What Telegram advises (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); bursts to one chat are tolerated.</summary>
    public static ChannelLimits PublishedLimits { get; } = new()
    {
        PerSecond = 30,
        ChatBurst = 30,
        ChatEvery = TimeSpan.FromSeconds(1),
        GroupPerMinute = 20,
        IsGroup = address => address.StartsWith('-'),
    };

    private static readonly SearchValues<char> SecretCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>What would change the address of a call, of which the token is a part.</summary>
    private static readonly SearchValues<char> NoTokenCharacters = SearchValues.Create(" \t\r\n/?#%\\");

    private bool isModeKnown = true;

    /// <summary>The bot's token as BotFather gave it; empty turns the channel off. Never logged.</summary>
    public string Token { get; set; } = "";

    /// <summary>Where the Bot API is; another value points at a local Bot API server.</summary>
    public string BaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>Polling or webhook.</summary>
    public TelegramMode Mode { get; set; } = TelegramMode.Polling;

    /// <summary>What Telegram repeats in every webhook call, so that we know it is Telegram.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>The service's address as the world sees it (the root setting <c>PublicUrl</c>); needed for the webhook only.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>How fast we send; subsection <c>Limits</c>.</summary>
    public ChannelLimits Limits { get; set; } = PublishedLimits;

    /// <summary>True when there is a token.</summary>
    public bool IsOn => Token.Length > 0;

    /// <summary>The address that Telegram posts to.</summary>
    public string WebhookUrl => PublicUrl.TrimEnd('/') + TelegramWebhook.Path;

    /// <summary>Reads the section, and the root's <c>PublicUrl</c>.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static TelegramSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(SectionName);
        var settings = new TelegramSettings
        {
            Token = section["Token"]?.Trim() ?? "",
            WebhookSecret = section["WebhookSecret"] ?? "",
            PublicUrl = configuration["PublicUrl"] ?? "",
            Limits = PublishedLimits.With(section.GetSection("Limits")),
        };

        // An empty variable is what a compose file leaves of an unset one.
        settings.BaseUrl = section["BaseUrl"] is { Length: > 0 } baseUrl ? baseUrl : settings.BaseUrl;
        var mode = section["Mode"] is { Length: > 0 } written ? written : nameof(TelegramMode.Polling);
        settings.isModeKnown = Enum.TryParse<TelegramMode>(mode, ignoreCase: true, out var known) && Enum.IsDefined(known);
        settings.Mode = known;
        return settings;
    }

    /// <summary>What is wrong with the settings, in one sentence that never repeats a secret; null when nothing is.</summary>
    public string? FindProblem()
    {
        if (!IsOn)
        {
            return null;
        }

        if (Token.AsSpan().ContainsAny(NoTokenCharacters))
        {
            return "Telegram:Token holds a character that no bot token has; copy it again from BotFather.";
        }

        if (!isModeKnown)
        {
            return "Telegram:Mode must be polling or webhook.";
        }

        if (!IsWebAddress(BaseUrl))
        {
            return "Telegram:BaseUrl must be an address that begins with https:// or http://.";
        }

        return Mode == TelegramMode.Webhook ? FindWebhookProblem() : null;
    }

    private string? FindWebhookProblem()
    {
        if (!IsWebAddress(PublicUrl))
        {
            return "Telegram:Mode is webhook, so PublicUrl must be the https:// address under which the world reaches this service.";
        }

        var fits = WebhookSecret.Length is > 0 and <= MaxSecretLength && !WebhookSecret.AsSpan().ContainsAnyExcept(SecretCharacters);
        return fits ? null : "Telegram:Mode is webhook, so Telegram:WebhookSecret must be 1 to 256 of the characters A-Z a-z 0-9 _ and -.";
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
