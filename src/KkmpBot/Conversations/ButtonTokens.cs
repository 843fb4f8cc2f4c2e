using System.Buffers.Text;
using System.Security.Cryptography;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>What a button stands for: one option of one turn's question in one conversation.</summary>
/// <param name="ConversationId">Whose button it is.</param>
/// <param name="TurnNumber">The turn whose reply carried it; pressed in a later turn it is stale.</param>
/// <param name="Option">The option's place in that reply, from 0.</param>
public sealed record PressedButton(long ConversationId, int TurnNumber, int Option);

/// <summary>
/// Makes and reads the tokens behind buttons: fixed-width fields and a truncated HMAC, base64url, 32 characters. Telegram allows
/// 64 bytes of button data and lets modified clients send any, so nothing in a token is believed without its signature.
/// </summary>
/// <param name="vault">Holds the signing keys: the newest signs, and the one before it is still accepted.</param>
public sealed class ButtonTokens(Vault vault)
{
    private const int BodyLength = sizeof(long) + sizeof(int) + sizeof(short);
    private const int SignatureLength = 10;

    /// <summary>The token of an option.</summary>
    /// <param name="button">What the button stands for.</param>
    public string Write(PressedButton button)
    {
        Span<byte> token = stackalloc byte[BodyLength + SignatureLength];
        BitConverter.TryWriteBytes(token, button.ConversationId);
        BitConverter.TryWriteBytes(token[sizeof(long)..], button.TurnNumber);
        BitConverter.TryWriteBytes(token[(sizeof(long) + sizeof(int))..], checked((short)button.Option));
        vault.SignButton(0, token[..BodyLength], token[BodyLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token; null when it was not written by us.</summary>
    /// <param name="token">As the platform handed it back.</param>
    public PressedButton? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[BodyLength + SignatureLength];
        if (token.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written)
            || written != bytes.Length)
            return null;
        return IsSigned(bytes[..BodyLength], bytes[BodyLength..])
            ? new PressedButton(BitConverter.ToInt64(bytes), BitConverter.ToInt32(bytes[sizeof(long)..]), BitConverter.ToInt16(bytes[(sizeof(long) + sizeof(int))..]))
            : null;
    }

    private bool IsSigned(ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureLength];
        var isSigned = false;
        for (var key = 0; key < vault.ButtonKeys.Count; key++)
        {
            vault.SignButton(key, body, expected);
            isSigned |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }
        return isSigned;
    }
}
