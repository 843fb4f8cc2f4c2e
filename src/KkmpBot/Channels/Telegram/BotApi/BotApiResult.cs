namespace KkmpBot.Channels.Telegram.BotApi;

/// <summary>How one call of the Bot API ended. Closed; the network's failures are values too.</summary>
/// <typeparam name="T">What the method returns.</typeparam>
public abstract record BotApiResult<T>
{
    private BotApiResult() { }

    /// <summary>Done.</summary>
    /// <param name="Value">What the method returned.</param>
    public sealed record Ok(T Value) : BotApiResult<T>;

    /// <summary>Answered with an error, by the Bot API or by a proxy before it.</summary>
    /// <param name="Error">Which.</param>
    public sealed record Refused(BotApiError Error) : BotApiResult<T>;

    /// <summary>Nothing was written: no connection.</summary>
    /// <param name="Cause">The kind of failure, without addresses.</param>
    public sealed record NotSent(string Cause) : BotApiResult<T>;

    /// <summary>Written, and no answer that can be read: it may or may not have been done.</summary>
    /// <param name="Cause">The kind of failure, without addresses.</param>
    public sealed record Lost(string Cause) : BotApiResult<T>;

    /// <summary>The failure in a few words for a log; "ok" when there is none.</summary>
    public string Describe() => this switch
    {
        Refused refused => $"{refused.Error.Code} {refused.Error.Description}",
        NotSent notSent => $"not reached ({notSent.Cause})",
        Lost lost => $"no answer ({lost.Cause})",
        _ => "ok",
    };
}

// {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}

/// <summary>An error answer.</summary>
/// <param name="Code">The HTTP status, which Telegram repeats as error_code.</param>
/// <param name="Description">Telegram's words; for a proxy's answer only the status.</param>
/// <param name="RetryAfterSeconds">How long to wait, when told.</param>
/// <param name="MigrateToChatId">The group's new id, when it has one.</param>
public sealed record BotApiError(int Code, string Description, int? RetryAfterSeconds = null, long? MigrateToChatId = null);

/// <summary>The envelope of every answer.</summary>
/// <typeparam name="T">What the method returns.</typeparam>
/// <param name="Ok">True when done.</param>
/// <param name="Result">What the method returns.</param>
/// <param name="ErrorCode">The HTTP status.</param>
/// <param name="Description">Words.</param>
/// <param name="Parameters">What helps with an error.</param>
public sealed record BotApiResponse<T>(
    bool Ok,
    T? Result = default,
    int? ErrorCode = null,
    string? Description = null,
    ResponseParameters? Parameters = null);

/// <summary>What helps with an error.</summary>
/// <param name="RetryAfter">Seconds to wait.</param>
/// <param name="MigrateToChatId">The group's new id.</param>
public sealed record ResponseParameters(int? RetryAfter = null, long? MigrateToChatId = null);

/// <summary>What we read of a sent message.</summary>
/// <param name="MessageId">Its id within the chat.</param>
public sealed record SentMessage(long MessageId);
