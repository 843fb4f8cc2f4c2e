using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Model;

/// <summary>A condition too clever for one comparison, written in C# over the facts of the turn; pure.</summary>
/// <param name="Name">As used by <c>requires</c> and <c>when</c>.</param>
/// <param name="Holds">Reads the facts; no I/O.</param>
public sealed record GuardDescription(string Name, Func<Facts, bool> Holds);

/// <summary>
/// What the dialog files may name besides their own states and memory: types, capabilities, guards, facts and notices. The host
/// fills it once; the loader refuses a file that names anything else.
/// </summary>
/// <param name="Types">Record and list types by name (scalars are always there).</param>
/// <param name="Capabilities">Capabilities by name.</param>
/// <param name="Guards">Guards by name.</param>
/// <param name="Facts">Records known in every turn without asking, e.g. <c>member</c> and <c>cooperative</c>, by name.</param>
/// <param name="Notices">Phrases the host says by itself, with the record type that fills each one's placeholders (null: none).</param>
public sealed record Vocabulary(
    IReadOnlyDictionary<string, DialogType> Types,
    IReadOnlyDictionary<string, CapabilityDescription> Capabilities,
    IReadOnlyDictionary<string, GuardDescription> Guards,
    IReadOnlyDictionary<string, DialogType> Facts,
    IReadOnlyDictionary<string, DialogType?> Notices)
{
    /// <summary>The kelurahan that sentences may name.</summary>
    public IReadOnlyCollection<Ward> Wards { get; init; } = [];
}

/// <summary>The facts of one turn: records that the host loaded with the conversation, by name.</summary>
/// <param name="Records">Every fact of the vocabulary has its record, with every field filled.</param>
public sealed record Facts(IReadOnlyDictionary<string, RecordValue> Records)
{
    /// <summary>A field of a fact.</summary>
    /// <param name="fact">The fact, e.g. <c>member</c>.</param>
    /// <param name="field">The field, e.g. <c>status</c>.</param>
    public Value this[string fact, string field] => Records[fact].Fields[field];
}
