using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads <c>opens</c>: the wishes that open a dialog, and which of its questions such a sentence answers.</summary>
/// <param name="errors">Receives D005.</param>
internal sealed class OpeningReader(ErrorList errors)
{
    /// <summary>Reads them; empty when absent.</summary>
    public IReadOnlyList<Opening> Read(MapReader map) =>
    [
        .. map.Entries("opens").Select(entry => new Opening(entry.Key.Text, Answers(map, entry.Key, entry.Value), entry.Key.Spot)),
    ];

    private List<HeardAnswer> Answers(MapReader map, ScalarNode wish, YamlNode node)
    {
        if (node is not MapNode answers)
        {
            errors.Add(node.Spot, "D005", $"'{wish.Text}' must be questions, each with what answers it; {{}} for none");
            return [];
        }

        return [.. answers.Entries.Select(entry => Answer(map, entry.Key, entry.Value)).OfType<HeardAnswer>()];
    }

    private HeardAnswer? Answer(MapReader map, ScalarNode question, YamlNode node)
    {
        if (map.NameOf(question, "opens") is null || map.TextOf(node, question.Text) is not { } text)
        {
            return null;
        }

        if (ConditionReader.Operand(text.Text.Trim(), text.Spot, wanted: null) is { } operand)
        {
            switch (operand)
            {
                case LiteralOperand { Value: TextValue literal }:
                    return new HeardAnswer(question.Text, null, literal.Text, question.Spot);
                case PathOperand { Path.Segments: [var part] }:
                    return new HeardAnswer(question.Text, part, null, question.Spot);
                default:
                    break;
            }
        }

        errors.Add(text.Spot, "D005", $"'{text.Text}' is no part of a sentence; write its name, or a pick as \"'…'\"");
        return null;
    }
}
