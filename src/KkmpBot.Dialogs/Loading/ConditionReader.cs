using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads <c>when</c> and the values of arguments and limits. What is no condition is kept as such for the names phase.</summary>
internal static class ConditionReader
{
    // The two-character signs first: ">=" begins with ">".
    private static readonly (string Sign, Comparator Comparator)[] Signs =
    [
        ("==", Comparator.Equal),
        ("!=", Comparator.NotEqual),
        (">=", Comparator.AtLeast),
        ("<=", Comparator.AtMost),
        (">", Comparator.Greater),
        ("<", Comparator.Less),
    ];

    /// <summary>Reads one comparison or the name of a guard.</summary>
    /// <param name="node">The text.</param>
    /// <param name="scope">Tells whether a bare word on the right is the key of a choice.</param>
    public static Condition Read(ScalarNode node, NameScope scope)
    {
        var text = node.Text.Trim();
        if (NamePath.IsName(text))
        {
            return new GuardCondition(text, node.Spot);
        }

        var malformed = new MalformedCondition(text, node.Spot);
        var sign = Array.Find(Signs, sign => text.Contains(sign.Sign, StringComparison.Ordinal));
        if (sign.Sign is null)
        {
            return malformed;
        }

        var sides = text.Split(sign.Sign);
        return sides.Length == 2
            && NamePath.TryParse(sides[0].Trim(), node.Spot) is { } left
            && Operand(sides[1].Trim(), node.Spot, scope.TypeOf(left)) is { } right
                ? new Comparison(left, sign.Comparator, right, node.Spot)
                : malformed;
    }

    /// <summary>Reads a value: a path, a number, true, false, or a text in quotes; null when it is none of them.</summary>
    /// <param name="text">As written.</param>
    /// <param name="spot">Where.</param>
    /// <param name="wanted">The type of the other side; a bare word beside a choice is a key of it.</param>
    public static Operand? Operand(string text, Spot spot, DialogType? wanted)
    {
        if (Literal(text) is { } literal)
        {
            return new LiteralOperand(literal, spot);
        }

        if (wanted?.Kind == TypeKind.Choice && NamePath.IsName(text))
        {
            return new KeyOperand(text, spot);
        }

        return NamePath.TryParse(text, spot) is { } path ? new PathOperand(path) : null;
    }

    private static Value? Literal(string text)
    {
        if (text is "true" or "false")
        {
            return new YesNoValue(text == "true");
        }

        if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0] && !text[1..^1].Contains(text[0]))
        {
            return new TextValue(text[1..^1]);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return new WholeValue(whole);
        }

        const NumberStyles WithPoint = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, WithPoint, CultureInfo.InvariantCulture, out var number) ? new QuantityValue(number) : null;
    }
}
