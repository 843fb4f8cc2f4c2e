namespace KkmpBot.Dialogs.Model;

/// <summary>What kind of thing a memory slot, a capability's argument or a placeholder holds.</summary>
public enum TypeKind
{
    /// <summary>Free text of a person, e.g. a name.</summary>
    Text,
    /// <summary>A whole number, e.g. an RT number or a count of packs.</summary>
    Whole,
    /// <summary>An amount of goods in a product's unit; decimals allowed (0.5 kg).</summary>
    Quantity,
    /// <summary>Whole rupiah.</summary>
    Money,
    /// <summary>A mobile number in E.164; shown masked.</summary>
    Phone,
    /// <summary>A 16-digit population number (NIK); shown masked.</summary>
    Nik,
    /// <summary>An 18-digit civil-servant number (NIP or NI PPPK); shown masked.</summary>
    Nip,
    /// <summary>A calendar day.</summary>
    Date,
    /// <summary>The key of one of the choices of a question.</summary>
    Choice,
    /// <summary>True or false; asked as ya / tidak.</summary>
    YesNo,
    /// <summary>A thing with named fields, e.g. a product.</summary>
    Record,
    /// <summary>A bounded list of records.</summary>
    List,
}

/// <summary>
/// A type of the dialog language. Scalars are the constants of this class; records and lists are declared by the slices
/// (<c>product</c>, <c>order_quote</c>) and named by the dialog files.
/// </summary>
public sealed class DialogType
{
    private DialogType(string name, TypeKind kind, int maxWidth)
    {
        Name = name;
        Kind = kind;
        MaxWidth = maxWidth;
    }

    private const int LongestText = 600;

    /// <summary>Free text; at most 200 characters are kept of an answer.</summary>
    public static DialogType Text { get; } = new("text", TypeKind.Text, 200);

    /// <summary>A whole number, at most 12 characters wide.</summary>
    public static DialogType Whole { get; } = new("number", TypeKind.Whole, 12);

    /// <summary>A quantity of goods, at most 9 characters wide.</summary>
    public static DialogType Quantity { get; } = new("quantity", TypeKind.Quantity, 9);

    /// <summary>Whole rupiah; "Rp999.999.999.999" is the widest.</summary>
    public static DialogType Money { get; } = new("money", TypeKind.Money, 17);

    /// <summary>A mobile number; shown as "0812****7890".</summary>
    public static DialogType Phone { get; } = new("phone", TypeKind.Phone, 14);

    /// <summary>A NIK; shown as "3374**********01".</summary>
    public static DialogType Nik { get; } = new("nik", TypeKind.Nik, 16);

    /// <summary>A NIP or NI PPPK; shown as "1986**************".</summary>
    public static DialogType Nip { get; } = new("nip", TypeKind.Nip, 18);

    /// <summary>A day; "Wednesday, 30 September 2026" is the widest.</summary>
    public static DialogType Date { get; } = new("date", TypeKind.Date, 28);

    /// <summary>The key of a choice; compared in conditions, never shown.</summary>
    public static DialogType Choice { get; } = new("choice", TypeKind.Choice, 40);

    /// <summary>True or false.</summary>
    public static DialogType YesNo { get; } = new("yes_no", TypeKind.YesNo, 5);

    /// <summary>The scalar types by the name a dialog file gives them.</summary>
    public static IReadOnlyDictionary<string, DialogType> Scalars { get; } =
        new Dictionary<string, DialogType>(
            new[] { Text, Whole, Quantity, Money, Phone, Nik, Nip, Date, Choice, YesNo }.Select(type => KeyValuePair.Create(type.Name, type)))
        {
            // What nobody writes by hand: the content of a QRIS sticker.
            ["long_text"] = TextOf(LongestText),
        };

    /// <summary>The name in dialog files, e.g. <c>product</c>.</summary>
    public string Name { get; }

    /// <summary>The shape of its values.</summary>
    public TypeKind Kind { get; }

    /// <summary>The widest rendering in characters (scalars; 0 for records and lists).</summary>
    public int MaxWidth { get; }

    /// <summary>The fields of a record by name; empty for anything else.</summary>
    public IReadOnlyDictionary<string, DialogType> Fields { get; private init; } = new Dictionary<string, DialogType>();

    /// <summary>The element of a list; null for anything else.</summary>
    public DialogType? Element { get; private init; }

    /// <summary>The longest list of this type; 0 for anything else.</summary>
    public int MaxItems { get; private init; }

    /// <summary>A free text of a known width, e.g. a product's name of at most 24 characters.</summary>
    /// <param name="maxWidth">The declared maximum of characters.</param>
    public static DialogType TextOf(int maxWidth) => new("text", TypeKind.Text, maxWidth);

    /// <summary>A record type.</summary>
    /// <param name="name">Its name in dialog files.</param>
    /// <param name="fields">Its fields; a field <c>key</c> (text) identifies it when it is offered as a choice.</param>
    public static DialogType Record(string name, params (string Name, DialogType Type)[] fields) =>
        new(name, TypeKind.Record, 0) { Fields = fields.ToDictionary(field => field.Name, field => field.Type) };

    /// <summary>A list type.</summary>
    /// <param name="name">Its name in dialog files.</param>
    /// <param name="element">A record type.</param>
    /// <param name="maxItems">The most items a value may hold.</param>
    public static DialogType List(string name, DialogType element, int maxItems) =>
        new(name, TypeKind.List, 0) { Element = element, MaxItems = maxItems };

    /// <summary>True when a value of <paramref name="other"/> can stand where this type is wanted.</summary>
    /// <param name="other">The type of the value at hand.</param>
    public bool Accepts(DialogType other) => other.Kind == Kind && (Kind is not (TypeKind.Record or TypeKind.List) || other.Name == Name);

    /// <inheritdoc />
    public override string ToString() => Name;
}
