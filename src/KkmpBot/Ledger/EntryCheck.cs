using System.Text;

namespace KkmpBot.Ledger;

/// <summary>An entry as it is read back, with what was found about it; one object is used again for every entry of a part.</summary>
internal sealed class EntryCheck
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Accounts =
        Account.Chart.Keys.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private const int LongestAccount = 16;
    private readonly EntryDigest digest = new();
    private int lines;
    private bool isReadable;
    private bool hasStrangeLine;
    private Int128 surplus;

    /// <summary>Whose.</summary>
    public int CooperativeId { get; private set; }

    /// <summary>Its number there.</summary>
    public int Number { get; private set; }

    /// <summary>The hash that it says stood before it.</summary>
    public byte[] PreviousHash { get; } = new byte[EntryHash.Length];

    /// <summary>The hash that it says it has.</summary>
    public byte[] Hash { get; } = new byte[EntryHash.Length];

    /// <summary>Begins an entry.</summary>
    public void Begin(long cooperativeId, long number, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> hash)
    {
        CooperativeId = (int)cooperativeId;
        Number = (int)number;
        lines = 0;
        surplus = 0;
        hasStrangeLine = false;
        isReadable = CooperativeId == cooperativeId && Number == number && previousHash.Length == EntryHash.Length && hash.Length == EntryHash.Length;
        Copy(previousHash, PreviousHash);
        Copy(hash, Hash);
        digest.Begin(previousHash, cooperativeId, number);
    }

    /// <summary>Its time and content; milliseconds are null when the time is not as it is always written.</summary>
    public void Read(
        long? milliseconds, ReadOnlySpan<byte> bookedOn, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> reference, long? byPersonId, long? reverses, ReadOnlySpan<byte> actKey)
    {
        isReadable &= milliseconds is not null;
        digest.WriteTime(milliseconds ?? 0, bookedOn);
        digest.WriteContent(kind, reference, byPersonId, reverses, actKey);
    }

    /// <summary>One of its lines, in order.</summary>
    public void ReadLine(long position, long cooperativeId, ReadOnlySpan<byte> account, long? memberId, long debitRupiah, long creditRupiah)
    {
        digest.WriteLine(position, cooperativeId, account, memberId, debitRupiah, creditRupiah);
        lines++;
        surplus += debitRupiah - (Int128)creditRupiah;
        hasStrangeLine |= cooperativeId != CooperativeId || !IsAccount(account);
    }

    /// <summary>Something of it could not be read as it is always written.</summary>
    public void Distrust() => isReadable = false;

    /// <summary>What is wrong with the entry in itself; null when nothing is.</summary>
    public string? Verdict()
    {
        if (!isReadable || !digest.Matches(Hash))
            return "altered";
        if (surplus != 0 || lines < 2)
            return "unbalanced";
        return hasStrangeLine ? "line" : null;
    }

    private static bool IsAccount(ReadOnlySpan<byte> account)
    {
        if (account.Length > LongestAccount)
            return false;
        Span<char> code = stackalloc char[LongestAccount];
        return Accounts.Contains(code[..Encoding.Latin1.GetChars(account, code)]);
    }

    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        to.Clear();
        from[..Math.Min(from.Length, to.Length)].CopyTo(to);
    }
}
