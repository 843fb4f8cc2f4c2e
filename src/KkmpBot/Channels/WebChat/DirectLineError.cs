namespace KkmpBot.Channels.WebChat;

/// <summary>
/// Refusals as Direct Line words them: <c>{"error":{"code":"TokenExpired","message":"…"}}</c>. Microsoft's client ends a conversation on
/// 404 and waits for a new token on 403, so these two are never given for anything else.
/// </summary>
internal static class DirectLineError
{
    public static IResult Malformed(string message) => Of(StatusCodes.Status400BadRequest, "BadArgument", message);

    public static IResult TooLarge { get; } = Of(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", "The body is too large.");

    public static IResult NoToken { get; } = Of(
        StatusCodes.Status401Unauthorized, "Unauthorized", "Send the token as 'Authorization: Bearer …'.");

    public static IResult TokenExpired { get; } = Of(StatusCodes.Status403Forbidden, "TokenExpired", "Token has expired");

    public static IResult Forbidden(string message) => Of(StatusCodes.Status403Forbidden, "Forbidden", message);

    public static IResult NotFound(string message) => Of(StatusCodes.Status404NotFound, "NotFound", message);

    public static IResult NoConversation { get; } = NotFound("There is no such conversation.");

    public static IResult Failed { get; } = Of(
        StatusCodes.Status503ServiceUnavailable, "ServiceError", "Not now; send the activity again with the same clientActivityID.");

    /// <summary>Asks the client to come again after a while.</summary>
    /// <param name="http">The exchange, for its <c>Retry-After</c>.</param>
    /// <param name="after">How long.</param>
    public static IResult Busy(HttpContext http, TimeSpan after)
    {
        http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(after.TotalSeconds)}";
        return Of(StatusCodes.Status429TooManyRequests, "TooManyRequests", "Too many requests; try again later.");
    }

    private static IResult Of(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);
}
