using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KkmpBot.Channels.Telegram.BotApi;

/// <summary>
/// The methods of the Bot API that we call, in its own names (https://core.telegram.org/bots/api, version 10.1). A thin stand-in
/// for Telegram.Bot. The address of every call holds the token, so no address, no body of a proxy and no exception's message
/// ever leaves this class.
/// </summary>
/// <param name="http">From <see cref="CreateHttp"/>; a test may bring its own.</param>
/// <param name="settings">Token and address.</param>
/// <param name="time">The clock of the timeouts.</param>
public sealed class TelegramClient(HttpMessageInvoker http, TelegramSettings settings, TimeProvider time)
{
    /// <summary>The server may take this long beyond its own waiting.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A file may take this long on a bad line.</summary>
    public static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(60);

    /// <summary>An answer is at most this long: getUpdates is cut at about 4 MiB by the server.</summary>
    public const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>A description is kept up to this length.</summary>
    private const int MaxDescriptionLength = 300;

    // A path of the public server, such as photos/file_7.jpg; a local one tells a path of its own disk.
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A connection is renewed after this time, so that a change of DNS is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Uri> addresses = [];
    private readonly string prefix = $"{settings.BaseUrl.TrimEnd('/')}/bot{settings.Token}/";
    private readonly string filePrefix = $"{settings.BaseUrl.TrimEnd('/')}/file/bot{settings.Token}/";

    /// <summary>Makes the HTTP client: no cookies, no redirects, no tracing, since all of them would carry the token on.</summary>
    public static HttpMessageInvoker CreateHttp()
    {
        var transport = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        return new HttpMessageInvoker(transport);
    }

    /// <summary>Who the bot is.</summary>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<User>> GetMeAsync(CancellationToken ct) =>
        CallAsync("getMe", new GetMeRequest(), TelegramJson.Default.GetMeRequest, TelegramJson.Default.UserResponse, AnswerTimeout, ct);

    /// <summary>Waits for updates. They come raw, so that one that cannot be read does not hide the others.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<IReadOnlyList<JsonElement>>> GetUpdatesAsync(GetUpdatesRequest request, CancellationToken ct) =>
        CallAsync(
            "getUpdates", request, TelegramJson.Default.GetUpdatesRequest, TelegramJson.Default.UpdatesResponse,
            TimeSpan.FromSeconds(request.Timeout) + AnswerTimeout, ct);

    /// <summary>Has updates posted to us from now on.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<bool>> SetWebhookAsync(SetWebhookRequest request, CancellationToken ct) =>
        CallAsync(
            "setWebhook", request, TelegramJson.Default.SetWebhookRequest, TelegramJson.Default.BooleanResponse, AnswerTimeout, ct);

    /// <summary>Has nothing posted any more; needed before polling.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<bool>> DeleteWebhookAsync(DeleteWebhookRequest request, CancellationToken ct) =>
        CallAsync(
            "deleteWebhook", request, TelegramJson.Default.DeleteWebhookRequest, TelegramJson.Default.BooleanResponse, AnswerTimeout, ct);

    /// <summary>Sends a message. Not idempotent: the API knows no key of ours.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<SentMessage>> SendMessageAsync(SendMessageRequest request, CancellationToken ct) =>
        CallAsync(
            "sendMessage", request, TelegramJson.Default.SendMessageRequest, TelegramJson.Default.SentMessageResponse, AnswerTimeout, ct);

    /// <summary>Gives a message other words. Repeating it changes nothing, and is answered with an error.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<SentMessage>> EditMessageTextAsync(EditMessageTextRequest request, CancellationToken ct) =>
        CallAsync(
            "editMessageText", request, TelegramJson.Default.EditMessageTextRequest, TelegramJson.Default.SentMessageResponse, AnswerTimeout, ct);

    /// <summary>Sends a picture or a document. Not idempotent either.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<SentMessage>> SendFileAsync(SendFileRequest request, CancellationToken ct) =>
        PostAsync(
            request.IsPhoto ? "sendPhoto" : "sendDocument", FileForm.Write(request), TelegramJson.Default.SentMessageResponse, UploadTimeout, ct);

    /// <summary>Stops the turning of a pressed button.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<bool>> AnswerCallbackQueryAsync(AnswerCallbackQueryRequest request, CancellationToken ct) =>
        CallAsync(
            "answerCallbackQuery", request, TelegramJson.Default.AnswerCallbackQueryRequest, TelegramJson.Default.BooleanResponse,
            AnswerTimeout, ct);

    /// <summary>Fills the menu button of the chat.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<bool>> SetMyCommandsAsync(SetMyCommandsRequest request, CancellationToken ct) =>
        CallAsync(
            "setMyCommands", request, TelegramJson.Default.SetMyCommandsRequest, TelegramJson.Default.BooleanResponse, AnswerTimeout, ct);

    /// <summary>Where a file can be downloaded; for at least an hour.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="ct">Gives up.</param>
    public Task<BotApiResult<TelegramFile>> GetFileAsync(GetFileRequest request, CancellationToken ct) =>
        CallAsync("getFile", request, TelegramJson.Default.GetFileRequest, TelegramJson.Default.FileResponse, AnswerTimeout, ct);

    /// <summary>Downloads a file.</summary>
    /// <param name="path">As <see cref="GetFileAsync"/> told.</param>
    /// <param name="maxBytes">The largest that is wanted.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<PictureFetch> DownloadAsync(string path, int maxBytes, CancellationToken ct)
    {
        if (path.Contains("..", StringComparison.Ordinal) || path.AsSpan().ContainsAnyExcept(PathCharacters))
            return new PictureFetch.Refused("The path is not one of the Bot API.");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{filePrefix}{path}");
        using var timer = new CancellationTokenSource(UploadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return await PictureFetch.ReadAsync(answer, maxBytes, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new PictureFetch.Later(failure.GetType().Name);
        }
    }

    private Task<BotApiResult<TResult>> CallAsync<TRequest, TResult>(
        string method,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<BotApiResponse<TResult>> responseType,
        TimeSpan timeout,
        CancellationToken ct)
    {
        var json = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType));
        json.Headers.ContentType = JsonType;
        return PostAsync(method, json, responseType, timeout, ct);
    }

    /// <summary>One call. Throws only when <paramref name="ct"/> is cancelled before anything was written.</summary>
    private async Task<BotApiResult<TResult>> PostAsync<TResult>(
        string method, HttpContent content, JsonTypeInfo<BotApiResponse<TResult>> responseType, TimeSpan timeout, CancellationToken ct)
    {
        using var body = new TrackedBody(content);
        using var message = new HttpRequestMessage(HttpMethod.Post, addresses.GetOrAdd(method, name => new Uri(prefix + name))) { Content = body };
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            using var answer = await http.SendAsync(message, either.Token);
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, either.Token);
            var said = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return Read(answer, said, responseType);
        }
        catch (Exception failure) when (TrackedBody.IsLost(failure))
        {
            return Failed<TResult>(body, TrackedBody.Cause(failure));
        }
        catch (OperationCanceledException) when (body.WritingBegan || !ct.IsCancellationRequested)
        {
            return Failed<TResult>(body, ct.IsCancellationRequested ? "stopping" : "timeout");
        }
    }

    private static BotApiResult<T> Failed<T>(TrackedBody body, string cause) =>
        body.WritingBegan ? new BotApiResult<T>.Lost(cause) : new BotApiResult<T>.NotSent(cause);

    private BotApiResult<T> Read<T>(HttpResponseMessage answer, byte[] content, JsonTypeInfo<BotApiResponse<T>> type)
    {
        var response = TryParse(content, type);
        if (response is { Ok: true, Result: { } result })
        {
            return new BotApiResult<T>.Ok(result);
        }

        if (answer.IsSuccessStatusCode && response is not { Ok: false })
        {
            return new BotApiResult<T>.Lost("answer cannot be read");
        }

        // A proxy in front of Telegram answers in HTML: only its status counts, its body may repeat our address.
        var code = response?.ErrorCode ?? (int)answer.StatusCode;
        var wait = response?.Parameters?.RetryAfter ?? (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds;
        return new BotApiResult<T>.Refused(
            new BotApiError(code, Redact(response?.Description, code), wait, response?.Parameters?.MigrateToChatId));
    }

    private static BotApiResponse<T>? TryParse<T>(byte[] content, JsonTypeInfo<BotApiResponse<T>> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private string Redact(string? description, int code)
    {
        if (string.IsNullOrEmpty(description))
        {
            return $"HTTP {code}";
        }

        var safe = description.Replace(settings.Token, "<token>", StringComparison.Ordinal);
        return safe.Length <= MaxDescriptionLength ? safe : safe[..MaxDescriptionLength];
    }
}
