using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KkmpBot.Data;

namespace KkmpBot.Channels.WebChat;

/// <summary>The user of a web chat and the one conversation that their token opens.</summary>
/// <param name="Conversation">A random id.</param>
/// <param name="User"><c>dl_…</c>: random, or given by the site that asked for the token; the channel address.</param>
public sealed record WebIdentity(string Conversation, string User)
{
    /// <summary>Somebody new.</summary>
    /// <param name="user">The user's id when a site names it; null for a random one.</param>
    public static WebIdentity New(string? user = null) => new(RandomId(), user ?? $"dl_{RandomId()}");

    private static string RandomId() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 22);

    /// <summary>Never the user: it is an address.</summary>
    public override string ToString() => Conversation;
}

/// <summary>What a token is for; one cannot stand in for another.</summary>
public enum WebTokenUse
{
    /// <summary>The calls of Direct Line.</summary>
    Chat,
    /// <summary>Opening the stream; stands in its address, where logs see it, so it lives only moments.</summary>
    Stream,
    /// <summary>Coming back to our own page days later; kept in a cookie that no script can read.</summary>
    Resume,
}

/// <summary>What a token is worth.</summary>
public enum WebTokenState
{
    /// <summary>Signed by us and in time.</summary>
    Valid,
    /// <summary>Signed by us, but its time is over.</summary>
    Expired,
    /// <summary>Not ours, altered, or for another use.</summary>
    Invalid,
}

/// <summary>
/// Signs and reads the web chat's tokens: JWTs with the claims <c>conv</c>, <c>user</c> (from which Microsoft's clients take the user's id)
/// and <c>exp</c>. No table remembers them.
/// </summary>
/// <param name="vault">Holds the key.</param>
/// <param name="time">Says when they expire.</param>
public sealed class WebTokens(Vault vault, TimeProvider time)
{
    /// <summary>directlinejs refreshes every 15 minutes, so a token survives three missed refreshes.</summary>
    public static readonly TimeSpan ChatLife = TimeSpan.FromMinutes(60);

    /// <summary>A client opens the stream at once; a slow phone gets two minutes.</summary>
    public static readonly TimeSpan StreamLife = TimeSpan.FromMinutes(2);

    /// <summary>How long our own page finds its conversation again.</summary>
    public static readonly TimeSpan ResumeLife = TimeSpan.FromDays(90);

    private const int MaxLength = 1024;
    private const string Algorithm = """{"alg":"HS256","typ":"JWT"}""";
    private static readonly string Header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Algorithm));

    /// <summary>A new token.</summary>
    /// <param name="who">Whom it admits.</param>
    /// <param name="use">What to.</param>
    public string Issue(WebIdentity who, WebTokenUse use)
    {
        var claims = new Claims(who.Conversation, who.User, (time.GetUtcNow() + Life(use)).ToUnixTimeSeconds(), Name(use));
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// <summary>Reads a token.</summary>
    /// <param name="token">Whatever the caller sent.</param>
    /// <param name="use">What it is presented for.</param>
    /// <param name="who">Whom it admits, when it is valid; null otherwise.</param>
    public WebTokenState Read(string? token, WebTokenUse use, out WebIdentity? who)
    {
        who = null;
        if (token is null || token.Length > MaxLength || !token.StartsWith($"{Header}.", StringComparison.Ordinal))
            return WebTokenState.Invalid;
        var lastDot = token.LastIndexOf('.');
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        if (Base64Url.DecodeFromChars(token.AsSpan(lastDot + 1), signature, out _, out var length) != OperationStatus.Done
            || length != signature.Length
            || !CryptographicOperations.FixedTimeEquals(signature, Sign(token[..lastDot])))
            return WebTokenState.Invalid;

        var payload = token.AsSpan(Header.Length + 1, lastDot - Header.Length - 1);
        var claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(payload));
        if (claims?.use != Name(use))
            return WebTokenState.Invalid;
        if (claims.exp <= time.GetUtcNow().ToUnixTimeSeconds())
            return WebTokenState.Expired;
        who = new WebIdentity(claims.conv, claims.user);
        return WebTokenState.Valid;
    }

    /// <summary>How long a token of this use admits.</summary>
    /// <param name="use">The use.</param>
    public static TimeSpan Life(WebTokenUse use) => use switch
    {
        WebTokenUse.Chat => ChatLife,
        WebTokenUse.Stream => StreamLife,
        WebTokenUse.Resume => ResumeLife,
        _ => throw new ArgumentOutOfRangeException(nameof(use)),
    };

    private static string Name(WebTokenUse use) => use switch
    {
        WebTokenUse.Chat => "chat",
        WebTokenUse.Stream => "stream",
        WebTokenUse.Resume => "resume",
        _ => throw new ArgumentOutOfRangeException(nameof(use)),
    };

    private byte[] Sign(string text) => HMACSHA256.HashData(vault.WebTokenKey, Encoding.ASCII.GetBytes(text));

    // {"conv":"8Kx2mQ0vJrT5","user":"dl_5f0c2a","exp":1795303600,"use":"chat"}
    private sealed record Claims(string conv, string user, long exp, string use);
}
