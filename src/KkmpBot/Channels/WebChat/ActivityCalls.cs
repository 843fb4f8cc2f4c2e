using System.Data.Common;
using Microsoft.Net.Http.Headers;

namespace KkmpBot.Channels.WebChat;

/// <summary>Direct Line's calls about activities: posting, asking, uploading, and the stream.</summary>
internal sealed class ActivityCalls(
    WebTokens tokens, Admission admission, WebLimits limits, WebLog log, WebTurns turns, ActivityFeeds feeds, TimeProvider time,
    IHostApplicationLifetime life, ILogger<ActivityCalls> logger)
{
    /// <summary>Files are passed over, so this only keeps an upload from going on for ever.</summary>
    public const long MaxUploadBytes = 20 * 1024 * 1024;

    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(5);

    /// <summary><c>POST /conversations/{id}/activities</c>: stored, echoed, and its turn taken.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation.</param>
    public async Task<IResult> PostAsync(HttpContext http, string conversation)
    {
        var admitted = await admission.AdmitAsync(http, conversation);
        if (admitted.Who is not { } who)
            return admitted.Refusal;
        if (await Bodies.ReadAsync(http.Request.Body, ClientActivity.MaxBytes, http.RequestAborted) is not { } body)
            return DirectLineError.TooLarge;
        return await TakeAsync(http, who, ClientActivity.Read(body.Span));
    }

    /// <summary><c>POST /conversations/{id}/upload</c>: taken so that the dialog can answer; a picture is held for a while, other files are not kept.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation.</param>
    public async Task<IResult> UploadAsync(HttpContext http, string conversation)
    {
        var admitted = await admission.AdmitAsync(http, conversation);
        if (admitted.Who is not { } who)
            return admitted.Refusal;
        if (http.Request.ContentLength > MaxUploadBytes)
            return DirectLineError.TooLarge;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type))
            return DirectLineError.Malformed("The upload has no Content-Type.");
        if (!type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var alone = await Bodies.ReadPictureAsync(http.Request.Body, http.RequestAborted);
            return await TakeAsync(http, who, ClientActivity.Read(FileActivity(type.MediaType.Value!), alone));
        }
        try
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
            if (boundary.Length is 0 or > 128)
                return DirectLineError.Malformed("The upload has no boundary.");
            var (activity, picture) = await Bodies.ReadUploadAsync(http.Request, boundary, http.RequestAborted);
            return await TakeAsync(http, who, activity is null ? null : ClientActivity.Read(activity.Value.Span, picture));
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return DirectLineError.Malformed("The upload's parts cannot be read.");
        }
    }

    /// <summary><c>GET /conversations/{id}/activities</c>: what came after the watermark.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation.</param>
    public async Task<IResult> ReadAsync(HttpContext http, string conversation)
    {
        var watermark = ConversationCalls.Watermark(http.Request);
        try
        {
            var admitted = await admission.AdmitAsync(http, conversation);
            if (admitted.Who is null)
                return admitted.Refusal;
            var page = await log.ReadAsync(conversation, watermark, http.RequestAborted);
            if (page.Count == 0 && await log.LastSequenceAsync(conversation, http.RequestAborted) is null)
                return DirectLineError.NoConversation;
            watermark = page.Count > 0 ? page[^1].Stamp.Sequence : watermark;
            return Frame(ActivityJson.Frame(page.Select(activity => activity.Json), watermark));
        }
        catch (DbException failure)
        {
            // Microsoft's client stops asking for ever after a 5xx, in silence; an empty answer makes it ask again.
            logger.LogWarning("The web chat's log cannot be read: {Failure}.", failure.GetType().Name);
            return Frame(ActivityJson.Frame([], watermark));
        }
    }

    /// <summary><c>GET /conversations/{id}/stream</c>: the WebSocket.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="conversation">The conversation.</param>
    public async Task<IResult> StreamAsync(HttpContext http, string conversation)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            return DirectLineError.Malformed("The stream is a WebSocket.");
        var state = tokens.Read(http.Request.Query["t"], WebTokenUse.Stream, out var who);
        if (state == WebTokenState.Expired)
            return DirectLineError.TokenExpired;
        if (who?.Conversation != conversation)
            return DirectLineError.Forbidden("The stream's address is not one of ours.");
        if (feeds.Open(conversation) is not { } feed)
            return DirectLineError.Busy(http, BusyFor);
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await new ActivityStream(socket, feed, log, time).RunAsync(
                ConversationCalls.Watermark(http.Request), life.ApplicationStopping);
        }
        finally
        {
            feeds.Close(feed);
        }
        return Results.Empty;
    }

    private async Task<IResult> TakeAsync(HttpContext http, WebIdentity who, ClientActivity? activity)
    {
        if (activity is null)
            return DirectLineError.Malformed("Missing or invalid activity type");
        if (!limits.AllowsMessage(who.Conversation))
            return DirectLineError.Busy(http, BusyFor);
        if (activity.Type == "typing")
            return ShowTyping(who, activity);

        // From here on the page may go: what is stored is taken.
        var stopping = life.ApplicationStopping;
        var stored = await log.AddPostedAsync(
            who.Conversation, activity.ClientId, stamp => activity.Echo(stamp, who.User), http.RequestAborted, activity.Picture);
        if (stored is null)
            return DirectLineError.NoConversation;
        return await turns.TakeAsync(stored, stopping) switch
        {
            TurnReceipt.Committed or TurnReceipt.Duplicate => Results.Json(new { id = stored.Stamp.Id }),
            TurnReceipt.Full => DirectLineError.Busy(http, BusyFor),
            TurnReceipt.Failed => DirectLineError.Failed,
            var receipt => throw new InvalidOperationException($"A turn ended as {receipt}."),
        };
    }

    // Web Chat wants its echo of this too; it concerns no dialog and is not kept.
    private IResult ShowTyping(WebIdentity who, ClientActivity activity)
    {
        var stamp = new ActivityStamp(who.Conversation, 0, time.GetUtcNow());
        feeds.Push(who.Conversation, ActivityJson.Frame([activity.Echo(stamp, who.User)], watermark: null));
        return Results.Json(new { id = stamp.Id });
    }

    private static IResult Frame(byte[] json) => Results.Bytes(json, "application/json; charset=utf-8");

    private static byte[] FileActivity(string contentType) => ActivityJson.Write(json =>
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", contentType);
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
