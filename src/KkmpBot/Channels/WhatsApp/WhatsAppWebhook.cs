using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>
/// Takes what Meta posts. Its answer is the acknowledgement: 200 after the commit and never before; anything else makes Meta come
/// again, for seven days. See https://developers.facebook.com/docs/graph-api/webhooks/getting-started.
/// </summary>
/// <param name="settings">The secrets.</param>
/// <param name="channel">Reads notifications.</param>
/// <param name="intake">The turns.</param>
public sealed class WhatsAppWebhook(WhatsAppSettings settings, WhatsAppChannel channel, WhatsAppIntake intake)
{
    /// <summary>Where Meta posts to, and asks once whether we are ready.</summary>
    public const string Path = "/channels/whatsapp/webhook";

    /// <summary>The header that carries the signature of the body.</summary>
    public const string SignatureHeader = "X-Hub-Signature-256";

    /// <summary>Meta posts at most 3 MB.</summary>
    public const int MaxBodyBytes = 3 * 1024 * 1024;

    /// <summary>When Meta may come again with what could not be taken, seconds.</summary>
    public const int RetryAfterSeconds = 2;

    private const string SignaturePrefix = "sha256=";

    private readonly byte[] appSecret = Encoding.UTF8.GetBytes(settings.AppSecret);
    private readonly byte[] verifyTokenHash = SHA256.HashData(Encoding.UTF8.GetBytes(settings.VerifyToken));

    /// <summary>Opens the address.</summary>
    /// <param name="endpoints">The service's routes.</param>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var webhook = endpoints.ServiceProvider.GetRequiredService<WhatsAppWebhook>();
        endpoints.MapGet(Path, webhook.VerifyAsync);
        endpoints.MapPost(Path, webhook.TakeAsync);
    }

    /// <summary>Answers Meta's question whether this address is ours: the challenge as it came, or 403.</summary>
    /// <param name="context">The request.</param>
    public async Task VerifyAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (token, challenge) = (query["hub.verify_token"], query["hub.challenge"]);
        var isOurs = token.Count == 1
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token[0] ?? "")), verifyTokenHash);
        if (!isOurs || query["hub.mode"] != "subscribe" || challenge is not [{ Length: > 0 } words])
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(words, context.RequestAborted);
    }

    /// <summary>Takes one delivery and answers it; the body of the answer is always empty.</summary>
    /// <param name="context">The request.</param>
    public async Task TakeAsync(HttpContext context)
    {
        try
        {
            context.Response.StatusCode = await ReadBodyAsync(context) is not { } body ? StatusCodes.Status413PayloadTooLarge
                : IsSigned(body, context.Request.Headers[SignatureHeader]) ? await HandInAsync(body, context)
                : StatusCodes.Status401Unauthorized;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Meta hung up: nobody reads an answer, and it comes again.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<int> HandInAsync(byte[] body, HttpContext context)
    {
        WhatsAppNotification notification;
        try
        {
            notification = channel.ReadNotification(body);
        }
        catch (FormatException)
        {
            return StatusCodes.Status400BadRequest;
        }
        if (await intake.HandInAsync(notification, context.RequestAborted))
            return StatusCodes.Status200OK;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>The signature is over the bytes as they came: Meta escapes what is not ASCII, and a rewritten body would have another one.</summary>
    private bool IsSigned(byte[] body, StringValues header)
    {
        Span<byte> said = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header is not [{ } text]
            || text.Length != SignaturePrefix.Length + (2 * said.Length)
            || !text.StartsWith(SignaturePrefix, StringComparison.Ordinal)
            || Convert.FromHexString(text.AsSpan(SignaturePrefix.Length), said, out _, out _) != OperationStatus.Done)
            return false;
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(appSecret, body, signature);
        return CryptographicOperations.FixedTimeEquals(said, signature);
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var isTooLong = read.Buffer.Length > MaxBodyBytes;
            if (isTooLong || read.IsCompleted)
            {
                // What is not marked as read makes the server close a connection that Meta wants to use again.
                var body = isTooLong ? null : read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
