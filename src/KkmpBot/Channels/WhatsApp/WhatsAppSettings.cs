namespace KkmpBot.Channels.WhatsApp;

/// <summary>The configuration section <c>WhatsApp</c>. Without an access token the channel is off.</summary>
public sealed class WhatsAppSettings
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "WhatsApp";

    /// <summary>Where the Graph API is; another value points at an emulator.</summary>
    public string BaseUrl { get; set; } = "https://graph.facebook.com";

    /// <summary>The version of the Graph API that every call names; Meta ends each after about two years.</summary>
    public string ApiVersion { get; set; } = "v26.0";

    /// <summary>The id of our business number; not a phone number.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>The system user's token; empty turns the channel off. Never logged.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Signs every webhook. Never logged.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>What Meta repeats when the webhook is set up, so that we know it is ours. Never logged.</summary>
    public string VerifyToken { get; set; } = "";

    /// <summary>True when there is a token.</summary>
    public bool IsOn => AccessToken.Length > 0;

    /// <summary>
    /// What Meta publishes: 80 messages a second and number; to one person one in six seconds after a burst of 45; 250 people a day for a new
    /// portfolio, which grows (https://developers.facebook.com/docs/whatsapp/messaging-limits).
    /// </summary>
    public static ChannelLimits PublishedLimits { get; } = new()
    {
        PerSecond = 80,
        ChatBurst = 45,
        ChatEvery = TimeSpan.FromSeconds(6),
        PortfolioPerDay = 250,
    };

    /// <summary>How fast we send; subsection <c>Limits</c>.</summary>
    public ChannelLimits Limits { get; set; } = PublishedLimits;

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static WhatsAppSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(SectionName);
        var settings = new WhatsAppSettings
        {
            PhoneNumberId = section["PhoneNumberId"]?.Trim() ?? "",
            AccessToken = section["AccessToken"]?.Trim() ?? "",
            AppSecret = section["AppSecret"]?.Trim() ?? "",
            VerifyToken = section["VerifyToken"]?.Trim() ?? "",
            Limits = PublishedLimits.With(section.GetSection("Limits")),
        };

        // An empty variable is what a compose file leaves of an unset one.
        settings.BaseUrl = section["BaseUrl"] is { Length: > 0 } baseUrl ? baseUrl : settings.BaseUrl;
        settings.ApiVersion = section["ApiVersion"] is { Length: > 0 } version ? version : settings.ApiVersion;
        return settings;
    }

    /// <summary>What is wrong with the settings, in one sentence that never repeats a secret; null when nothing is.</summary>
    public string? FindProblem()
    {
        if (!IsOn)
            return null;
        if (AccessToken.Any(character => character is < '!' or > '~'))
            return "WhatsApp:AccessToken holds a character that no token has; copy it again from Meta's app dashboard.";
        if (PhoneNumberId.Length == 0 || !PhoneNumberId.All(char.IsAsciiDigit))
            return "WhatsApp:PhoneNumberId must be the id of the business number: digits, from Meta's app dashboard under API Setup.";
        if (AppSecret.Length == 0)
            return "WhatsApp:AppSecret is missing: without it nobody could tell Meta's webhooks from forged ones.";
        if (VerifyToken.Length == 0)
            return "WhatsApp:VerifyToken is missing: choose any word, and enter the same one in Meta's app dashboard under Webhooks.";
        if (ApiVersion is not ['v', _, ..] || !ApiVersion[1..].All(character => char.IsAsciiDigit(character) || character == '.'))
            return "WhatsApp:ApiVersion must look like v26.0.";
        return Uri.TryCreate(BaseUrl, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? null
            : "WhatsApp:BaseUrl must be an address that begins with https:// or http://.";
    }
}
