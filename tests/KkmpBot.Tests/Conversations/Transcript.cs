using YamlDotNet.RepresentationModel;

namespace KkmpBot.Tests.Conversations;

/// <summary>A conversation as somebody wrote it down: who talks, what they send, what the bot answers. Format: <c>tests/conversations/README.md</c>.</summary>
public sealed record Transcript(string File, string As, long Sukarela, bool HasPages, IReadOnlyList<TranscriptLine> Lines, IReadOnlyDictionary<string, long> RowsAfter)
{
    public static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.Folder("tests/conversations"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Folder("tests/conversations"), file))
            .Order(StringComparer.Ordinal);

    public static Transcript Read(string file) =>
        Parse(file, System.IO.File.ReadAllText(Path.Combine(Repository.Folder("tests/conversations"), file)));

    public static Transcript Parse(string file, string content)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(content));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var given = Map(root, "given");
        var rows = Map(Map(root, "then"), "rows");
        return new Transcript(
            file,
            Text(given, "as") ?? "stranger",
            long.Parse(Text(given, "sukarela") ?? "0", System.Globalization.CultureInfo.InvariantCulture),
            Text(given, "pages") == "yes",
            [.. ((YamlSequenceNode)root.Children["chat"]).Select(node => Line((YamlMappingNode)node))],
            rows.Children.ToDictionary(row => ((YamlScalarNode)row.Key).Value!, row => long.Parse(((YamlScalarNode)row.Value).Value!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static TranscriptLine Line(YamlMappingNode node)
    {
        var (key, value) = node.Children.Single();
        return new TranscriptLine((int)key.Start.Line, ((YamlScalarNode)key).Value!, ((YamlScalarNode)value).Value ?? "");
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var child) ? (YamlMappingNode)child : [];

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var child) ? ((YamlScalarNode)child).Value : null;
}

/// <summary>One line of a transcript.</summary>
/// <param name="Number">Its line in the file.</param>
/// <param name="Verb">user, pick, code, page, known, number, contact, send, as, wait, bot, news, or file for what came with the last.</param>
/// <param name="Text">What follows.</param>
public sealed record TranscriptLine(int Number, string Verb, string Text);
