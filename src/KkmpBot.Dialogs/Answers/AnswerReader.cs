using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Answers;

/// <summary>What became of a text that should answer a question.</summary>
public abstract record Reading
{
    /// <summary>The text was understood.</summary>
    /// <param name="Value">A value of the type that was asked for.</param>
    public sealed record Read(Value Value) : Reading;

    /// <summary>The text could not be read as the type that was asked for.</summary>
    /// <param name="Problem">The suffix of the phrase that explains it, e.g. <c>nik_length</c> for <c>retry_nik_length</c>.</param>
    public sealed record Unreadable(string Problem) : Reading;
}

/// <summary>Reads a person's words as a value of a type of the dialog language. Pure; never throws on any text.</summary>
public static class AnswerReader
{
    /// <summary>Reads one answer.</summary>
    /// <param name="type">A scalar type.</param>
    /// <param name="text">As the person sent it.</param>
    /// <param name="today">The day in WIB, for dates without a year.</param>
    public static Reading Read(DialogType type, string text, DateOnly today)
    {
        var folded = Folding.Fold(text);
        return type.Kind switch
        {
            TypeKind.Text when folded.Length > 0 => new Reading.Read(new TextValue(text.Trim()[..Math.Min(text.Trim().Length, type.MaxWidth)])),
            TypeKind.Whole when WholeOf(folded) is { } number => new Reading.Read(new WholeValue(number)),
            TypeKind.Quantity when WholeOf(folded) is { } number => new Reading.Read(new QuantityValue(number)),
            TypeKind.Money when WholeOf(folded) is { } number => new Reading.Read(new MoneyValue(number)),
            TypeKind.YesNo when folded is "ya" or "tidak" => new Reading.Read(new YesNoValue(folded == "ya")),
            _ => new Reading.Unreadable(type.Name),
        };
    }

    private static long? WholeOf(string folded) =>
        folded.Length is > 0 and <= 12 && folded.All(char.IsAsciiDigit)
            ? long.Parse(folded, System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
