using System.Collections.Frozen;

namespace KkmpBot.Channels.WhatsApp.CloudApi;

/// <summary>What an error of the Cloud API means for the message.</summary>
public enum Fate
{
    /// <summary>Never: the request or the recipient is wrong.</summary>
    Refuse,
    /// <summary>Again after the delay.</summary>
    Retry,
    /// <summary>Again after 1, 4, 16, 64 … seconds; other people are not affected.</summary>
    RetryPair,
    /// <summary>Only a template may be sent now.</summary>
    WindowClosed,
    /// <summary>The person wants nothing from us.</summary>
    Stop,
}

/// <summary>
/// What each error code means, as Meta's table of errors says it (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
/// The code decides, not the HTTP status and not the words.
/// </summary>
/// <param name="Fate">What becomes of the message.</param>
/// <param name="Delay">The wait before it is tried again; zero for our own backoff.</param>
/// <param name="IsShared">True when all messages of the number wait.</param>
/// <param name="MaxTries">Attempts at one message; 0 for as many as the outbox makes.</param>
/// <param name="NeedsOfficer">True when only somebody with access to Meta's dashboard can help.</param>
/// <param name="Pauses">True when nothing can be sent until they did.</param>
public sealed record Verdict(
    Fate Fate, TimeSpan Delay = default, bool IsShared = false, int MaxTries = 0, bool NeedsOfficer = false, bool Pauses = false)
{
    private static readonly Verdict Refused = new(Fate.Refuse);
    private static readonly Verdict Alert = new(Fate.Refuse, NeedsOfficer: true);
    private static readonly Verdict Again = new(Fate.Retry);

    private static readonly FrozenDictionary<int, Verdict> Known = new Dictionary<int, Verdict>
    {
        [0] = Alert with { Pauses = true },
        [1] = Again with { MaxTries = 2 },
        [2] = Again,
        [3] = Alert,
        [4] = new(Fate.Retry, TimeSpan.FromMinutes(5), IsShared: true),
        [10] = Alert,
        [33] = Alert,
        [190] = Alert with { Pauses = true },
        [368] = Alert,
        [80007] = new(Fate.Retry, TimeSpan.FromMinutes(5), IsShared: true),
        [130429] = new(Fate.Retry, TimeSpan.FromSeconds(5), IsShared: true),
        [130497] = Alert,
        [131000] = Again with { MaxTries = 4 },
        [131005] = Alert,
        [131016] = Again,
        [131031] = Alert,
        [131042] = Alert,
        [131047] = new(Fate.WindowClosed),
        // A number of bad quality: going on at once makes it worse.
        [131048] = new(Fate.Retry, TimeSpan.FromMinutes(30), IsShared: true, NeedsOfficer: true),
        [131050] = new(Fate.Stop),
        [131056] = new(Fate.RetryPair),
        [131057] = new(Fate.Retry, TimeSpan.FromMinutes(1), IsShared: true),
        [132015] = Alert,
        [132016] = Alert,
        [132069] = new(Fate.Retry, TimeSpan.FromMinutes(10)),
        [133004] = Again,
        [133010] = Alert,
    }.ToFrozenDictionary();

    /// <summary>What an error means. A code that nobody knows is final below HTTP 500 and 429, and temporary from there on.</summary>
    /// <param name="error">The error.</param>
    public static Verdict Of(CloudApiError error) => error.Code switch
    {
        { } code when Known.TryGetValue(code, out var known) => known,
        >= 200 and <= 299 => Alert,
        // Listed as final although their HTTP status is in the five hundreds.
        131045 or 133000 => Refused,
        _ when error.Status is 429 or 408 or >= 500 => Again with { IsShared = error.Status == 429 },
        _ => Refused,
    };
}
