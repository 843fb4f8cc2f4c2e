using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>All slices of the service, and the vocabulary they give to the dialog files.</summary>
/// <param name="All">One a folder.</param>
public sealed class Slices(IReadOnlyList<Slice> All)
{
    /// <summary>The capabilities by name.</summary>
    public IReadOnlyDictionary<string, ICapability> Capabilities { get; } =
        All.SelectMany(slice => slice.Capabilities).ToDictionary(capability => capability.Description.Name);

    /// <summary>The timed acts by kind.</summary>
    public IReadOnlyDictionary<string, RunTimedAct> TimedActs { get; } =
        All.SelectMany(slice => slice.TimedActs).ToDictionary(act => act.Key, act => act.Value);

    /// <summary>The tables whose <c>person_id</c> follows a person.</summary>
    public IReadOnlyList<string> PersonTables { get; } = [.. All.SelectMany(slice => slice.PersonTables)];

    /// <summary>Told of texts that were read as sentences; null when nobody cares.</summary>
    public Func<string, Turn, CancellationToken, ValueTask>? HeardSentence { get; } = All.Select(slice => slice.HeardSentence).SingleOrDefault(heard => heard is not null);

    /// <summary>Reads the words that cooperatives added; null when nobody keeps any.</summary>
    public ReadOwnWords? OwnWords { get; } =
        All.Select(slice => slice.OwnWords).SingleOrDefault(words => words is not null);

    /// <summary>What the dialog files may name.</summary>
    public Vocabulary Vocabulary { get; } = new(
        All.SelectMany(slice => slice.Types).DistinctBy(type => type.Name).ToDictionary(type => type.Name),
        All.SelectMany(slice => slice.Capabilities).ToDictionary(capability => capability.Description.Name, capability => capability.Description),
        All.SelectMany(slice => slice.Guards).ToDictionary(guard => guard.Name),
        TurnFacts.Types,
        All.SelectMany(slice => slice.Notices).Concat(TurnPhrases.All).ToDictionary(notice => notice.Key, notice => notice.Value))
    {
        Wards = [.. KelurahanFile.Lines.Select(line => new Ward(line.Code, line.Kelurahan, line.Kecamatan))],
    };
}
