using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Walking;

/// <summary>
/// Makes values for the walker: for each type a few that differ, and for what a dialog compares with a number or key also that one
/// and its neighbours, so that every comparison comes out both ways.
/// </summary>
internal sealed class SampleValues
{
    /// <summary>Different values of one thing, at most.</summary>
    public const int MaxVariants = 8;

    private const long Few = 1;
    private const long Many = 25;
    private const string OtherKey = "other";

    private readonly ILookup<string, Value> compared;

    /// <summary>Samples for one dialog.</summary>
    /// <param name="dialog">The dialog; its conditions tell what matters.</param>
    public SampleValues(Dialog dialog)
    {
        var comparisons = dialog.States.Values.SelectMany(DialogParts.Conditions).OfType<Comparison>().ToList();
        compared = comparisons
            .SelectMany(comparison => Around(comparison.Right).Select(value => (Path: comparison.Left.ToString(), Value: value)))
            .Distinct()
            .ToLookup(pair => pair.Path, pair => pair.Value);
    }

    /// <summary>Values of a type that differ in all that the dialog compares.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">The slot or fact that will hold them, e.g. <c>cart</c>; of a list that is chosen from, the slot of the chosen one.</param>
    public IReadOnlyList<Value> Of(DialogType type, string path) =>
        [.. Enumerable.Range(0, Math.Clamp(Variants(type, path), 1, MaxVariants)).Select(variant => Value(type, path, variant))];

    /// <summary>What a person may type for a type: what can be read, and last what cannot.</summary>
    public static IReadOnlyList<string> Answers(DialogType type) => type.Kind switch
    {
        TypeKind.Whole or TypeKind.Quantity => ["1", "25", "2025", "?"],
        TypeKind.Money => ["1000", "1500000", "?"],
        TypeKind.Phone => ["081234567890", "?"],
        TypeKind.Nik => ["3374145701850001", "?"],
        TypeKind.Nip => ["198501172010012001", "?"],
        TypeKind.Date => ["17-8-1985", "?"],
        _ => ["contoh", "?"],
    };

    private int Variants(DialogType type, string path) => type.Kind switch
    {
        TypeKind.Record => type.Fields.Max(field => Variants(field.Value, $"{path}.{field.Key}")),
        TypeKind.List => Math.Max(2, Variants(type.Element!, path)),
        _ => Scalars(type, path).Count,
    };

    private Value Value(DialogType type, string path, int variant)
    {
        switch (type.Kind)
        {
            case TypeKind.Record:
                return new RecordValue(type.Fields.ToDictionary(field => field.Key, field => Value(field.Value, $"{path}.{field.Key}", variant)));
            case TypeKind.List:
                var items = Enumerable.Range(0, variant == 1 ? 0 : Math.Min(2, type.MaxItems));
                return new ListValue([.. items.Select(item => Item(type.Element!, path, variant + item))]);
            default:
                var scalars = Scalars(type, path);
                return scalars[variant % scalars.Count];
        }
    }

    // What identifies an item has to differ from its neighbour's.
    private RecordValue Item(DialogType element, string path, int variant)
    {
        var item = (RecordValue)Value(element, path, variant);
        return element.Fields.ContainsKey("key")
            ? new RecordValue(new Dictionary<string, Value>(item.Fields) { ["key"] = new TextValue($"item{variant}") })
            : item;
    }

    private IReadOnlyList<Value> Scalars(DialogType type, string path)
    {
        var wanted = compared[path].Where(value => Turns.Values.Fits(type, Turns.Values.As(type, value)))
            .Select(value => Turns.Values.As(type, value))
            .Distinct()
            .ToList();
        if (wanted.Count > 0)
        {
            return type.Kind is TypeKind.Choice or TypeKind.Text ? [.. wanted, new TextValue(OtherKey)] : wanted;
        }

        return type.Kind switch
        {
            TypeKind.Whole => [new WholeValue(Few), new WholeValue(Many)],
            TypeKind.Quantity => [new QuantityValue(Few), new QuantityValue(Many)],
            TypeKind.Money => [new MoneyValue(Few * 1_000), new MoneyValue(Many * 100_000)],
            TypeKind.Date => [new DateValue(new DateOnly(2026, 8, 17))],
            TypeKind.YesNo => [new YesNoValue(true), new YesNoValue(false)],
            TypeKind.Phone => [new TextValue("+6281234567890")],
            TypeKind.Nik => [new TextValue("3374145701850001")],
            TypeKind.Nip => [new TextValue("198501172010012001")],
            TypeKind.Choice => [new TextValue(OtherKey)],
            _ => [new TextValue("contoh")],
        };
    }

    private static IEnumerable<Value> Around(Operand operand) => operand switch
    {
        KeyOperand key => [new TextValue(key.Key)],
        LiteralOperand { Value: WholeValue whole } => [whole, new WholeValue(whole.Number - 1), new WholeValue(whole.Number + 1)],
        LiteralOperand { Value: QuantityValue quantity } => [quantity, new QuantityValue(quantity.Amount + 1)],
        LiteralOperand { Value: YesNoValue } => [new YesNoValue(true), new YesNoValue(false)],
        LiteralOperand literal => [literal.Value],
        _ => [],
    };
}
