using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Writes one value the way its type is shown to people; the formats are those of the placeholders.</summary>
public static class ValueFormat
{
    /// <summary>The formats by name, with the kind of value each is for.</summary>
    public static IReadOnlyDictionary<string, TypeKind> Formats { get; } = new Dictionary<string, TypeKind>
    {
        ["rp"] = TypeKind.Money,
        ["long"] = TypeKind.Date,
        ["full"] = TypeKind.Phone,
    };

    /// <summary>Writes a value.</summary>
    /// <param name="type">Its type, which decides what is masked.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">A format of the type, or null for its usual form.</param>
    /// <param name="language">id, jv or en.</param>
    public static string Write(DialogType type, Value value, string? format, string language) => (type.Kind, value) switch
    {
        (TypeKind.Phone, TextValue phone) => format == "full" ? Masks.PhoneInFull(phone.Text) : Masks.Phone(phone.Text),
        (TypeKind.Nik, TextValue nik) => Masks.Nik(nik.Text),
        (TypeKind.Nip, TextValue nip) => Masks.Nip(nip.Text),
        (TypeKind.Text, TextValue text) => text.Text,
        (TypeKind.Whole, WholeValue whole) => whole.Number.ToString(CultureInfo.InvariantCulture),
        (TypeKind.Quantity, QuantityValue quantity) => Quantity(quantity.Amount),
        (TypeKind.Money, MoneyValue money) => Rupiah.Write(money.Rupiah),
        (TypeKind.Date, DateValue date) => format == "long" ? Days.Long(date.Day, language) : Days.Short(date.Day, language),
        (TypeKind.YesNo, YesNoValue answer) => YesNo(answer.Yes, language),
        _ => throw new InvalidOperationException($"A {value} cannot be shown as {type.Name}."),
    };

    /// <summary>"0,5" or "2": a decimal comma, no idle zeros.</summary>
    /// <param name="amount">At most three decimals are shown.</param>
    public static string Quantity(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string YesNo(bool yes, string language) => (yes, language) switch
    {
        (true, "en") => "yes",
        (false, "en") => "no",
        (true, _) => "ya",
        (false, _) => "tidak",
    };
}
