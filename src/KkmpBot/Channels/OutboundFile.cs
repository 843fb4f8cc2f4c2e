namespace KkmpBot.Channels;

/// <summary>A picture or a document that goes with a message: a QR code, a statement. Made in memory; personal data.</summary>
public sealed record OutboundFile
{
    /// <summary>The largest file, in bytes: it is sealed with the message and stands in the outbox until it is sent.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The longest name, in characters; phones cut it earlier.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The kind of a drawing: whoever hands the message over makes a picture of it, or leaves it away where that is not possible.</summary>
    public const string Drawing = "image/svg+xml";

    /// <summary>A file to send. An empty or oversized one is a bug and throws <see cref="ArgumentException"/>.</summary>
    /// <param name="name">What it is called when it is saved, with its ending: <c>kartu-anggota.png</c>.</param>
    /// <param name="mimeType"><c>image/png</c>, <c>application/pdf</c>, <c>text/csv</c> …</param>
    /// <param name="bytes">Its content.</param>
    public OutboundFile(string name, string mimeType, byte[] bytes)
    {
        if (bytes.Length is 0 or > MaxBytes)
            throw new ArgumentException($"A file has 1 to {MaxBytes} bytes, not {bytes.Length}.", nameof(bytes));
        if (name.Length is 0 or > MaxNameLength)
            throw new ArgumentException($"A file's name has 1 to {MaxNameLength} characters.", nameof(name));
        Name = name;
        MimeType = mimeType;
        Bytes = bytes;
    }

    /// <summary>A picture with the ending of its kind.</summary>
    /// <param name="name">Without an ending.</param>
    /// <param name="mimeType"><c>image/png</c> or <c>image/jpeg</c>.</param>
    /// <param name="bytes">Its content.</param>
    public static OutboundFile Picture(string name, string mimeType, byte[] bytes) =>
        new(mimeType == "image/png" ? $"{name}.png" : $"{name}.jpg", mimeType, bytes);

    /// <summary>The kind of a picture by its first bytes; null when it is none that a chat can show.</summary>
    /// <param name="bytes">A file's content.</param>
    public static string? PictureKindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : null;

    /// <summary>The largest picture that officers may give to goods and announcements: every reader loads it from a prepaid allowance.</summary>
    public const int MaxGivenPicture = 200 * 1024;

    /// <summary>What it is called when it is saved.</summary>
    public string Name { get; }

    /// <summary>Its kind, as the web names it.</summary>
    public string MimeType { get; }

    /// <summary>Its content; whoever reads it leaves it as it is.</summary>
    public byte[] Bytes { get; }

    /// <summary>True when platforms show it in the chat; false when they offer it to be opened.</summary>
    public bool IsPicture => MimeType is "image/png" or "image/jpeg";

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"{MimeType}, {Bytes.Length} bytes";
}
