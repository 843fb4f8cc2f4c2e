using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Data;

/// <summary>A personal value as it stands in the database: ciphertext. Its text is only had from the <see cref="Vault"/>.</summary>
/// <param name="Cipher">Version, key, nonce, tag and ciphertext.</param>
public sealed record SealedText(byte[] Cipher)
{
    /// <inheritdoc />
    public override string ToString() => "[sealed]";
}

/// <summary>
/// Seals personal values (AES-256-GCM) and indexes them blindly (HMAC-SHA-256, truncated to 16 bytes) so that equality can be searched
/// without the value. Keys live outside the database, in files of the folder <c>Keys__Path</c>; they can be renewed while turns run.
/// </summary>
public sealed class Vault : IDisposable
{
    // The first format did not name its key.
    private const byte NamelessVersion = 1;
    private const byte FormatVersion = 2;
    private const int IdLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int IndexLength = 16;
    private readonly ThreadLocal<Tools> tools;
    private volatile Keys keys;

    /// <summary>Button keys that are accepted at once: the newest signs, and what the one before it signed can still be pressed.</summary>
    public const int MaxButtonKeys = 2;

    /// <summary>Opens a vault over one master key; each use has a key of its own derived from it (HKDF-SHA-256).</summary>
    /// <param name="masterKey">32 random bytes.</param>
    /// <param name="buttonKeys">Keys of buttons that replaced the derived one, newest first; null when none did.</param>
    public Vault(byte[] masterKey, IReadOnlyList<byte[]>? buttonKeys = null)
        : this(new KeyRing([masterKey]), buttonKeys)
    {
    }

    /// <summary>Opens a vault over the master keys that are known.</summary>
    /// <param name="ring">The keys.</param>
    /// <param name="buttonKeys">Keys of buttons that replaced the derived one, newest first; null when none did.</param>
    public Vault(KeyRing ring, IReadOnlyList<byte[]>? buttonKeys = null)
    {
        keys = new Keys(ring);
        ButtonKeys = [.. (buttonKeys ?? []).Append(keys.Signing.Button).Take(MaxButtonKeys)];
        tools = new ThreadLocal<Tools>(() => new Tools(keys, ButtonKeys), trackAllValues: false);
    }

    /// <summary>The keys of button tokens, newest first: the first signs, each is accepted.</summary>
    public IReadOnlyList<byte[]> ButtonKeys { get; }

    /// <summary>The key that signs the web chat's tokens.</summary>
    public ReadOnlySpan<byte> WebTokenKey => keys.Signing.WebToken;

    /// <summary>True while values may lie in the database that another key than the active one sealed or indexed.</summary>
    public bool IsRenewing => keys.Count > 1;

    /// <summary>Reads the key file anew when a value names a key that is not known: another copy of the program may have learnt of it first.</summary>
    public Func<KeyRing>? Reload { get; set; }

    /// <summary>Goes on with other keys; turns that are running finish with either.</summary>
    /// <param name="ring">The keys.</param>
    public void Use(KeyRing ring) => keys = new Keys(ring);

    /// <summary>Encrypts a text; the same text gives another ciphertext each time.</summary>
    /// <param name="text">The value.</param>
    public SealedText Seal(string text) => new(SealBytes(Encoding.UTF8.GetBytes(text)));

    /// <summary>Encrypts bytes, e.g. a conversation's state as JSON.</summary>
    /// <param name="plain">The value.</param>
    public byte[] SealBytes(ReadOnlySpan<byte> plain)
    {
        const int Head = 1 + IdLength;
        var own = Own();
        var cipher = new byte[Head + NonceLength + TagLength + plain.Length];
        cipher[0] = FormatVersion;
        BinaryPrimitives.WriteUInt32BigEndian(cipher.AsSpan(1), own.Keys.Ids[0]);
        var nonce = cipher.AsSpan(Head, NonceLength);
        own.NextNonce(nonce);
        own.Aes[0].Encrypt(nonce, plain, cipher.AsSpan(Head + NonceLength + TagLength), cipher.AsSpan(Head + NonceLength, TagLength));
        return cipher;
    }

    /// <summary>Decrypts a text. Throws <see cref="CryptographicException"/> when it was altered or its key is not here.</summary>
    /// <param name="value">What <see cref="Seal"/> returned.</param>
    public string Open(SealedText value) => Encoding.UTF8.GetString(OpenBytes(value.Cipher));

    /// <summary>Decrypts bytes. Throws <see cref="CryptographicException"/> when they were altered or their key is not here.</summary>
    /// <param name="cipher">What <see cref="SealBytes"/> returned.</param>
    public byte[] OpenBytes(ReadOnlySpan<byte> cipher)
    {
        if (cipher.Length >= 1 + IdLength + NonceLength + TagLength && cipher[0] == FormatVersion)
        {
            var own = Own();
            uint id = BinaryPrimitives.ReadUInt32BigEndian(cipher[1..]);
            int key = Array.IndexOf(own.Keys.Ids, id);
            if (key < 0 && Reload is { } reload)
            {
                Use(reload());
                own = Own();
                key = Array.IndexOf(own.Keys.Ids, id);
            }
            return key >= 0 ? Decrypt(own.Aes[key], cipher[(1 + IdLength)..]) : throw new CryptographicException("A value was sealed with a master key that is not here.");
        }
        if (cipher.Length < 1 + NonceLength + TagLength || cipher[0] != NamelessVersion)
            throw new CryptographicException("A sealed value has an unknown format.");
        return OpenNameless(cipher[1..]);
    }

    /// <summary>True for a value that the active key did not seal.</summary>
    /// <param name="cipher">What <see cref="SealBytes"/> returned, now or long ago.</param>
    public bool IsOld(ReadOnlySpan<byte> cipher) =>
        cipher.Length < 1 + IdLength || cipher[0] != FormatVersion || BinaryPrimitives.ReadUInt32BigEndian(cipher[1..]) != keys.Ids[0];

    /// <summary>The blind index of a personal value: equal values have equal indexes, and nothing else can be learnt without the key.</summary>
    /// <param name="kind">What it is (nik, nip, phone, address:telegram): the same digits of two kinds do not match.</param>
    /// <param name="value">The normalised value.</param>
    public byte[] Index(string kind, string value) => Hash(Own().Index[0], kind, value);

    /// <summary>The index of a personal value under every key that is known, the active one's first: while keys are renewed a row may have either.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">The normalised value.</param>
    public IReadOnlyList<byte[]> Indexes(string kind, string value) => [.. Own().Index.Select(key => Hash(key, kind, value))];

    /// <summary>The index of something that is no person's value: a platform's id, a one-time code. It stays when keys are renewed.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">The value.</param>
    public byte[] IdIndex(string kind, string value) => Hash(Own().Ids, kind, value);

    /// <summary>Signs the body of a button's token: the beginning of its HMAC-SHA-256.</summary>
    /// <param name="key">Which of <see cref="ButtonKeys"/>.</param>
    /// <param name="body">What the signature stands behind.</param>
    /// <param name="signature">Is filled; at most 32 bytes.</param>
    public void SignButton(int key, ReadOnlySpan<byte> body, Span<byte> signature)
    {
        var hash = Own().Button[key];
        hash.AppendData(body);
        Finish(hash, signature);
    }

    /// <summary>Lets the keys go that threads hold ready.</summary>
    public void Dispose() => tools.Dispose();

    // The keys may have been renewed since this thread used them last.
    private Tools Own()
    {
        var own = tools.Value!;
        return ReferenceEquals(own.Keys, keys) ? own : tools.Value = new Tools(keys, ButtonKeys);
    }

    private byte[] OpenNameless(ReadOnlySpan<byte> sealedPart)
    {
        var own = Own();
        for (int key = own.Aes.Length - 1; key > 0; key--)
        {
            try
            {
                return Decrypt(own.Aes[key], sealedPart);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Another key of the ring may have sealed it; the last one tried says so itself.
                continue;
            }
        }
        return Decrypt(own.Aes[0], sealedPart);
    }

    private static byte[] Decrypt(AesGcm aes, ReadOnlySpan<byte> sealedPart)
    {
        var plain = new byte[sealedPart.Length - NonceLength - TagLength];
        aes.Decrypt(sealedPart[..NonceLength], sealedPart[(NonceLength + TagLength)..], sealedPart.Slice(NonceLength, TagLength), plain);
        return plain;
    }

    private static byte[] Hash(IncrementalHash hash, string kind, string value)
    {
        var index = new byte[IndexLength];
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\n{value}"));
        Finish(hash, index);
        return index;
    }

    private static void Finish(IncrementalHash hash, Span<byte> beginning)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..beginning.Length].CopyTo(beginning);
    }

    private sealed class Keys(KeyRing ring)
    {
        public int Count { get; } = ring.Masters.Count;

        public uint[] Ids { get; } = [.. ring.Masters.Select(master => BinaryPrimitives.ReadUInt32BigEndian(KeyRing.Derive(master, "id")))];

        public byte[][] Seal { get; } = [.. ring.Masters.Select(master => KeyRing.Derive(master, "seal"))];

        public byte[][] Index { get; } = [.. ring.Masters.Select(master => KeyRing.Derive(master, "index"))];

        public SigningKeys Signing { get; } = ring.Signing ?? SigningKeys.Of(ring.Masters[^1]);
    }

    // Scheduling a key and asking for randomness cost far more than sealing a few hundred bytes, so a thread does them once, or by the hundred.
    private sealed class Tools(Keys keys, IReadOnlyList<byte[]> buttonKeys)
    {
        private readonly byte[] random = new byte[NonceLength * 256];
        private int used = NonceLength * 256;

        public Keys Keys { get; } = keys;

        public AesGcm[] Aes { get; } = [.. keys.Seal.Select(key => new AesGcm(key, TagLength))];

        public IncrementalHash[] Index { get; } = [.. keys.Index.Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))];

        public IncrementalHash Ids { get; } = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Signing.Ids);

        public IncrementalHash[] Button { get; } = [.. buttonKeys.Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))];

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
