using System.Globalization;
using System.Text;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Writes money as official Indonesian does: "Rp12.500", no space, dots between thousands.</summary>
public static class Rupiah
{
    /// <summary>Writes an amount; negative ones as "-Rp12.500".</summary>
    /// <param name="rupiah">Whole rupiah.</param>
    public static string Write(long rupiah)
    {
        // Through decimal, since the smallest long has no positive counterpart.
        var digits = Math.Abs((decimal)rupiah).ToString(CultureInfo.InvariantCulture);
        var written = new StringBuilder(rupiah < 0 ? "-Rp" : "Rp");
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0)
            {
                written.Append('.');
            }

            written.Append(digits[i]);
        }

        return written.ToString();
    }
}
