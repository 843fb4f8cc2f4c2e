using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Members;

/// <summary>How one speaks to somebody: "Bu Sri", "Pak Slamet".</summary>
public static class Nickname
{
    /// <summary>The longest that dialogs have room for.</summary>
    public const int MaxLength = 24;

    private const int ShortestFirstName = 3;

    /// <summary>The first name that is one, with Bu or Pak as the NIK has it; null when the name has no word for it.</summary>
    /// <param name="fullName">As on the KTP.</param>
    /// <param name="nik">Tells whether it is Bu or Pak.</param>
    /// <param name="today">Today, WIB.</param>
    public static string? For(PersonName fullName, NikNumber nik, DateOnly today)
    {
        // "H. Slamet" and "M Nur" are not called H. and M.
        string? first = fullName.Full.Split(' ').FirstOrDefault(word => word.Length >= ShortestFirstName && !word.Contains('.', StringComparison.Ordinal));
        if (first is null || Nik.Read(nik.Digits, today).Nik is not { } read)
            return null;
        string nickname = $"{(read.Sex == Sex.Female ? "Bu" : "Pak")} {first.TrimEnd(',')}";
        return nickname.Length <= MaxLength ? nickname : null;
    }
}
