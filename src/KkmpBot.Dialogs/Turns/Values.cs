using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Converts, fits and compares values.</summary>
internal static class Values
{
    /// <summary>The value of an operand, as the type that is wanted.</summary>
    public static Value Of(Operand operand, DialogType wanted, LiveNames names) => operand switch
    {
        PathOperand path => names.Resolve(path.Path).Value,
        KeyOperand key => new TextValue(key.Key),
        LiteralOperand literal => As(wanted, literal.Value),
        _ => throw new InvalidOperationException($"A {operand.GetType().Name} has no value."),
    };

    /// <summary>A literal of a file as the type wanted: <c>5</c> may stand for five rupiah or five kilos.</summary>
    public static Value As(DialogType wanted, Value literal) => (wanted.Kind, literal) switch
    {
        (TypeKind.Money, WholeValue whole) => new MoneyValue(whole.Number),
        (TypeKind.Quantity, WholeValue whole) => new QuantityValue(whole.Number),
        _ => literal,
    };

    /// <summary>True when a stored value still has the shape of a type.</summary>
    public static bool Fits(DialogType type, Value value) => (type.Kind, value) switch
    {
        (TypeKind.Text or TypeKind.Phone or TypeKind.Nik or TypeKind.Nip or TypeKind.Choice, TextValue) => true,
        (TypeKind.Whole, WholeValue) or (TypeKind.Quantity, QuantityValue) or (TypeKind.Money, MoneyValue) => true,
        (TypeKind.Date, DateValue) or (TypeKind.YesNo, YesNoValue) => true,
        (TypeKind.Record, RecordValue record) =>
            type.Fields.All(field => record.Fields.TryGetValue(field.Key, out var held) && Fits(field.Value, held)),
        (TypeKind.List, ListValue list) => list.Items.All(item => Fits(type.Element!, item)),
        _ => false,
    };

    /// <summary>
    /// Less than zero, zero or more than zero, as left stands to right. Values of two types throw: the checks refuse them.
    /// </summary>
    public static int Compare(Value left, Value right) => (left, right) switch
    {
        (WholeValue a, WholeValue b) => a.Number.CompareTo(b.Number),
        (QuantityValue a, QuantityValue b) => a.Amount.CompareTo(b.Amount),
        (MoneyValue a, MoneyValue b) => a.Rupiah.CompareTo(b.Rupiah),
        (DateValue a, DateValue b) => a.Day.CompareTo(b.Day),
        (YesNoValue a, YesNoValue b) => a.Yes.CompareTo(b.Yes),
        (TextValue a, TextValue b) => string.CompareOrdinal(a.Text, b.Text),
        _ => throw new InvalidOperationException($"A {left} cannot be compared with a {right}."),
    };
}
