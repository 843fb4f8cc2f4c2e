namespace KkmpBot.Channels;

/// <summary>What became of a message handed in.</summary>
public enum TurnReceipt
{
    /// <summary>Committed: its effects and its reply are durable. Acknowledge it.</summary>
    Committed,
    /// <summary>Seen before: nothing changed. Acknowledge it.</summary>
    Duplicate,
    /// <summary>The queue is full: answer 503 with Retry-After, or ask later.</summary>
    Full,
    /// <summary>Database or disk failed, or the service is stopping: acknowledge nothing; the platform delivers again.</summary>
    Failed,
}

/// <summary>Hands a message to the turns and waits for its commit. The platform is acknowledged after it, never before.</summary>
/// <param name="message">The message.</param>
/// <param name="ct">Gives up waiting; the turn itself goes on.</param>
public delegate ValueTask<TurnReceipt> TakeMessage(InboundMessage message, CancellationToken ct);
