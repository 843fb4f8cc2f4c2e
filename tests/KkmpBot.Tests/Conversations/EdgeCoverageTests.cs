using KkmpBot.Dialogs;
using KkmpBot.Operations;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Conversations;

/// <summary>Every edge of every dialog is walked by some transcript: what nobody has walked through, nobody has read.</summary>
public sealed class EdgeCoverageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_edge_is_walked_by_a_transcript()
    {
        var walked = new HashSet<string>();
        foreach (var transcripts in Transcript.Files().Chunk(Math.Max(2, Environment.ProcessorCount)))
        {
            foreach (var played in await Task.WhenAll(transcripts.Select(file => Task.Run(() => PlayedTranscript.OfAsync(file)))))
                walked.UnionWith(played.Walked);
        }

        var catalog = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary).Catalog!;
        var edges = catalog.Flows.Values.SelectMany(flow => flow.Edges.Select(edge => edge.Name(flow.Dialog.Name))).ToHashSet();
        var missing = edges.Except(walked).Order(StringComparer.Ordinal).ToList();
        var report = $"edge coverage: {edges.Count - missing.Count} of {edges.Count}";
        output.Print(report);
        Assert.True(missing.Count == 0, $"{report}; no transcript in tests/conversations walks\n  {string.Join("\n  ", missing)}");
    }
}
