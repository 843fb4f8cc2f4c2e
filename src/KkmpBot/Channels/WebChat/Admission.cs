using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Channels.WebChat;

/// <summary>Whether a call is admitted.</summary>
/// <param name="Who">Who makes it; null when it is refused.</param>
/// <param name="Refusal">What to answer when it is refused.</param>
internal sealed record Admitted(WebIdentity? Who, IResult Refusal);

/// <summary>Who may make a call: the bearer of a token of ours, or a site's server with the secret.</summary>
internal sealed class Admission(WebTokens tokens, WebChatSettings settings, WebLog log)
{
    private const string Scheme = "Bearer ";

    /// <summary>Admits the bearer of a token.</summary>
    /// <param name="request">The request.</param>
    public Admitted Admit(HttpRequest request)
    {
        if (Bearer(request) is not { } token)
            return new Admitted(null, DirectLineError.NoToken);
        return tokens.Read(token, WebTokenUse.Chat, out var who) switch
        {
            WebTokenState.Valid => new Admitted(who, Results.Empty),
            WebTokenState.Expired => new Admitted(null, DirectLineError.TokenExpired),
            _ => new Admitted(null, DirectLineError.Forbidden("The token is not one of ours.")),
        };
    }

    /// <summary>Admits to the conversation in the path: the bearer of its token, or a server with the secret, for its user.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation asked for.</param>
    public async Task<Admitted> AdmitAsync(HttpContext http, string conversation)
    {
        if (HasSecret(http.Request))
        {
            return await log.UserAsync(conversation, http.RequestAborted) is { } user
                ? new Admitted(new WebIdentity(conversation, user), Results.Empty)
                : new Admitted(null, DirectLineError.NoConversation);
        }
        var admitted = Admit(http.Request);
        return admitted.Who is null || admitted.Who.Conversation == conversation
            ? admitted
            : new Admitted(null, DirectLineError.Forbidden("The token is for another conversation."));
    }

    /// <summary>True when the bearer knows the secret of the settings.</summary>
    /// <param name="request">The request.</param>
    public bool HasSecret(HttpRequest request) =>
        settings.Secret is { Length: > 0 } secret && Bearer(request) is { } given
        && CryptographicOperations.FixedTimeEquals(Digest(given), Digest(secret));

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && header.AsSpan(Scheme.Length).Trim() is { Length: > 0 } token
            ? token.ToString()
            : null;

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
