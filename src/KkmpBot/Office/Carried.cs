using KkmpBot.Dialogs.Model;

namespace KkmpBot.Office;

/// <summary>Reads what an outcome carries, as the pages show it.</summary>
internal static class Carried
{
    /// <summary>The record of an outcome that carries one.</summary>
    public static RecordValue Record(this Outcome outcome) => (RecordValue)Value(outcome);

    /// <summary>The records of an outcome that carries a list.</summary>
    public static IReadOnlyList<RecordValue> Items(this Outcome outcome) => ((ListValue)Value(outcome)).Items;

    /// <summary>A field of money.</summary>
    public static long Rupiah(this RecordValue record, string field) => ((MoneyValue)record.Fields[field]).Rupiah;

    /// <summary>A field of a day.</summary>
    public static DateOnly Day(this RecordValue record, string field) => ((DateValue)record.Fields[field]).Day;

    /// <summary>A whole number.</summary>
    public static long Whole(this RecordValue record, string field) => ((WholeValue)record.Fields[field]).Number;

    /// <summary>A field of yes or no.</summary>
    public static bool YesNo(this RecordValue record, string field) => ((YesNoValue)record.Fields[field]).Yes;

    /// <summary>A field with records.</summary>
    public static IReadOnlyList<RecordValue> List(this RecordValue record, string field) => ((ListValue)record.Fields[field]).Items;

    /// <summary>A quantity in thousandths of its unit.</summary>
    public static long Milli(this RecordValue record, string field) => (long)(((QuantityValue)record.Fields[field]).Amount * Catalog.Quantities.Milli);

    /// <summary>A text for a capability.</summary>
    public static Value Text(string text) => new TextValue(text);

    private static Value Value(Outcome outcome) => outcome.Carried ?? throw new InvalidOperationException($"{outcome.Name} carries nothing.");
}
