using System.Security.Cryptography;
using KkmpBot.Channels;
using KkmpBot.Cooperatives;
using QRCoder;

namespace KkmpBot.Orders;

/// <summary>
/// What a member says or shows at the counter: the order's number and four letters that nobody can guess from the number. They are read
/// out by older people and typed by an officer, so no letter looks like another.
/// </summary>
public static class PickupCode
{
    /// <summary>"0231-K7PX"; numbers of a busy cooperative may be longer.</summary>
    public const int MaxLength = 15;

    private const int Letters = 4;
    private const string Alphabet = "ACDEFHJKLMNPRTUVWXY3479";
    private const int PixelsPerModule = 10;

    /// <summary>New letters for an order; one of them at least is no digit, since digits alone behind a number would be read as part of it.</summary>
    public static string New()
    {
        string code;
        do
            code = RandomNumberGenerator.GetString(Alphabet, Letters);
        while (code.All(char.IsAsciiDigit));
        return code;
    }

    /// <summary>Number and letters as they are shown: "0231-K7PX".</summary>
    /// <param name="number">The order's number.</param>
    /// <param name="code">Its letters.</param>
    public static string Text(int number, string code) => $"{RunningNumber.Text(number)}-{code}";

    /// <summary>Reads a code, or a number alone, as people type it: "0231 k7px", "231", "#0231-K7PX".</summary>
    /// <param name="text">As typed.</param>
    /// <returns>The number, and the letters when they were typed; null when it is neither.</returns>
    public static (int Number, string? Letters)? Read(string text)
    {
        var signs = text.ToUpperInvariant().Where(sign => char.IsAsciiLetterOrDigit(sign)).ToArray();
        var plain = new string(signs);
        if (RunningNumber.Read(plain) is { } number && plain.Length <= MaxLength - Letters)
            return (number, null);
        if (plain.Length <= Letters || plain.Length > MaxLength)
            return null;
        var letters = plain[^Letters..];
        return RunningNumber.Read(plain[..^Letters]) is { } before && letters.All(Alphabet.Contains) ? (before, letters) : null;
    }

    /// <summary>The code as a picture that the officer's phone reads.</summary>
    /// <param name="number">The order's number.</param>
    /// <param name="code">Its letters.</param>
    public static OutboundFile Picture(int number, string code) =>
        new($"pesanan-{RunningNumber.Text(number)}.png", "image/png", Draw(Text(number, code)));

    /// <summary>Draws any text as a QR code.</summary>
    /// <param name="text">The text.</param>
    internal static byte[] Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }
}
