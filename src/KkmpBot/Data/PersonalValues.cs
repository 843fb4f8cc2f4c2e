using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Data;

/// <summary>A phone number on its way through the program. Printed, logged or put into a text it is masked; whoever needs the number says so.</summary>
/// <param name="E164">In E.164.</param>
public readonly record struct PhoneNumber(string E164)
{
    /// <summary>"0812****7890".</summary>
    public override string ToString() => Masks.Phone(E164 ?? "");
}

/// <summary>A population number on its way through the program; printed it is masked.</summary>
/// <param name="Digits">16 digits.</param>
public readonly record struct NikNumber(string Digits)
{
    /// <summary>"3374**********01".</summary>
    public override string ToString() => Masks.Nik(Digits ?? "");
}

/// <summary>What somebody is called on their KTP, on its way through the program; printed only its first letter is left.</summary>
/// <param name="Full">As on the KTP.</param>
public readonly record struct PersonName(string Full)
{
    /// <summary>"S…".</summary>
    public override string ToString() => Full is [var first, ..] ? $"{first}…" : "";
}

/// <summary>Where a reply goes, in a platform's own form: often a phone number. Printed it says nothing.</summary>
/// <param name="Value">As the platform has it.</param>
public readonly record struct ReplyAddress(string Value)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => "[address]";
}
