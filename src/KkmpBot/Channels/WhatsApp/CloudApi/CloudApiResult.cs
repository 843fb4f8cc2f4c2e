namespace KkmpBot.Channels.WhatsApp.CloudApi;

/// <summary>How one call of the Cloud API ended. Closed; the network's failures are values too.</summary>
/// <typeparam name="T">What the call returns.</typeparam>
public abstract record CloudApiResult<T>
{
    private CloudApiResult() { }

    /// <summary>Taken. For a message that means accepted: whether it arrives is told by a status later.</summary>
    /// <param name="Value">What the call returned.</param>
    public sealed record Ok(T Value) : CloudApiResult<T>;

    /// <summary>Answered with an error, by the Cloud API or by a proxy before it.</summary>
    /// <param name="Error">Which.</param>
    public sealed record Refused(CloudApiError Error) : CloudApiResult<T>;

    /// <summary>Nothing was written: no connection.</summary>
    /// <param name="Cause">The kind of failure, without addresses.</param>
    public sealed record NotSent(string Cause) : CloudApiResult<T>;

    /// <summary>Written, and no answer that can be read: it may or may not have been done.</summary>
    /// <param name="Cause">The kind of failure, without addresses.</param>
    public sealed record Lost(string Cause) : CloudApiResult<T>;

    /// <summary>The failure in a few words for a log; "ok" when there is none.</summary>
    public string Describe() => this switch
    {
        Refused refused => $"{refused.Error}",
        NotSent notSent => $"not reached ({notSent.Cause})",
        Lost lost => $"no answer ({lost.Cause})",
        _ => "ok",
    };
}

// {"error":{"message":"(#131047) Re-engagement message","code":131047,"error_data":{"details":"…"},"fbtrace_id":"Az8…"}}

/// <summary>An error answer. The code decides; HTTP status and words are for people.</summary>
/// <param name="Code">Meta's code; null when a proxy answered in its own words.</param>
/// <param name="Status">The HTTP status; 0 for an error that came as a status of a message.</param>
/// <param name="Details">Meta's explanation, with every number that may be a phone taken out.</param>
/// <param name="TraceId">What Meta's support asks for.</param>
/// <param name="RetryAfter">The header, when there is one.</param>
public sealed record CloudApiError(int? Code, int Status, string Details, string? TraceId = null, TimeSpan? RetryAfter = null)
{
    /// <summary>For a log and for the outbox row.</summary>
    public override string ToString() => Code is { } code ? $"{code} {Details}" : $"HTTP {Status}";
}
