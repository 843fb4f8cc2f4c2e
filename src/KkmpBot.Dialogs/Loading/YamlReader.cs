using KkmpBot.Dialogs.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KkmpBot.Dialogs.Loading;

/// <summary>
/// Reads the plain part of YAML that the dialogs use, keeping every place. Anchors, tags, merge keys and duplicate keys are refused:
/// they make a file mean something other than what it shows.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>The largest file, in characters.</summary>
    public const int MaxFileLength = 512 * 1024;

    /// <summary>The deepest nesting; the format itself needs eight.</summary>
    public const int MaxDepth = 20;

    private readonly string file;
    private readonly ErrorList errors;
    private readonly Parser parser;

    private YamlReader(string file, string content, ErrorList errors)
    {
        this.file = file;
        this.errors = errors;
        parser = new Parser(new StringReader(content));
    }

    /// <summary>Reads a file's only document; null when it cannot be read, which is then reported.</summary>
    /// <param name="file">Its path below the dialogs' folder.</param>
    /// <param name="content">Its text.</param>
    /// <param name="errors">Receives D000 and D004.</param>
    public static YamlNode? Read(string file, string content, ErrorList errors)
    {
        if (content.Length > MaxFileLength)
        {
            errors.Add(new Spot(file, 1, 1), "D000", $"the file is longer than {MaxFileLength} characters; split the dialog");
            return null;
        }

        try
        {
            return new YamlReader(file, content, errors).Document();
        }
        catch (YamlException exception)
        {
            // YamlDotNet reports a mistake of syntax by throwing; here it is one more line of the author's list.
            errors.Add(SpotOf(file, exception.Start), "D000", $"this is not readable YAML: {FirstLine(exception.Message)}");
            return null;
        }
    }

    private static Spot SpotOf(string file, Mark mark) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            errors.Add(new Spot(file, 1, 1), "D000", "the file is empty");
            return null;
        }

        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            errors.Add(SpotOf(file, parser.Current!.Start), "D000", "the file holds a second document; keep one dialog a file");
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {MaxDepth}");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            errors.Add(SpotOf(file, alias.Start), "D004", $"an alias (*{alias.Value}) hides what stands here; write it out");
            return new ScalarNode("", SpotOf(file, alias.Start));
        }

        RefuseAnchorOrTag();
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new ScalarNode(scalar.Value, SpotOf(file, scalar.Start));
        }

        return parser.TryConsume<SequenceStart>(out var sequence) ? List(SpotOf(file, sequence.Start), depth) : Map(depth);
    }

    private ListNode List(Spot spot, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new ListNode(items, spot);
    }

    private MapNode Map(int depth)
    {
        var spot = SpotOf(file, parser.Consume<MappingStart>().Start);
        var entries = new List<(ScalarNode, YamlNode)>();
        var keys = new HashSet<string>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not ScalarNode name)
            {
                errors.Add(key.Spot, "D005", "a key must be a plain word");
            }
            else if (name.Text == "<<")
            {
                errors.Add(name.Spot, "D004", "a merge key (<<) hides what stands here; write it out");
            }
            else if (!keys.Add(name.Text))
            {
                errors.Add(name.Spot, "D004", $"'{name.Text}' stands here a second time; keep one");
            }
            else
            {
                entries.Add((name, value));
            }
        }

        return new MapNode(entries, spot);
    }

    private void RefuseAnchorOrTag()
    {
        if (parser.Current is not NodeEvent node)
        {
            return;
        }

        if (!node.Anchor.IsEmpty)
        {
            errors.Add(SpotOf(file, node.Start), "D004", $"an anchor (&{node.Anchor.Value}) has no use here; take it away");
        }

        if (!node.Tag.IsEmpty)
        {
            errors.Add(SpotOf(file, node.Start), "D004", $"a tag ({node.Tag.Value}) has no use here; take it away");
        }
    }
}
