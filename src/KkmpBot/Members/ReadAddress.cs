using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>Reads RT and RW as people write them: "003/005", "RT 3 RW 5", "rt03/rw05". That is all the address we need.</summary>
public sealed class ReadAddress : ICapability
{
    private const int MaxNumber = 999;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.read_address")
        .Takes("text", DialogType.Text)
        .Gives("read", DialogType.TextOf(16))
        .Gives("unclear");

    /// <summary>"RT 003/RW 005", or null when the text does not hold exactly two numbers from 1 to 999.</summary>
    /// <param name="text">As typed.</param>
    public static string? Read(string text)
    {
        var numbers = Numbers(text);
        if (numbers.Count != 2 || numbers.Any(number => number is < 1 or > MaxNumber))
            return null;
        // "RW 5 RT 3" is the same place as "RT 3 RW 5".
        string folded = text.ToUpperInvariant();
        int rt = folded.IndexOf("RT", StringComparison.Ordinal);
        int rw = folded.IndexOf("RW", StringComparison.Ordinal);
        if (rw >= 0 && rw < rt)
            numbers.Reverse();
        return string.Create(CultureInfo.InvariantCulture, $"RT {numbers[0]:000}/RW {numbers[1]:000}");
    }

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        ValueTask.FromResult(Read(call.Text("text")) is { } address ? new Outcome("read", new TextValue(address)) : new Outcome("unclear"));

    private static List<int> Numbers(string text)
    {
        var numbers = new List<int>();
        bool inside = false;
        foreach (char sign in text)
        {
            if (!char.IsAsciiDigit(sign))
            {
                inside = false;
                continue;
            }
            if (!inside)
                numbers.Add(0);
            inside = true;
            // Past the limit the value no longer matters, only that it is too large.
            numbers[^1] = Math.Min((numbers[^1] * 10) + (sign - '0'), MaxNumber + 1);
        }
        return numbers;
    }
}
