using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>An answer of the Cloud API.</summary>
internal sealed record CloudApiAnswer(int Status, JsonObject Body)
{
    public static CloudApiAnswer Ok(JsonObject body) => new(StatusCodes.Status200OK, body);

    public static CloudApiAnswer Error(int code, string title, string details, int status = 400) => new(status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = $"(#{code}) {title}",
            ["type"] = "OAuthException",
            ["code"] = code,
            ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details },
            ["fbtrace_id"] = "Az8or2yhqkZfEZ-_4Qn_Bam",
        },
    });

    public static CloudApiAnswer WindowClosed() => Error(
        131047, "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.");

    public static CloudApiAnswer InvalidParameter(string details) => Error(131009, "Parameter value is not valid", details);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=UTF-8";
        await response.WriteAsync(Body.ToJsonString());
    }
}
