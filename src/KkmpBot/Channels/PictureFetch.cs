namespace KkmpBot.Channels;

/// <summary>How the fetching of a picture that somebody sent ended. Closed; failures of platform and network are values too.</summary>
public abstract record PictureFetch
{
    private PictureFetch() { }

    /// <summary>It is here.</summary>
    /// <param name="Bytes">Its content: whatever was sent, not looked at yet.</param>
    public sealed record Fetched(byte[] Bytes) : PictureFetch
    {
        /// <summary>Never the content.</summary>
        public override string ToString() => $"{Bytes.Length} bytes";
    }

    /// <summary>It is larger than was asked for.</summary>
    public sealed record TooLarge : PictureFetch;

    /// <summary>The platform does not give it, and will not later.</summary>
    /// <param name="Cause">For the log, without addresses.</param>
    public sealed record Refused(string Cause) : PictureFetch;

    /// <summary>Not now: worth another try.</summary>
    /// <param name="Cause">For the log, without addresses.</param>
    /// <param name="Delay">How long the platform asks to wait; null when it does not say.</param>
    public sealed record Later(string Cause, TimeSpan? Delay = null) : PictureFetch;

    /// <summary>Reads the answer to a download; what does not fit is left where it is.</summary>
    /// <param name="answer">The answer, its content unread.</param>
    /// <param name="maxBytes">The largest picture.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<PictureFetch> ReadAsync(HttpResponseMessage answer, int maxBytes, CancellationToken ct)
    {
        var status = (int)answer.StatusCode;
        if (!answer.IsSuccessStatusCode)
        {
            // Links live for minutes: a new one is asked for with the next try.
            return status is 404 or 408 or 410 or 429 or >= 500
                ? new Later($"HTTP {status}", answer.Headers.RetryAfter?.Delta)
                : new Refused($"HTTP {status}");
        }
        if (answer.Content.Headers.ContentLength > maxBytes)
            return new TooLarge();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var bytes = new MemoryStream();
        var part = new byte[16 * 1024];
        for (var read = await body.ReadAsync(part, ct); read > 0; read = await body.ReadAsync(part, ct))
        {
            if (bytes.Length + read > maxBytes)
                return new TooLarge();
            bytes.Write(part, 0, read);
        }
        return new Fetched(bytes.ToArray());
    }
}
