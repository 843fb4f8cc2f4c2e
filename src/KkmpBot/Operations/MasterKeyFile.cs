using System.Globalization;
using System.Security.Cryptography;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>A line of the key file: a master key, and from when on it is used.</summary>
/// <param name="Key">32 bytes.</param>
/// <param name="FromUtc">Before this moment every copy of the program only learns of it.</param>
public sealed record MasterKeyLine(byte[] Key, DateTime FromUtc)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(MasterKeyLine);
}

/// <summary>
/// <c>master.key</c>: a key a line in base64, the newest first, each after the first one ever with the moment from which it is used; and, once the
/// first key is gone, the signing keys that were derived from it (<c>ids …</c>).
/// </summary>
/// <param name="Lines">The master keys, the newest first.</param>
/// <param name="Signing">The signing keys, where the first master key is gone.</param>
public sealed record MasterKeyFile(IReadOnlyList<MasterKeyLine> Lines, SigningKeys? Signing)
{
    /// <summary>How long every copy of the program has to learn of a new key before it is used.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(2);

    private const string SigningPrefix = "ids ";
    private const string FromWord = " from ";
    private const int Length = 32;

    /// <summary>Reads the file; refuses one that is damaged.</summary>
    /// <param name="folders">Where it lies.</param>
    public static MasterKeyFile Read(Folders folders)
    {
        var path = PathIn(folders);
        var lines = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var signing = lines.Find(line => line.StartsWith(SigningPrefix, StringComparison.Ordinal)) is { } found
            && found[SigningPrefix.Length..].Split(' ') is [var ids, var token, var button]
            ? new SigningKeys(ReadKey(ids, path), ReadKey(token, path), ReadKey(button, path))
            : null;
        var keys = lines.Where(line => !line.StartsWith(SigningPrefix, StringComparison.Ordinal)).Select(line => ReadLine(line, path)).ToList();
        return keys.Count is > 0 and <= KeyRing.MaxMasters
            ? new MasterKeyFile(keys, signing)
            : throw new StartRefusedException($"{path} is no master key: it has to hold 32 bytes in base64.");
    }

    /// <summary>The keys as they are used at a moment: the newest whose time has come first.</summary>
    /// <param name="utcNow">The moment.</param>
    public KeyRing RingAt(DateTime utcNow)
    {
        var active = Lines.FirstOrDefault(line => line.FromUtc <= utcNow) ?? Lines[^1];
        return new KeyRing([active.Key, .. Lines.Where(line => line != active).Select(line => line.Key)], Signing);
    }

    /// <summary>A new key in front, used from a moment on.</summary>
    /// <param name="fromUtc">The moment.</param>
    public MasterKeyFile With(DateTime fromUtc) => this with { Lines = [new MasterKeyLine(RandomNumberGenerator.GetBytes(Length), fromUtc), .. Lines] };

    /// <summary>Without every key but the newest; what was derived from the first for signatures stays.</summary>
    public MasterKeyFile Retired() => new([Lines[0]], Signing ?? SigningKeys.Of(Lines[^1].Key));

    /// <summary>Writes the file in place of the one that is there: either is whole at every moment.</summary>
    /// <param name="folders">Where it lies.</param>
    public void Write(Folders folders)
    {
        var lines = Lines.Select(line => line.FromUtc == default ? Convert.ToBase64String(line.Key)
            : $"{Convert.ToBase64String(line.Key)}{FromWord}{line.FromUtc.ToString("O", CultureInfo.InvariantCulture)}");
        if (Signing is { } signing)
            lines = lines.Append($"{SigningPrefix}{Convert.ToBase64String(signing.Ids)} {Convert.ToBase64String(signing.WebToken)} {Convert.ToBase64String(signing.Button)}");
        var next = $"{PathIn(folders)}.{Guid.NewGuid():N}";
        MasterKey.WriteOwnersOnly(next, lines);
        File.Move(next, PathIn(folders), overwrite: true);
    }

    private static string PathIn(Folders folders) => Path.Combine(folders.Keys, MasterKey.FileName);

    private static MasterKeyLine ReadLine(string line, string path)
    {
        int at = line.IndexOf(FromWord, StringComparison.Ordinal);
        if (at < 0)
            return new MasterKeyLine(ReadKey(line, path), default);
        return DateTime.TryParse(line[(at + FromWord.Length)..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var from)
            ? new MasterKeyLine(ReadKey(line[..at], path), from)
            : throw new StartRefusedException($"{path} holds a line whose moment cannot be read.");
    }

    private static byte[] ReadKey(string text, string path)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? key
            : throw new StartRefusedException($"{path} is no master key: it has to hold 32 bytes in base64.");
    }
}
