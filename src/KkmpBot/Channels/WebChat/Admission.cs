using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Channels.WebChat;

/// <summary>Who may make a call: the bearer of a token of ours, or a site's server with the secret.</summary>
/// <param name="tokens">Reads the tokens.</param>
/// <param name="settings">Holds the secret.</param>
internal sealed class Admission(WebTokens tokens, WebChatSettings settings)
{
    private const string Scheme = "Bearer ";

    /// <summary>Admits the bearer of a token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="who">Whom, when nothing is refused.</param>
    /// <returns>The refusal; null when admitted.</returns>
    public IResult? Refuse(HttpRequest request, out WebIdentity who)
    {
        who = new WebIdentity("", "");
        if (Bearer(request) is not { } token)
            return DirectLineError.NoToken;
        switch (tokens.Read(token, WebTokenUse.Chat, out var admitted))
        {
            case WebTokenState.Valid:
                who = admitted!;
                return null;
            case WebTokenState.Expired:
                return DirectLineError.TokenExpired;
            default:
                return DirectLineError.Forbidden("The token is not one of ours.");
        }
    }

    /// <summary>Admits the bearer of a token to the conversation in the path.</summary>
    /// <param name="request">The request.</param>
    /// <param name="conversation">The conversation asked for.</param>
    /// <param name="who">Whom, when nothing is refused.</param>
    /// <returns>The refusal; null when admitted.</returns>
    public IResult? Refuse(HttpRequest request, string conversation, out WebIdentity who) =>
        Refuse(request, out who)
        ?? (who.Conversation == conversation ? null : DirectLineError.Forbidden("The token is for another conversation."));

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
