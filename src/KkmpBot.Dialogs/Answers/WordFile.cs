using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KkmpBot.Dialogs.Answers;

/// <summary>One word of a lexicon file.</summary>
/// <param name="File">The file's name, e.g. <c>units.yaml</c>.</param>
/// <param name="Line">Where the word stands, from 1.</param>
/// <param name="Section">The outermost key, e.g. <c>measures</c>.</param>
/// <param name="Key">The keys below it joined by a slash, e.g. <c>kg/0.1</c>; empty for a plain list.</param>
/// <param name="Word">The word, as written.</param>
public sealed record WordEntry(string File, int Line, string Section, string Key, string Word);

/// <summary>
/// Reads the one shape that every lexicon file has: sections, in them keys (possibly nested), in them a list of words or one word.
/// </summary>
public static class WordFile
{
    /// <summary>Keys nest no deeper.</summary>
    public const int MaxDepth = 4;

    /// <summary>All words of a file in their order.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="yaml">Its text.</param>
    /// <exception cref="InvalidDataException">The text is not YAML of that shape; the message is <c>file:line problem</c>.</exception>
    public static List<WordEntry> Read(string file, string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException problem)
        {
            throw Wrong(file, problem.Start.Line, problem.Message);
        }

        var entries = new List<WordEntry>();
        if (stream.Documents.Count == 0)
            return entries;
        if (stream.Documents[0].RootNode is not YamlMappingNode root)
            throw Wrong(file, 1, "expected sections, each with its words");
        foreach (var (section, node) in root.Children)
            Collect(entries, file, Scalar(file, section), "", node, 1);
        return entries;
    }

    private static void Collect(List<WordEntry> entries, string file, string section, string key, YamlNode node, int depth)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                entries.Add(new WordEntry(file, (int)scalar.Start.Line, section, key, scalar.Value ?? ""));
                break;
            case YamlSequenceNode list:
                foreach (var word in list.Children)
                    entries.Add(new WordEntry(file, (int)word.Start.Line, section, key, Scalar(file, word)));
                break;
            case YamlMappingNode map when depth < MaxDepth:
                foreach (var (name, inner) in map.Children)
                    Collect(entries, file, section, key.Length == 0 ? Scalar(file, name) : $"{key}/{Scalar(file, name)}", inner, depth + 1);
                break;
            default:
                throw Wrong(file, node.Start.Line, "expected a list of words");
        }
    }

    private static string Scalar(string file, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw Wrong(file, node.Start.Line, "expected a word");

    private static InvalidDataException Wrong(string file, long line, string problem) => new($"{file}:{line} {problem}");
}
