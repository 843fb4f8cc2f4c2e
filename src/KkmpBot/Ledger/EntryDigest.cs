using System.Buffers.Text;
using System.Security.Cryptography;

namespace KkmpBot.Ledger;

/// <summary>
/// The text that an entry's hash is taken over, written part by part into one buffer that is used again for the next entry. Its form is the
/// proof's format: it never changes, a new one gets a new first word.
/// </summary>
internal sealed class EntryDigest
{
    private const int FirstCapacity = 1024;
    private const int WidestNumber = 20;

    private byte[] text = new byte[FirstCapacity];
    private int length;

    /// <summary>Begins an entry: the hash before it, whose it is, and its number.</summary>
    public void Begin(ReadOnlySpan<byte> previousHash, long cooperativeId, long number)
    {
        length = 0;
        Write("kkmp-entry-1\n"u8);
        WriteHex(previousHash);
        Write("\n"u8);
        Write(cooperativeId);
        Write(" "u8);
        Write(number);
        Write("\n"u8);
    }

    /// <summary>When it was booked, in milliseconds since 1970, and the day it counts for (yyyy-MM-dd).</summary>
    public void WriteTime(long milliseconds, ReadOnlySpan<byte> bookedOn)
    {
        Write(milliseconds);
        Write(" "u8);
        Write(bookedOn);
        Write("\n"u8);
    }

    /// <summary>What it is; an empty reference stands for none.</summary>
    public void WriteContent(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> reference, long? byPersonId, long? reverses, ReadOnlySpan<byte> actKey)
    {
        Write(kind);
        Write("\n"u8);
        Write(reference);
        Write("\n"u8);
        Write(byPersonId);
        Write(" "u8);
        Write(reverses);
        Write("\n"u8);
        Write(actKey);
        Write("\n"u8);
    }

    /// <summary>One line, in order.</summary>
    public void WriteLine(long position, long cooperativeId, ReadOnlySpan<byte> account, long? memberId, long debitRupiah, long creditRupiah)
    {
        Write(position);
        Write(" "u8);
        Write(cooperativeId);
        Write(" "u8);
        Write(account);
        Write(" "u8);
        Write(memberId);
        Write(" "u8);
        Write(debitRupiah);
        Write(" "u8);
        Write(creditRupiah);
        Write("\n"u8);
    }

    /// <summary>The hash of what was written.</summary>
    public byte[] Finish() => SHA256.HashData(text.AsSpan(0, length));

    /// <summary>True when the hash of what was written is this one.</summary>
    public bool Matches(ReadOnlySpan<byte> hash)
    {
        Span<byte> actual = stackalloc byte[EntryHash.Length];
        SHA256.HashData(text.AsSpan(0, length), actual);
        return hash.SequenceEqual(actual);
    }

    private void Write(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Room(part.Length));
        length += part.Length;
    }

    private void Write(long number)
    {
        // 20 digits hold every long with its sign.
        Utf8Formatter.TryFormat(number, Room(WidestNumber), out int written);
        length += written;
    }

    private void Write(long? number)
    {
        if (number is { } known)
            Write(known);
    }

    private void WriteHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexString(bytes, Room(2 * bytes.Length), out int written);
        length += written;
    }

    // Somebody who goes round the database may write texts of any length; they are hashed like others.
    private Span<byte> Room(int needed)
    {
        if (text.Length - length < needed)
            Array.Resize(ref text, Math.Max(2 * text.Length, length + needed));
        return text.AsSpan(length);
    }
}
