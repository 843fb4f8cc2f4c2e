using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KkmpBot.Channels.WhatsApp.CloudApi;

/// <summary>
/// The calls of the WhatsApp Cloud API that we make, in Meta's own names. The token travels in a header of each request and nowhere
/// else; what Meta answers leaves this class without numbers that may be phones.
/// </summary>
/// <param name="http">From <see cref="CreateHttp"/>; a test may bring its own.</param>
/// <param name="settings">Token and address.</param>
/// <param name="time">The clock of the timeouts.</param>
public sealed class WhatsAppClient(HttpClient http, WhatsAppSettings settings, TimeProvider time)
{
    /// <summary>An answer takes at most this long.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A file may take this long on a bad line.</summary>
    public static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(60);

    /// <summary>An answer is at most this long; real ones have a few hundred bytes.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    private const int MaxDetailsLength = 200;

    /// <summary>A run of so many digits may be somebody's number.</summary>
    private const int PhoneDigits = 7;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A connection is renewed after this time, so that a change of DNS is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    private readonly string prefix = $"{settings.BaseUrl.TrimEnd('/')}/{settings.ApiVersion}/{settings.PhoneNumberId}/";

    /// <summary>Makes the HTTP client: no cookies, no redirects, no tracing, since all of them would carry the token on.</summary>
    public static HttpClient CreateHttp()
    {
        var transport = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        return new HttpClient(transport) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>Sends a message. Not idempotent: the API knows no key of ours, but gives back what we put in biz_opaque_callback_data.</summary>
    /// <param name="request">The message.</param>
    /// <param name="ct">Gives up.</param>
    public Task<CloudApiResult<SendAnswer>> SendAsync(MessageRequest request, CancellationToken ct) =>
        CallAsync("messages", Json(request, CloudApiJson.Default.MessageRequest), CloudApiJson.Default.SendAnswer, AnswerTimeout, ct);

    /// <summary>Marks a message as read and shows that an answer is being written.</summary>
    /// <param name="request">Which.</param>
    /// <param name="ct">Gives up.</param>
    public Task<CloudApiResult<ReadAnswer>> MarkReadAsync(ReadRequest request, CancellationToken ct) =>
        CallAsync("messages", Json(request, CloudApiJson.Default.ReadRequest), CloudApiJson.Default.ReadAnswer, AnswerTimeout, ct);

    /// <summary>Uploads a file, to be sent by its id. Doing it twice leaves a file that nobody sees.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ct">Gives up.</param>
    public Task<CloudApiResult<UploadAnswer>> UploadAsync(OutboundFile file, CancellationToken ct)
    {
        var content = new ByteArrayContent(file.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(file.MimeType);
        var form = new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(file.MimeType), "type" },
            { content, "file", file.Name },
        };
        return CallAsync("media", form, CloudApiJson.Default.UploadAnswer, UploadTimeout, ct);
    }

    /// <summary>Asks where a file that somebody sent can be downloaded; for five minutes.</summary>
    /// <param name="mediaId">As the notification named it: digits.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<CloudApiResult<MediaAnswer>> FindMediaAsync(string mediaId, CancellationToken ct)
    {
        try
        {
            return await GetAsync(
                $"{settings.BaseUrl.TrimEnd('/')}/{settings.ApiVersion}/{mediaId}?phone_number_id={settings.PhoneNumberId}", AnswerTimeout,
                async (answer, inner) => Read(answer, await answer.Content.ReadAsByteArrayAsync(inner), CloudApiJson.Default.MediaAnswer), ct);
        }
        catch (Exception failure) when (IsOfNetwork(failure, ct))
        {
            return new CloudApiResult<MediaAnswer>.NotSent(failure.GetType().Name);
        }
    }

    /// <summary>Downloads a file. The address is Meta's word, and the token goes with the request: only Meta's own hosts are asked.</summary>
    /// <param name="url">As <see cref="FindMediaAsync"/> told.</param>
    /// <param name="maxBytes">The largest that is wanted.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<PictureFetch> DownloadAsync(string url, int maxBytes, CancellationToken ct)
    {
        if (!MediaHost.IsMeta(url, settings.BaseUrl))
            return new PictureFetch.Refused("The file lies on a host that is not Meta's.");
        try
        {
            return await GetAsync(url, UploadTimeout, (answer, inner) => PictureFetch.ReadAsync(answer, maxBytes, inner), ct);
        }
        catch (Exception failure) when (IsOfNetwork(failure, ct))
        {
            return new PictureFetch.Later(failure.GetType().Name);
        }
    }

    private static bool IsOfNetwork(Exception failure, CancellationToken ct) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested);

    private async Task<T> GetAsync<T>(string url, TimeSpan timeout, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken);
        // Meta's file servers answer a request without it by an error page.
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("KkmpBot", "1.0"));
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        return await read(answer, either.Token);
    }

    private static ByteArrayContent Json<T>(T request, JsonTypeInfo<T> type)
    {
        var json = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, type));
        json.Headers.ContentType = JsonType;
        return json;
    }

    /// <summary>One call. Throws only when <paramref name="ct"/> is cancelled before anything was written.</summary>
    private async Task<CloudApiResult<T>> CallAsync<T>(string path, HttpContent content, JsonTypeInfo<T> type, TimeSpan timeout, CancellationToken ct)
        where T : class
    {
        using var body = new TrackedBody(content);
        using var request = new HttpRequestMessage(HttpMethod.Post, prefix + path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken);
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return Read(answer, await answer.Content.ReadAsByteArrayAsync(either.Token), type);
        }
        catch (Exception failure) when (TrackedBody.IsLost(failure))
        {
            return Failed<T>(body, TrackedBody.Cause(failure));
        }
        catch (OperationCanceledException) when (body.WritingBegan || !ct.IsCancellationRequested)
        {
            return Failed<T>(body, ct.IsCancellationRequested ? "stopping" : "timeout");
        }
    }

    private static CloudApiResult<T> Failed<T>(TrackedBody body, string cause) =>
        body.WritingBegan ? new CloudApiResult<T>.Lost(cause) : new CloudApiResult<T>.NotSent(cause);

    private static CloudApiResult<T> Read<T>(HttpResponseMessage answer, byte[] content, JsonTypeInfo<T> type)
        where T : class
    {
        if (answer.IsSuccessStatusCode)
        {
            return TryParse(content, type) is { } value
                ? new CloudApiResult<T>.Ok(value)
                : new CloudApiResult<T>.Lost("answer cannot be read");
        }

        var error = TryParse(content, CloudApiJson.Default.ErrorAnswer)?.Error;
        var words = Redact(error?.ErrorData?.Details ?? error?.Message);
        return new CloudApiResult<T>.Refused(
            new CloudApiError(error?.Code, (int)answer.StatusCode, words, error?.FbtraceId, answer.Headers.RetryAfter?.Delta));
    }

    private static T? TryParse<T>(byte[] content, JsonTypeInfo<T> type)
        where T : class
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

    /// <summary>Meta's words without anything that may be a phone number.</summary>
    /// <param name="words">The words; null for none.</param>
    public static string Redact(string? words)
    {
        var safe = new System.Text.StringBuilder();
        var digits = 0;
        foreach (var character in (words ?? "").Take(MaxDetailsLength))
        {
            digits = char.IsAsciiDigit(character) ? digits + 1 : 0;
            if (digits == PhoneDigits)
                safe.Length -= PhoneDigits - 1;
            if (digits < PhoneDigits)
                safe.Append(char.IsControl(character) ? ' ' : character);
        }
        return safe.ToString();
    }
}
