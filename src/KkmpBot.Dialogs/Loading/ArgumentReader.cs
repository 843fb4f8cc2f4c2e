using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads the arguments of a call and the limits of an answer.</summary>
/// <param name="errors">Receives D005.</param>
internal sealed class ArgumentReader(ErrorList errors)
{
    /// <summary>Reads <c>with</c>; empty when absent.</summary>
    public IReadOnlyList<Argument> Read(MapReader map)
    {
        var read = new List<Argument>();
        foreach (var (name, node) in map.Entries("with"))
        {
            if (map.TextOf(node, name.Text) is { } text && Operand(text) is { } operand)
            {
                read.Add(new Argument(name.Text, operand, name.Spot));
            }
        }

        return read;
    }

    /// <summary>Reads a value under a key; null when absent.</summary>
    public Operand? Limit(MapReader map, string key) => map.Text(key) is { } text ? Operand(text) : null;

    private Operand? Operand(ScalarNode text)
    {
        var operand = ConditionReader.Operand(text.Text.Trim(), text.Spot, wanted: null);
        if (operand is null)
        {
            errors.Add(text.Spot, "D005", $"'{text.Text}' is no value; write a path, a number, true, false, or a text as \"'…'\"");
        }

        return operand;
    }
}
