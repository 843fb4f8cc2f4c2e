using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>What can go wrong with a call.</summary>
public enum BotApiFault
{
    /// <summary>429 with retry_after; nothing is done.</summary>
    TooManyRequests,
    /// <summary>500 in the usual envelope; nothing is done.</summary>
    ServerError,
    /// <summary>502 in HTML from a proxy; nothing is done.</summary>
    BadGateway,
    /// <summary>401; nothing is done.</summary>
    Unauthorized,
    /// <summary>The request is read and never answered; nothing is done.</summary>
    Hang,
    /// <summary>The request is read and the connection closed; nothing is done.</summary>
    CloseUndone,
    /// <summary>The call is done and the connection closed in place of an answer: the caller cannot know.</summary>
    CloseDone,
}

/// <summary>Troubles to switch on, taken by the next calls of a method.</summary>
public sealed class BotApiFaults
{
    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];

    /// <summary>True to deliver every new update twice, the second time after it was confirmed.</summary>
    public bool DeliverTwice { get; set; }

    /// <summary>The next so many calls of the method fail like this.</summary>
    public void Add(BotApiFault fault, int times = 1, string method = "sendMessage", int retryAfterSeconds = 1)
    {
        lock (gate)
        {
            waiting.Add(new Waiting(fault, method, retryAfterSeconds) { Times = times });
        }
    }

    /// <summary>Nothing goes wrong from now on.</summary>
    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }

    internal Waiting? Take(string method)
    {
        lock (gate)
        {
            var next = waiting.Find(fault => fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
            if (next is not null && --next.Times == 0)
            {
                waiting.Remove(next);
            }

            return next;
        }
    }

    internal sealed record Waiting(BotApiFault Fault, string Method, int RetryAfterSeconds)
    {
        public int Times { get; set; }

        /// <summary>Stands in place of the answer; false when the call is to be done before its connection is closed.</summary>
        public async Task<bool> AnswerAsync(HttpContext context, CancellationToken ct)
        {
            switch (Fault)
            {
                case BotApiFault.TooManyRequests:
                    await BotApiAnswer.TooManyRequests(RetryAfterSeconds).WriteAsync(context.Response);
                    return true;
                case BotApiFault.ServerError:
                    await BotApiAnswer.Error(500, "Internal Server Error: sorry").WriteAsync(context.Response);
                    return true;
                case BotApiFault.Unauthorized:
                    await BotApiAnswer.Error(401, "Unauthorized").WriteAsync(context.Response);
                    return true;
                case BotApiFault.BadGateway:
                    context.Response.StatusCode = StatusCodes.Status502BadGateway;
                    context.Response.ContentType = "text/html";
                    await context.Response.WriteAsync($"<html><h1>502 Bad Gateway</h1>{context.Request.Path}</html>", ct);
                    return true;
                case BotApiFault.Hang:
                    await Task.Delay(Timeout.Infinite, ct);
                    return true;
                case BotApiFault.CloseUndone:
                    context.Abort();
                    return true;
                default:
                    return false;
            }
        }
    }
}
