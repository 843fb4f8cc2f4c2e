using System.Data.Common;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>Runs a timed act when it is due, in a turn of its own that concerns <see cref="TimedAct.PersonId"/>.</summary>
/// <param name="act">What was put off.</param>
/// <param name="turn">The turn's scope.</param>
/// <param name="ct">Cancelled only when the process stops.</param>
public delegate ValueTask RunTimedAct(TimedAct act, Turn turn, CancellationToken ct);

/// <summary>Takes an officer's act back, within a minute of it.</summary>
/// <param name="subject">What the act noted of itself; no personal data.</param>
/// <param name="turn">The turn of the same officer.</param>
/// <param name="ct">Cancelled only when the process stops.</param>
/// <returns>What was taken back, in words; null when others have built on it, and nothing changed.</returns>
public delegate ValueTask<string?> UndoAct(string subject, Turn turn, CancellationToken ct);

/// <summary>Reads the words that cooperatives added for their goods, by cooperative.</summary>
/// <param name="connection">Where to read.</param>
/// <param name="transaction">Its transaction.</param>
/// <param name="ct">Cancelled only when the process stops.</param>
public delegate Task<IReadOnlyDictionary<int, IReadOnlyList<WordEntry>>> ReadOwnWords(DbConnection connection, DbTransaction? transaction, CancellationToken ct);

/// <summary>What a folder of the cooperative's nouns brings to the dialogs; each has one, listed in <see cref="Slices"/>.</summary>
public sealed record Slice
{
    /// <summary>The operations that dialogs may call.</summary>
    public IReadOnlyList<ICapability> Capabilities { get; init; } = [];

    /// <summary>The record and list types that dialogs may name.</summary>
    public IReadOnlyList<DialogType> Types { get; init; } = [];

    /// <summary>The guards that dialogs may name.</summary>
    public IReadOnlyList<GuardDescription> Guards { get; init; } = [];

    /// <summary>The news it sends to people: a phrase of <c>phrases.yaml</c> and the record type that fills it (null: no placeholders).</summary>
    public IReadOnlyDictionary<string, DialogType?> Notices { get; init; } = new Dictionary<string, DialogType?>();

    /// <summary>Told of every text that was read as a sentence, in the same transaction; null when it does not care.</summary>
    public Func<string, Turn, CancellationToken, ValueTask>? HeardSentence { get; init; }

    /// <summary>Reads the words that cooperatives added for their goods, by cooperative; null when it keeps none.</summary>
    public ReadOwnWords? OwnWords { get; init; }

    /// <summary>The acts it puts off, by kind.</summary>
    public IReadOnlyDictionary<string, RunTimedAct> TimedActs { get; init; } = new Dictionary<string, RunTimedAct>();

    /// <summary>Its tables whose <c>person_id</c> follows somebody who turns out to be a person we knew.</summary>
    public IReadOnlyList<string> PersonTables { get; init; } = [];

    /// <summary>How acts of officers are taken back, by the kind they were noted under.</summary>
    public IReadOnlyDictionary<string, UndoAct> Undos { get; init; } = new Dictionary<string, UndoAct>();
}
