using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>An answer of the Bot API in its envelope.</summary>
internal sealed record BotApiAnswer(int Status, JsonObject Envelope, int? RetryAfterSeconds = null)
{
    public static BotApiAnswer Ok(JsonNode result, string? description = null)
    {
        var envelope = new JsonObject { ["ok"] = true, ["result"] = result };
        if (description is not null)
        {
            envelope["description"] = description;
        }

        return new BotApiAnswer(StatusCodes.Status200OK, envelope);
    }

    public static BotApiAnswer Error(int code, string description, JsonObject? parameters = null)
    {
        var envelope = new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description };
        if (parameters is not null)
        {
            envelope["parameters"] = parameters;
        }

        return new BotApiAnswer(code, envelope);
    }

    public static BotApiAnswer TooManyRequests(int seconds) =>
        Error(429, $"Too Many Requests: retry after {seconds}", new JsonObject { ["retry_after"] = seconds }) with
        {
            RetryAfterSeconds = seconds,
        };

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = $"{seconds}";
        }

        await response.WriteAsync(Envelope.ToJsonString());
    }
}
