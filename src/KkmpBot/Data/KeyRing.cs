using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Data;

/// <summary>
/// The keys for what is not about a person, or lives for days only: signatures of the web chat's tokens and of buttons, and the indexes of platforms'
/// ids. They stay when the master key is renewed, so that nobody is logged out and no update is taken twice.
/// </summary>
/// <param name="Ids">Indexes platforms' ids and one-time codes.</param>
/// <param name="WebToken">Signs the web chat's tokens.</param>
/// <param name="Button">Signs buttons, until their key is replaced apart.</param>
public sealed record SigningKeys(byte[] Ids, byte[] WebToken, byte[] Button)
{
    /// <summary>Those of the first master key.</summary>
    /// <param name="masterKey">32 bytes.</param>
    public static SigningKeys Of(byte[] masterKey) =>
        new(KeyRing.Derive(masterKey, "index"), KeyRing.Derive(masterKey, "web token"), KeyRing.Derive(masterKey, "button"));

    /// <summary>Never the keys.</summary>
    public override string ToString() => nameof(SigningKeys);
}

/// <summary>The master keys that this program knows. The first seals and indexes; what another sealed is opened, and found by its index, until it is renewed.</summary>
/// <param name="Masters">Each 32 bytes; the active one first.</param>
/// <param name="Signing">What does not change with them; null for that of the last.</param>
public sealed record KeyRing(IReadOnlyList<byte[]> Masters, SigningKeys? Signing = null)
{
    /// <summary>How many master keys are known at once: the active one, the one before, and the next one that is not used yet.</summary>
    public const int MaxMasters = 3;

    /// <summary>Derives a key for one use from a master key (HKDF-SHA-256).</summary>
    /// <param name="masterKey">32 bytes.</param>
    /// <param name="use">seal, index, button, web token or id.</param>
    internal static byte[] Derive(byte[] masterKey, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: Encoding.ASCII.GetBytes($"kkmp {use}"));

    /// <summary>Never the keys.</summary>
    public override string ToString() => nameof(KeyRing);
}
