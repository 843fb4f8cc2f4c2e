using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Flow;

/// <summary>Writes comparisons as the files do, for drawings and errors.</summary>
public static class Comparisons
{
    /// <summary>A comparison, e.g. <c>payment == cash</c>.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Text(Comparison comparison) => $"{comparison.Left} {Sign(comparison.Comparator)} {Text(comparison.Right)}";

    /// <summary>A value, e.g. <c>cart.total</c>, <c>cash</c> or <c>'cash'</c>.</summary>
    /// <param name="operand">The value.</param>
    public static string Text(Operand operand) => operand switch
    {
        PathOperand path => path.Path.ToString(),
        KeyOperand key => key.Key,
        LiteralOperand { Value: TextValue text } => $"'{text.Text}'",
        LiteralOperand { Value: WholeValue whole } => whole.Number.ToString(CultureInfo.InvariantCulture),
        LiteralOperand { Value: QuantityValue quantity } => quantity.Amount.ToString(CultureInfo.InvariantCulture),
        LiteralOperand { Value: YesNoValue answer } => answer.Yes ? "true" : "false",
        _ => throw new InvalidOperationException($"A dialog file cannot hold a {operand.GetType().Name}."),
    };

    private static string Sign(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "==",
        Comparator.NotEqual => "!=",
        Comparator.Less => "<",
        Comparator.AtMost => "<=",
        Comparator.Greater => ">",
        Comparator.AtLeast => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparator)),
    };
}
