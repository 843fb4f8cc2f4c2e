using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KkmpBot.Channels.WebChat;

/// <summary>Direct Line's calls about tokens and conversations, and our own page's way to a token.</summary>
internal sealed class ConversationCalls(
    WebTokens tokens, Admission admission, Origins origins, WebLimits limits, WebLog log, WebTurns turns, IHostApplicationLifetime life)
{
    /// <summary>A stored conversation is replayed from here on when a page is loaded anew; what is older stays in the log.</summary>
    public const int MaxReplay = 200;

    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxUserLength = 64;
    private const string UserPrefix = "dl_";
    private const string ResumeCookie = "kkmp_chat";
    private const string ResumePath = "/webchat";

    /// <summary><c>POST /tokens/generate</c>: a site's server gets a token for one visitor.</summary>
    /// <param name="http">The exchange.</param>
    public async Task<IResult> GenerateTokenAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0)
            return DirectLineError.NoToken;
        if (!admission.HasSecret(http.Request))
            return DirectLineError.Forbidden("This call needs the secret of the settings (DirectLine__Secret).");
        if (await UserAsync(http.Request, http.RequestAborted) is not (true, var user))
            return DirectLineError.Malformed($"user.id must begin with '{UserPrefix}' and have at most {MaxUserLength} characters.");
        return Token(WebIdentity.New(user));
    }

    /// <summary><c>POST /tokens/refresh</c>: the same admission for another hour.</summary>
    /// <param name="http">The exchange.</param>
    public IResult RefreshToken(HttpContext http)
    {
        var admitted = admission.Admit(http.Request);
        return admitted.Who is { } who ? Token(who) : admitted.Refusal;
    }

    /// <summary>
    /// <c>POST /webchat/token</c>: our own page gets a token; the conversation it had before, by its cookie, or a new one with
    /// <c>?new=1</c>.
    /// </summary>
    /// <param name="http">The exchange.</param>
    public IResult OwnToken(HttpContext http)
    {
        if (!origins.IsOwn(http.Request))
            return DirectLineError.Forbidden("Only our own page may ask for this; other sites use tokens/generate.");
        WebIdentity? who = null;
        var resumes = !http.Request.Query.ContainsKey("new")
            && tokens.Read(http.Request.Cookies[ResumeCookie], WebTokenUse.Resume, out who) == WebTokenState.Valid;
        if (!resumes && !limits.AllowsConversation(http))
            return DirectLineError.Busy(http, TimeSpan.FromMinutes(1));
        who ??= WebIdentity.New();
        http.Response.Cookies.Append(ResumeCookie, tokens.Issue(who, WebTokenUse.Resume), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = origins.Base(http.Request).Scheme == Uri.UriSchemeHttps,
            Path = ResumePath,
            MaxAge = WebTokens.ResumeLife,
        });
        return Token(who);
    }

    /// <summary><c>POST /conversations</c>: 201 begins the conversation and its dialog, 200 finds it open.</summary>
    /// <param name="http">The exchange.</param>
    public async Task<IResult> StartAsync(HttpContext http)
    {
        var admitted = admission.HasSecret(http.Request)
            ? new Admitted(WebIdentity.New(), Results.Empty)
            : admission.Admit(http.Request);
        if (admitted.Who is not { } who)
            return admitted.Refusal;

        if (await log.OpenAsync(who, stamp => Joined(stamp, who), http.RequestAborted) is { } joined)
        {
            // Whatever becomes of the turn now, it is taken: the greeting follows from the log.
            await turns.TakeAsync(joined, life.ApplicationStopping);
            return Results.Json(Opened(http, who, 0), statusCode: StatusCodes.Status201Created);
        }
        var last = await log.LastSequenceAsync(who.Conversation, http.RequestAborted) ?? 0;
        return Results.Json(Opened(http, who, Math.Max(0, last - MaxReplay)));
    }

    /// <summary><c>GET /conversations/{id}</c>: a new token and stream for a client that lost its stream.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation.</param>
    public async Task<IResult> ReconnectAsync(HttpContext http, string conversation)
    {
        var admitted = await admission.AdmitAsync(http, conversation);
        if (admitted.Who is not { } who)
            return admitted.Refusal;
        if (await log.LastSequenceAsync(conversation, http.RequestAborted) is null)
            return DirectLineError.NoConversation;
        return Results.Json(Opened(http, who, Watermark(http.Request)));
    }

    /// <summary>The watermark a client asks from; 0 for none, and for what is none of ours.</summary>
    /// <param name="request">The request.</param>
    public static long Watermark(HttpRequest request) =>
        long.TryParse(request.Query["watermark"], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;

    private OpenedConversation Opened(HttpContext http, WebIdentity who, long watermark)
    {
        var address = origins.Base(http.Request);
        var scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        var stream = $"{scheme}://{address.Authority}{WebChatModule.DirectLinePath}/conversations/{who.Conversation}/stream"
            + $"?watermark={watermark}&t={tokens.Issue(who, WebTokenUse.Stream)}";
        return new OpenedConversation(who.Conversation, tokens.Issue(who, WebTokenUse.Chat), Seconds(WebTokens.ChatLife), stream);
    }

    private IResult Token(WebIdentity who) =>
        Results.Json(new IssuedToken(who.Conversation, tokens.Issue(who, WebTokenUse.Chat), Seconds(WebTokens.ChatLife)));

    private static byte[] Joined(ActivityStamp stamp, WebIdentity who) => ActivityJson.Write(json =>
    {
        json.WriteString("type", "conversationUpdate");
        json.WriteString("channelId", "directline");
        json.WriteStart(stamp, who.User, null, "user");
        json.WriteStartArray("membersAdded");
        foreach (var member in (string[])[ActivityJson.BotId, who.User])
        {
            json.WriteStartObject();
            json.WriteString("id", member);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    // {"user":{"id":"dl_5f0c2a","name":"Ann"},"trustedOrigins":["https://shop.example"]}, or nothing. Origins are in the settings.
    private static async Task<(bool Fits, string? User)> UserAsync(HttpRequest request, CancellationToken ct)
    {
        if (await Bodies.ReadAsync(request.Body, MaxBodyBytes, ct) is not { } body)
            return (false, null);
        if (body.Length == 0)
            return (true, null);
        try
        {
            var user = JsonElement.Parse(body.Span).Member("user")?.Text("id");
            return (user is null || (user.StartsWith(UserPrefix, StringComparison.Ordinal) && user.Length <= MaxUserLength), user);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return (false, null);
        }
    }

    private static int Seconds(TimeSpan life) => (int)life.TotalSeconds;

    // {"conversationId":"8Kx2mQ0vJrT5","token":"eyJ…","expires_in":3600}
    private sealed record IssuedToken(
        [property: JsonPropertyName("conversationId")] string ConversationId,
        [property: JsonPropertyName("token")] string Token,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    // {"conversationId":"8Kx2mQ0vJrT5","token":"eyJ…","expires_in":3600,"streamUrl":"wss://…"}
    private sealed record OpenedConversation(
        [property: JsonPropertyName("conversationId")] string ConversationId,
        [property: JsonPropertyName("token")] string Token,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("streamUrl")] string StreamUrl);
}
