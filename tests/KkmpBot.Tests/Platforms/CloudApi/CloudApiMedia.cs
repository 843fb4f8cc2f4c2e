using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>Files that people sent: first where one lies is told, then it is given to who has the token and says who they are.</summary>
public sealed class CloudApiMedia
{
    private readonly CloudApiEmulator api;
    private readonly ConcurrentDictionary<string, byte[]> files = new();
    private long lastId = 2_003_383_421_387_256;

    internal CloudApiMedia(CloudApiEmulator api) => this.api = api;

    /// <summary>Where a file is said to lie; the emulator's own host when null.</summary>
    public string? Host { get; set; }

    /// <summary>How often from now on a link is told that leads nowhere any more.</summary>
    public int StaleLinks { get; set; }

    /// <summary>A file that somebody has put up.</summary>
    /// <returns>Its id, to stand in a message.</returns>
    public string Add(byte[] bytes)
    {
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        files[id] = bytes;
        return id;
    }

    internal async Task<bool> TryGiveAsync(HttpContext context, CancellationToken ct)
    {
        var path = context.Request.Path.Value!;
        var id = path[(path.LastIndexOf('/') + 1)..];
        if (context.Request.Method != "GET" || !files.TryGetValue(id, out var bytes))
            return false;
        if (path == $"/{api.ApiVersion}/{id}" && context.Request.QueryString.Value == $"?phone_number_id={api.PhoneNumberId}")
        {
            var url = $"{Host ?? api.BaseUrl}/{(StaleLinks-- > 0 ? "gone" : "files")}/{id}";
            await CloudApiAnswer.Ok(new JsonObject { ["messaging_product"] = "whatsapp", ["url"] = url, ["mime_type"] = "image/jpeg", ["file_size"] = $"{bytes.Length}", ["id"] = id })
                .WriteAsync(context.Response);
        }
        else if (path == $"/files/{id}" && context.Request.Headers.UserAgent.Count > 0)
        {
            await context.Response.Body.WriteAsync(bytes, ct);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        return true;
    }
}
