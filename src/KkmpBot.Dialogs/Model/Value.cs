using System.Text.Json.Serialization;

namespace KkmpBot.Dialogs.Model;

/// <summary>A value in a dialog's memory. Its shape follows the <see cref="TypeKind"/> of its slot; it travels as JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(TextValue), "t")]
[JsonDerivedType(typeof(WholeValue), "n")]
[JsonDerivedType(typeof(QuantityValue), "q")]
[JsonDerivedType(typeof(MoneyValue), "m")]
[JsonDerivedType(typeof(DateValue), "d")]
[JsonDerivedType(typeof(YesNoValue), "b")]
[JsonDerivedType(typeof(RecordValue), "r")]
[JsonDerivedType(typeof(ListValue), "l")]
public abstract record Value
{
    /// <summary>Never the content: a value may be personal, and <c>ToString</c> ends up in logs.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Text, phone, NIK, NIP or the key of a choice.</summary>
/// <param name="Text">As normalised by the answer that read it.</param>
public sealed record TextValue(string Text) : Value;

/// <summary>A whole number.</summary>
/// <param name="Number">The number.</param>
public sealed record WholeValue(long Number) : Value;

/// <summary>A quantity of goods in the unit of its product.</summary>
/// <param name="Amount">Positive; at most three decimals.</param>
public sealed record QuantityValue(decimal Amount) : Value;

/// <summary>Whole rupiah.</summary>
/// <param name="Rupiah">May be negative only where a capability says so.</param>
public sealed record MoneyValue(long Rupiah) : Value;

/// <summary>A calendar day in WIB.</summary>
/// <param name="Day">The day.</param>
public sealed record DateValue(DateOnly Day) : Value;

/// <summary>True or false.</summary>
/// <param name="Yes">True for ya.</param>
public sealed record YesNoValue(bool Yes) : Value;

/// <summary>A record: one value a field of its type.</summary>
/// <param name="Fields">By field name.</param>
public sealed record RecordValue(IReadOnlyDictionary<string, Value> Fields) : Value
{
    /// <summary>The text of a field; the record's type guarantees that it is there.</summary>
    /// <param name="field">A field of kind text, choice, phone, NIK or NIP.</param>
    public string Text(string field) => ((TextValue)Fields[field]).Text;

    /// <summary>What identifies the record among choices: its <c>key</c> field.</summary>
    [JsonIgnore]
    public string Key => Text("key");

    /// <summary>Builds a record from pairs.</summary>
    /// <param name="fields">Name and value of each field.</param>
    public static RecordValue Of(params (string Name, Value Value)[] fields) => new(fields.ToDictionary(field => field.Name, field => field.Value));
}

/// <summary>A list of records of one type.</summary>
/// <param name="Items">In the order shown.</param>
public sealed record ListValue(IReadOnlyList<RecordValue> Items) : Value;
