using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads what a person typed as the kind of value that was asked for. Never throws, whatever is typed.</summary>
public static class AnswerReader
{
    /// <summary>Every problem that a reading can name; each has a phrase <c>retry_</c> + problem.</summary>
    public static IReadOnlyList<string> Problems { get; } =
    [
        "text_empty", "number_unclear", "quantity_unclear", "money_unclear",
        "phone_too_long", "phone_too_short", "phone_bad_prefix", "phone_landline", "phone_foreign", "phone_invalid",
        "nik_length", "nik_characters", "nik_date", "nik_sequence", "nik_region",
        "nip_length", "nip_characters", "nip_old", "nip_birth_date", "nip_appointment", "nip_age", "nip_sex",
        "date_unclear", "date_year", "date_range", "yes_no_unclear", "choice_unknown",
    ];

    /// <summary>The value, or what is wrong.</summary>
    /// <param name="type">
    /// The type of the slot. Choices and records are matched by the machine: here they are always <c>choice_unknown</c>.
    /// </param>
    /// <param name="text">As typed, of any length.</param>
    /// <param name="today">In WIB.</param>
    public static Reading Read(DialogType type, string text, DateOnly today) => type.Kind switch
    {
        TypeKind.Text => Text(FreeTextReader.Read(text, type.MaxWidth)),
        TypeKind.Whole => WholeReader.Read(text) is { } number ? Read(new WholeValue(number)) : Unreadable("number_unclear"),
        TypeKind.Quantity => QuantityReader.Read(text) is { } quantity ? Read(new QuantityValue(quantity.Amount))
            : Unreadable("quantity_unclear"),
        TypeKind.Money => RupiahReader.Read(text) is { } rupiah ? Read(new MoneyValue(rupiah)) : Unreadable("money_unclear"),
        TypeKind.Phone => Phone(PhoneReader.Read(text)),
        TypeKind.Nik => NikOf(Nik.Read(text, today)),
        TypeKind.Nip => NipOf(Nip.Read(text, today)),
        TypeKind.Date => Date(DateReader.Read(text, today)),
        TypeKind.YesNo => YesNoReader.Read(text) is { } yes ? Read(new YesNoValue(yes)) : Unreadable("yes_no_unclear"),
        TypeKind.Choice or TypeKind.Record or TypeKind.List => Unreadable("choice_unknown"),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static Reading Read(Value value) => new Reading.Read(value);

    private static Reading Unreadable(string problem) => new Reading.Unreadable(problem);

    private static Reading Text(string? text) => text is null ? Unreadable("text_empty") : Read(new TextValue(text));

    private static Reading Phone(PhoneReader.Phone phone) =>
        phone.Problem is null ? Read(new TextValue(phone.E164!)) : Unreadable(phone.Problem);

    private static Reading NikOf(Nik.Result result) =>
        result.Nik is { } nik ? Read(new TextValue(nik.Digits)) : Unreadable(result.Problem!);

    private static Reading NipOf(Nip.Result result) =>
        result.Nip is { } nip ? Read(new TextValue(nip.Digits)) : Unreadable(result.Problem!);

    private static Reading Date((DateOnly? Day, string? Problem) date) =>
        date.Day is { } day ? Read(new DateValue(day)) : Unreadable(date.Problem!);
}
