namespace KkmpBot.Channels.WhatsApp.CloudApi;

/// <summary>Which hosts may be asked for a file with our token.</summary>
public static class MediaHost
{
    // Where Meta keeps what people send: lookaside.fbsbx.com for years, and its other names for the same servers.
    private static readonly string[] Families = [".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net"];

    /// <summary>True for Meta's own file servers over https, and for the host that the API itself is set to.</summary>
    /// <param name="url">Where a file is said to lie.</param>
    /// <param name="baseUrl">Where the API is.</param>
    public static bool IsMeta(string url, string baseUrl) =>
        Uri.TryCreate(url, UriKind.Absolute, out var file) && Uri.TryCreate(baseUrl, UriKind.Absolute, out var api)
        && ((file.Scheme == api.Scheme && file.Authority == api.Authority)
            || (file.Scheme == Uri.UriSchemeHttps && file.IsDefaultPort && file.UserInfo.Length == 0
                && Families.Any(family => file.Host.EndsWith(family, StringComparison.OrdinalIgnoreCase))));
}
