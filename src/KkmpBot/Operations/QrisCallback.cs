using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Payments;
using Microsoft.EntityFrameworkCore;
using Timer = KkmpBot.Data.Timer;

namespace KkmpBot.Operations;

/// <summary>
/// <c>POST /payments/qris/callback</c>: a payment provider reports that money came. The body is signed (<c>X-Signature: sha256=…</c>,
/// HMAC-SHA-256 over the raw body with <c>Qris__CallbackSecret</c>); the report is stored once by its transaction number, however often it
/// is delivered, and answered with 200 after the commit. Without a secret there is no such address.
/// </summary>
public static class QrisCallback
{
    private const string SignatureHeader = "X-Signature";
    private const string SignaturePrefix = "sha256=";
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxTextLength = 64;

    /// <summary>Maps the address when a secret is set.</summary>
    /// <param name="app">The application.</param>
    public static void MapQrisCallback(this WebApplication app)
    {
        if (app.Configuration["Qris:CallbackSecret"] is not { Length: > 0 } secret)
            return;
        var key = Encoding.UTF8.GetBytes(secret);
        app.MapPost("/payments/qris/callback", (HttpContext http, Database database, WriteRows write, TimeProvider time, CancellationToken ct) =>
            TakeAsync(http, key, database, write, time.GetUtcNow().UtcDateTime, ct));
    }

    private static async Task<IResult> TakeAsync(HttpContext http, byte[] key, Database database, WriteRows write, DateTime utcNow, CancellationToken ct)
    {
        if (http.Request.ContentLength is null or > MaxBodyBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();
        if (!IsSigned(http.Request.Headers[SignatureHeader].ToString(), key, body))
            return Results.Unauthorized();
        if (Report.Read(body) is not { } report)
            return Results.BadRequest();
        if (!report.IsPaid)
            return Results.Ok();
        await write((connection, transaction, token) => StoreAsync(database.Context(connection, transaction), report, utcNow, token), ct);
        return Results.Ok();
    }

    // The report and the act that looks at it, in one transaction; a second delivery finds the first.
    private static async Task StoreAsync(KkmpDbContext context, Report report, DateTime utcNow, CancellationToken ct)
    {
        await using (context)
        {
            var stored = await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO provider_payments (transaction_id, reference, rupiah, received_utc)
                VALUES ({report.TransactionId}, {report.Reference}, {report.Rupiah}, {utcNow})
                ON CONFLICT (transaction_id) DO NOTHING
                """,
                ct);
            if (stored == 0)
                return;
            context.Add(new Timer { Kind = ProviderReport.Kind, DueUtc = utcNow, PersonId = 0, Subject = report.TransactionId });
            await context.SaveChangesAsync(ct);
        }
    }

    private static bool IsSigned(string header, byte[] key, byte[] body)
    {
        if (!header.StartsWith(SignaturePrefix, StringComparison.Ordinal) || header.Length != SignaturePrefix.Length + (2 * HMACSHA256.HashSizeInBytes))
            return false;
        var given = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(header.AsSpan(SignaturePrefix.Length), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(key, body));
    }

    /// <summary><c>{"transaction_id": "T1", "reference": "K17-000123", "amount": 62500, "status": "paid"}</c>.</summary>
    private sealed record Report(string TransactionId, string Reference, long Rupiah, bool IsPaid)
    {
        public static Report? Read(byte[] body)
        {
            try
            {
                using var json = JsonDocument.Parse(body);
                var root = json.RootElement;
                return root.ValueKind == JsonValueKind.Object
                    && Text(root, "transaction_id") is { } id && Text(root, "reference") is { } reference && Text(root, "status") is { } status
                    && root.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.TryGetInt64(out var rupiah) && rupiah > 0
                    ? new Report(id, reference, rupiah, status == "paid")
                    : null;
            }
            catch (JsonException)
            {
                // Signed, and yet no JSON: the provider's mistake, answered as such.
                return null;
            }
        }

        private static string? Text(JsonElement root, string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxTextLength } text
                ? text
                : null;
    }
}
