using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace KkmpBot.Channels.Telegram;

/// <summary>
/// Takes updates that Telegram posts. Its answer is the acknowledgement: 200 after the commit and never before; anything else
/// makes Telegram keep the update and come again. See https://core.telegram.org/bots/webhooks.
/// </summary>
/// <param name="settings">The secret.</param>
/// <param name="channel">Reads updates.</param>
/// <param name="intake">The turns.</param>
public sealed class TelegramWebhook(TelegramSettings settings, TelegramChannel channel, TelegramIntake intake)
{
    /// <summary>Where Telegram posts to.</summary>
    public const string Path = "/channels/telegram/webhook";

    /// <summary>The header that carries the secret.</summary>
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>An update is far smaller; a longer body is not one.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>When Telegram may come again with an update that could not be taken, seconds.</summary>
    public const int RetryAfterSeconds = 2;

    private readonly byte[] secret = Encoding.UTF8.GetBytes(settings.WebhookSecret);

    /// <summary>Opens the address.</summary>
    /// <param name="endpoints">The service's routes.</param>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, endpoints.ServiceProvider.GetRequiredService<TelegramWebhook>().TakeAsync);

    /// <summary>Takes one delivery and answers it; the body of the answer is always empty.</summary>
    /// <param name="context">The request.</param>
    public async Task TakeAsync(HttpContext context)
    {
        if (!IsTelegram(context.Request.Headers[SecretHeader]))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            context.Response.StatusCode = await ReadBodyAsync(context) is { } body
                ? await HandInAsync(body, context)
                : StatusCodes.Status413PayloadTooLarge;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Telegram hung up: nobody reads an answer, and it comes again.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<int> HandInAsync(byte[] body, HttpContext context)
    {
        IReadOnlyList<InboundMessage> messages;
        try
        {
            messages = channel.Parse(body);
        }
        catch (FormatException)
        {
            return StatusCodes.Status400BadRequest;
        }

        foreach (var message in messages)
        {
            if (!await intake.HandInAsync(message, context.RequestAborted))
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return StatusCodes.Status503ServiceUnavailable;
            }
        }

        return StatusCodes.Status200OK;
    }

    /// <summary>Compares hashes, so that neither the content nor the length of the secret shows in the time it takes.</summary>
    private bool IsTelegram(StringValues header) =>
        header.Count == 1 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[0] ?? ""), secret);

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var isTooLong = read.Buffer.Length > MaxBodyBytes;
            if (isTooLong || read.IsCompleted)
            {
                // What is not marked as read makes the server close a connection that Telegram wants to use again.
                var body = isTooLong ? null : read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
