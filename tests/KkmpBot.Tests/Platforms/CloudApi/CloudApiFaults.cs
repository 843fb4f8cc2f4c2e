using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>What can go wrong with a call.</summary>
public enum CloudApiFault
{
    /// <summary>130429, the number's throughput; nothing is done.</summary>
    RateLimit,
    /// <summary>131056, too much to one person; nothing is done.</summary>
    PairLimit,
    /// <summary>131000 with HTTP 500; nothing is done.</summary>
    ServerError,
    /// <summary>502 in HTML from a proxy; nothing is done.</summary>
    BadGateway,
    /// <summary>190 with HTTP 401; nothing is done.</summary>
    Unauthorized,
    /// <summary>131047, whatever the clock says; nothing is done.</summary>
    WindowClosed,
    /// <summary>The request is read and never answered; nothing is done.</summary>
    Hang,
    /// <summary>The request is read and the connection closed; nothing is done.</summary>
    CloseUndone,
    /// <summary>The call is done and the connection closed in place of an answer: the caller cannot know.</summary>
    CloseDone,
    /// <summary>Accepted with 200, and then a status says failed with 131047.</summary>
    WindowClosedLater,
    /// <summary>Accepted with 200, and then a status says failed with 131016.</summary>
    UnavailableLater,
}

/// <summary>Troubles to switch on, taken by the next messages.</summary>
public sealed class CloudApiFaults
{
    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];

    /// <summary>True to post every new update twice.</summary>
    public bool DeliverTwice { get; set; }

    /// <summary>True to post a person's statuses in pairs of which the later comes first.</summary>
    public bool ReorderStatuses { get; set; }

    /// <summary>How long every update waits before it is posted.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The next so many messages fail like this.</summary>
    public void Add(CloudApiFault fault, int times = 1)
    {
        lock (gate)
            waiting.Add(new Waiting(fault) { Times = times });
    }

    internal CloudApiFault? Take()
    {
        lock (gate)
        {
            if (waiting.FirstOrDefault() is not { } next)
                return null;
            if (--next.Times == 0)
                waiting.Remove(next);
            return next.Fault;
        }
    }

    /// <summary>Stands in place of the answer; false when the call is to be done.</summary>
    internal static async Task<bool> AnswerAsync(CloudApiFault fault, HttpContext context, CancellationToken ct)
    {
        switch (fault)
        {
            case CloudApiFault.BadGateway:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync($"<html><h1>502 Bad Gateway</h1>{context.Request.Path}</html>", ct);
                return true;
            case CloudApiFault.Hang:
                await Task.Delay(Timeout.Infinite, ct);
                return true;
            case CloudApiFault.CloseUndone:
                context.Abort();
                return true;
            default:
                if (Answer(fault) is not { } answer)
                    return false;
                await answer.WriteAsync(context.Response);
                return true;
        }
    }

    private static CloudApiAnswer? Answer(CloudApiFault fault) => fault switch
    {
        CloudApiFault.RateLimit => CloudApiAnswer.Error(130429, "Rate limit hit", "Cloud API message throughput has been reached."),
        CloudApiFault.PairLimit => CloudApiAnswer.Error(131056, "pair rate limit hit", "Too many messages to the same recipient phone number."),
        CloudApiFault.ServerError => CloudApiAnswer.Error(131000, "Something went wrong", "Something went wrong.", 500),
        CloudApiFault.Unauthorized => CloudApiAnswer.Error(190, "Error validating access token", "Session has expired.", 401),
        CloudApiFault.WindowClosed => CloudApiAnswer.WindowClosed(),
        _ => null,
    };

    private sealed record Waiting(CloudApiFault Fault)
    {
        public int Times { get; set; }
    }
}
