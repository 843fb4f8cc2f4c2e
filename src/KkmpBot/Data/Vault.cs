using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Data;

/// <summary>A personal value as it stands in the database: ciphertext. Its text is only had from the <see cref="Vault"/>.</summary>
/// <param name="Cipher">Version, nonce, tag and ciphertext.</param>
public sealed record SealedText(byte[] Cipher)
{
    /// <inheritdoc />
    public override string ToString() => "[sealed]";
}

/// <summary>
/// Seals personal values (AES-256-GCM) and indexes them blindly (HMAC-SHA-256, truncated to 16 bytes) so that equality can be searched
/// without the value. Keys live outside the database, in files of the folder <c>Keys__Path</c>.
/// </summary>
public sealed class Vault : IDisposable
{
    private const byte FormatVersion = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int IndexLength = 16;
    private readonly byte[] sealKey;
    private readonly byte[] indexKey;
    private readonly byte[] webTokenKey;
    private readonly ThreadLocal<Tools> tools;

    /// <summary>Button keys that are accepted at once: the newest signs, and what the one before it signed can still be pressed.</summary>
    public const int MaxButtonKeys = 2;

    /// <summary>Opens a vault over a master key; each use has a key of its own derived from it (HKDF-SHA-256).</summary>
    /// <param name="masterKey">32 random bytes.</param>
    /// <param name="buttonKeys">Keys of buttons that replaced the derived one, newest first; null when none did.</param>
    public Vault(byte[] masterKey, IReadOnlyList<byte[]>? buttonKeys = null)
    {
        sealKey = Derive(masterKey, "seal");
        indexKey = Derive(masterKey, "index");
        ButtonKeys = [.. (buttonKeys ?? []).Append(Derive(masterKey, "button")).Take(MaxButtonKeys)];
        webTokenKey = Derive(masterKey, "web token");
        tools = new ThreadLocal<Tools>(() => new Tools(sealKey, indexKey));
    }

    /// <summary>The keys of button tokens, newest first: the first signs, each is accepted.</summary>
    public IReadOnlyList<byte[]> ButtonKeys { get; }

    /// <summary>The key that signs the web chat's tokens.</summary>
    public ReadOnlySpan<byte> WebTokenKey => webTokenKey;

    /// <summary>Encrypts a text; the same text gives another ciphertext each time.</summary>
    /// <param name="text">The value.</param>
    public SealedText Seal(string text) => new(SealBytes(Encoding.UTF8.GetBytes(text)));

    /// <summary>Encrypts bytes, e.g. a conversation's state as JSON.</summary>
    /// <param name="plain">The value.</param>
    public byte[] SealBytes(ReadOnlySpan<byte> plain)
    {
        var cipher = new byte[1 + NonceLength + TagLength + plain.Length];
        cipher[0] = FormatVersion;
        var nonce = cipher.AsSpan(1, NonceLength);
        var own = tools.Value!;
        own.NextNonce(nonce);
        own.Aes.Encrypt(nonce, plain, cipher.AsSpan(1 + NonceLength + TagLength), cipher.AsSpan(1 + NonceLength, TagLength));
        return cipher;
    }

    /// <summary>Decrypts a text. Throws <see cref="CryptographicException"/> when it was altered or the key is another.</summary>
    /// <param name="value">What <see cref="Seal"/> returned.</param>
    public string Open(SealedText value) => Encoding.UTF8.GetString(OpenBytes(value.Cipher));

    /// <summary>Decrypts bytes. Throws <see cref="CryptographicException"/> when they were altered or the key is another.</summary>
    /// <param name="cipher">What <see cref="SealBytes"/> returned.</param>
    public byte[] OpenBytes(ReadOnlySpan<byte> cipher)
    {
        if (cipher.Length < 1 + NonceLength + TagLength || cipher[0] != FormatVersion)
            throw new CryptographicException("A sealed value has an unknown format.");
        var plain = new byte[cipher.Length - 1 - NonceLength - TagLength];
        tools.Value!.Aes.Decrypt(cipher.Slice(1, NonceLength), cipher[(1 + NonceLength + TagLength)..], cipher.Slice(1 + NonceLength, TagLength), plain);
        return plain;
    }

    /// <summary>The blind index of a value: equal values have equal indexes, and nothing else can be learnt without the key.</summary>
    /// <param name="kind">What it is (nik, nip, phone, address:telegram): the same digits of two kinds do not match.</param>
    /// <param name="value">The normalised value.</param>
    public byte[] Index(string kind, string value)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hash = tools.Value!.Index;
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\n{value}"));
        hash.GetHashAndReset(whole);
        return whole[..IndexLength].ToArray();
    }

    /// <summary>Lets the keys go that threads hold ready.</summary>
    public void Dispose() => tools.Dispose();

    private static byte[] Derive(byte[] masterKey, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: Encoding.ASCII.GetBytes($"kkmp {use}"));

    // Scheduling a key and asking for randomness cost far more than sealing a few hundred bytes, so a thread does them once, or by the hundred.
    private sealed class Tools(byte[] sealKey, byte[] indexKey)
    {
        private readonly byte[] random = new byte[NonceLength * 256];
        private int used = NonceLength * 256;

        public AesGcm Aes { get; } = new(sealKey, TagLength);

        public IncrementalHash Index { get; } = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, indexKey);

        public void NextNonce(Span<byte> nonce)
        {
            if (used == random.Length)
            {
                RandomNumberGenerator.Fill(random);
                used = 0;
            }
            random.AsSpan(used, NonceLength).CopyTo(nonce);
            used += NonceLength;
        }
    }
}
