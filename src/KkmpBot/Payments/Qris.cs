using System.Globalization;
using System.Text;

namespace KkmpBot.Payments;

/// <summary>Why a text is no QRIS code that a cooperative can use.</summary>
public enum QrisProblem
{
    /// <summary>It is one.</summary>
    None,
    /// <summary>It is cut off, or no such code at all.</summary>
    Unreadable,
    /// <summary>Its checksum is wrong: a letter is missing or mistyped.</summary>
    Checksum,
    /// <summary>It is a code of another country or currency.</summary>
    NotIndonesian,
    /// <summary>It is made for one payment; the printed one is needed.</summary>
    NotStatic,
}

/// <summary>
/// A QRIS code (EMVCo merchant-presented mode, as Bank Indonesia uses it): fields of a two-digit tag, a two-digit length and a value. It
/// is taken apart and put together again, never edited as text, since "5802ID" may stand inside a value.
/// </summary>
public sealed class Qris
{
    private const string FormatTag = "00";
    private const string MethodTag = "01";
    private const string CurrencyTag = "53";
    private const string AmountTag = "54";
    private const string CountryTag = "58";
    private const string NameTag = "59";
    private const string CityTag = "60";
    private const string AdditionalTag = "62";
    private const string BillNumberTag = "01";
    private const string ChecksumTag = "63";
    private const string Static = "11";
    private const string Dynamic = "12";
    private const string Rupiah = "360";
    private const int HeadLength = 4;
    private const int MaxValueLength = 99;
    private const int MaxLength = 512;

    private readonly IReadOnlyList<(string Tag, string Value)> fields;

    private Qris(IReadOnlyList<(string Tag, string Value)> fields) => this.fields = fields;

    /// <summary>The merchant's name, as the payer's phone shows it.</summary>
    public string Merchant => Value(NameTag) ?? "";

    /// <summary>The merchant's city.</summary>
    public string City => Value(CityTag) ?? "";

    /// <summary>The amount in whole rupiah, when the code names one; null for the printed code.</summary>
    public long? AmountRupiah =>
        Value(AmountTag) is { } amount && decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rupiah)
            ? (long)rupiah
            : null;

    /// <summary>The bill number, when the code carries one.</summary>
    public string? BillNumber => Value(AdditionalTag) is { } more && Split(more) is { } parts ? Value(parts, BillNumberTag) : null;

    /// <summary>Reads a code that a cooperative may use: well formed, checksum right, Indonesian rupiah, printed for any amount.</summary>
    /// <param name="text">As scanned or pasted.</param>
    /// <param name="problem">What is wrong; <see cref="QrisProblem.None"/> otherwise.</param>
    public static Qris? Read(string text, out QrisProblem problem)
    {
        var read = Parse(text.Trim(), out problem);
        if (read is null)
            return null;
        if (read.Value(CountryTag) != "ID" || read.Value(CurrencyTag) != Rupiah)
            problem = QrisProblem.NotIndonesian;
        else if (read.Value(MethodTag) != Static || read.Value(AmountTag) is not null)
            problem = QrisProblem.NotStatic;
        return problem == QrisProblem.None ? read : null;
    }

    /// <summary>Reads any EMVCo code whose fields and checksum are right. A checksum in small letters is accepted: scanners differ.</summary>
    /// <param name="text">The code.</param>
    /// <param name="problem">What is wrong; <see cref="QrisProblem.None"/> otherwise.</param>
    public static Qris? Parse(string text, out QrisProblem problem)
    {
        problem = QrisProblem.Unreadable;
        if (text.Length is < 2 * HeadLength or > MaxLength || Split(text) is not { } fields || fields[0].Tag != FormatTag || fields[^1].Tag != ChecksumTag)
            return null;
        problem = QrisProblem.Checksum;
        if (!string.Equals(fields[^1].Value, Checksum(text[..^HeadLength]), StringComparison.OrdinalIgnoreCase))
            return null;
        problem = QrisProblem.None;
        return new Qris(fields);
    }

    /// <summary>The code for one payment: the amount filled in, and the bill number beside what the additional data held.</summary>
    /// <param name="rupiah">Positive.</param>
    /// <param name="billNumber">At most 25 characters; null for none.</param>
    /// <returns>The text of the new code, with its checksum.</returns>
    public string For(long rupiah, string? billNumber = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rupiah);
        var dynamic = new List<(string Tag, string Value)>();
        foreach (var (tag, value) in fields.Where(field => field.Tag is not (AmountTag or ChecksumTag)))
        {
            // The amount stands before tips and country, where scanners expect it.
            if (string.CompareOrdinal(tag, AmountTag) > 0 && !dynamic.Exists(field => field.Tag == AmountTag))
                dynamic.Add((AmountTag, rupiah.ToString(CultureInfo.InvariantCulture)));
            dynamic.Add(tag switch
            {
                MethodTag => (tag, Dynamic),
                AdditionalTag when billNumber is not null => (tag, WithBillNumber(value, billNumber)),
                _ => (tag, value),
            });
        }

        if (billNumber is not null && !dynamic.Exists(field => field.Tag == AdditionalTag))
            dynamic.Add((AdditionalTag, Join([(BillNumberTag, billNumber)])));
        var body = $"{Join(dynamic)}{ChecksumTag}{HeadLength:00}";
        return body + Checksum(body);
    }

    /// <summary>CRC-16/CCITT-FALSE (polynomial 1021, from FFFF, nothing reflected) over ASCII, four capital hex digits.</summary>
    /// <param name="text">Everything before the checksum, with its tag and length.</param>
    public static string Checksum(string text)
    {
        var crc = 0xFFFF;
        foreach (var sign in Encoding.UTF8.GetBytes(text))
        {
            crc ^= sign << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = ((crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xFFFF;
        }

        return crc.ToString("X4", CultureInfo.InvariantCulture);
    }

    private static string WithBillNumber(string additional, string billNumber) => Split(additional) is { } parts
        ? Join([(BillNumberTag, billNumber), .. parts.Where(part => part.Tag != BillNumberTag)])
        : additional;

    private static string Join(IEnumerable<(string Tag, string Value)> parts) => string.Concat(parts.Select(part =>
        part.Value.Length <= MaxValueLength
            ? $"{part.Tag}{part.Value.Length:00}{part.Value}"
            : throw new InvalidOperationException($"A field {part.Tag} of a QRIS code is too long.")));

    private static List<(string Tag, string Value)>? Split(string text)
    {
        var parts = new List<(string Tag, string Value)>();
        for (var at = 0; at < text.Length;)
        {
            if (at + HeadLength > text.Length || text.AsSpan(at, HeadLength).ContainsAnyExceptInRange('0', '9'))
                return null;
            var length = ((text[at + 2] - '0') * 10) + text[at + 3] - '0';
            if (at + HeadLength + length > text.Length)
                return null;
            parts.Add((text.Substring(at, 2), text.Substring(at + HeadLength, length)));
            at += HeadLength + length;
        }

        return parts.Count > 0 ? parts : null;
    }

    private string? Value(string tag) => Value(fields, tag);

    private static string? Value(IEnumerable<(string Tag, string Value)> parts, string tag) =>
        parts.Where(part => part.Tag == tag).Select(part => part.Value).FirstOrDefault();
}
