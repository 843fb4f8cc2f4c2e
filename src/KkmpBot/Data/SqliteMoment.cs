using System.Buffers.Text;
using System.Globalization;

namespace KkmpBot.Data;

/// <summary>
/// Moments as Microsoft.Data.Sqlite writes them, <c>2026-11-23 03:00:00.1234567</c> without the zeros at the end, so that what either wrote compares. Both
/// ways go over the round-trip format, for which .NET has a fast way of its own.
/// </summary>
internal static class SqliteMoment
{
    /// <summary>Bytes that <see cref="Write"/> may need.</summary>
    public const int MaxLength = 33;

    private const int Length = 27;
    private const int DayLength = 10;

    /// <summary>Writes a moment as UTF-8.</summary>
    /// <param name="moment">UTC, as all moments here.</param>
    /// <param name="bytes">At least <see cref="MaxLength"/>.</param>
    /// <returns>The length.</returns>
    public static int Write(DateTime moment, Span<byte> bytes)
    {
        moment.TryFormat(bytes, out _, "O", CultureInfo.InvariantCulture);
        bytes[DayLength] = (byte)' ';
        return bytes[..Length].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
    }

    /// <summary>Reads one.</summary>
    /// <param name="bytes">UTF-8, with a time of day.</param>
    public static DateTime Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[Length];
        "0000-00-00T00:00:00.0000000"u8.CopyTo(whole);
        if (bytes.Length <= Length)
        {
            bytes.CopyTo(whole);
            whole[DayLength] = (byte)'T';
            if (Utf8Parser.TryParse(whole, out DateTime moment, out _, 'O'))
                return moment;
        }
        throw new FormatException("A column that holds a moment holds something else.");
    }
}
