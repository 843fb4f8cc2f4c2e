using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>Reads a full name as on the KTP. A number, an address or a row of signs is no name; the question is then asked again.</summary>
public sealed class ReadName : ICapability
{
    /// <summary>The longest name that is kept; a KTP prints fewer.</summary>
    public const int MaxLength = 60;

    private const int MinLetters = 2;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.read_name")
        .Takes("text", DialogType.Text)
        .Gives("read", DialogType.TextOf(MaxLength))
        .Gives("no_name");

    /// <summary>The name, or null when the text is none. Letters of any script, with the signs that names have.</summary>
    /// <param name="text">As typed.</param>
    public static PersonName? Read(string text)
    {
        string name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length is 0 or > MaxLength || name.Count(char.IsLetter) < MinLetters || !name.EnumerateRunes().All(MayStandInName))
            return null;
        var letters = name.Where(char.IsLetter);
        // A KTP shouts and a phone whispers; both mean the same name.
        bool unmixed = letters.All(char.IsUpper) || letters.All(char.IsLower);
        return new PersonName(unmixed ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.ToLowerInvariant()) : name);
    }

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        ValueTask.FromResult(Read(call.Text("text")) is { } name ? new Outcome("read", new TextValue(name.Full)) : new Outcome("no_name"));

    private static bool MayStandInName(System.Text.Rune rune) =>
        System.Text.Rune.IsLetter(rune)
        || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (rune.IsBmp && (char)rune.Value is ' ' or '.' or ',' or '\'' or '’' or '`' or '-' or '/');
}
