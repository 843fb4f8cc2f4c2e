namespace KkmpBot.Channels.WebChat;

/// <summary>Section <c>DirectLine</c> of the settings, and <c>PublicUrl</c>.</summary>
public sealed class WebChatSettings
{
    /// <summary>What a site's server proves itself with to get tokens for its visitors; null to serve our own page only.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// Origins of other sites that may hold our chat, separated by commas, e.g. <c>https://kelurahan.example</c>. Empty: any site whose server
    /// has the <see cref="Secret"/>; without a secret, none.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>New conversations of our own page that one network address may begin in a minute.</summary>
    public int NewConversationsPerMinute { get; set; } = 60;

    /// <summary>Where people reach us, e.g. <c>https://koperasi.example</c>; null for whatever host they asked for.</summary>
    public Uri? PublicUrl { get; set; }
}
