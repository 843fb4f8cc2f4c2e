namespace KkmpBot.Operations;

/// <summary>
/// Secrets come from the environment, or from files of one folder (<c>Secrets__Path</c>, one file a setting, as container platforms mount them), and
/// never are the ones that a manual shows.
/// </summary>
public static class Secrets
{
    private static readonly string[] Names =
    [
        "Telegram:Token", "Telegram:WebhookSecret", "WhatsApp:AccessToken", "WhatsApp:AppSecret", "WhatsApp:VerifyToken", "DirectLine:Secret", "Qris:CallbackSecret",
    ];

    private static readonly string[] Samples =
        ["…", "...", "changeme", "change-me", "secret", "rahasia", "password", "example", "contoh", "test", "token", "123456", "your-secret", "xxx"];

    /// <summary>Adds the folder of secret files, where one is named, and refuses sample secrets.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="sources">Where they come from.</param>
    public static void Read(IConfiguration configuration, IConfigurationBuilder sources)
    {
        if (configuration["Secrets:Path"] is { Length: > 0 } folder)
        {
            if (!Directory.Exists(folder))
                throw new StartRefusedException($"Secrets__Path is {folder}, and there is no such folder.");
            sources.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        }
        Check(configuration);
    }

    /// <summary>Refuses to start with a secret that everybody knows.</summary>
    /// <param name="configuration">The settings.</param>
    public static void Check(IConfiguration configuration)
    {
        foreach (string name in Names)
        {
            if (configuration[name] is { Length: > 0 } secret && IsSample(secret))
                throw new StartRefusedException($"{name.Replace(":", "__", StringComparison.Ordinal)} is the sample from a manual. Set one of your own: openssl rand -hex 32.");
        }
    }

    private static bool IsSample(string secret) =>
        Samples.Contains(secret.Trim(), StringComparer.OrdinalIgnoreCase) || secret.Contains('…', StringComparison.Ordinal);
}
