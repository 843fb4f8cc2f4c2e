using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Conversations;

/// <summary>
/// The lexicons of cooperatives that have words of their own. They are read again every minute: a word that an officer adds is understood
/// within one on every copy of the service, and of all turns of a minute one reads the table.
/// </summary>
/// <param name="general">The words of everybody; null where the dialogs have no lexicon.</param>
/// <param name="slices">Know where the words are.</param>
public sealed class OwnWords(Understander? general, Slices slices)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Snapshot snapshot = new(DateTime.MinValue, new Dictionary<int, Understander>());

    /// <summary>The words of a cooperative's people.</summary>
    /// <param name="cooperativeId">Theirs; null for people of none.</param>
    public Understander? Of(int? cooperativeId) =>
        cooperativeId is { } own && snapshot.ByCooperative.TryGetValue(own, out var words) ? words : general;

    /// <summary>Reads the words again when they are a minute old.</summary>
    /// <param name="at">The transaction to read in.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task RefreshAsync(TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var known = snapshot;
        if (general is null || slices.OwnWords is not { } read || (utcNow - known.ReadUtc).Duration() < Fresh)
            return;
        var words = await read(at.Connection, at.Transaction, ct);
        snapshot = new Snapshot(utcNow, words.ToDictionary(own => own.Key, own => new Understander(general.Lexicon.With(own.Value))));
    }

    private sealed record Snapshot(DateTime ReadUtc, IReadOnlyDictionary<int, Understander> ByCooperative);
}
