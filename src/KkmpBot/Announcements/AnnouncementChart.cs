using System.Globalization;
using System.Text;
using KkmpBot.Channels;

namespace KkmpBot.Announcements;

/// <summary>Draws where the people of an announcement are, as bars; whoever hands it over makes a picture of it.</summary>
public static class AnnouncementChart
{
    private const int Width = 640;
    private const int RowHeight = 44;
    private const int Left = 190;
    private const int BarWidth = 360;

    /// <summary>The drawing; null for nobody.</summary>
    /// <param name="count">The report's numbers.</param>
    public static OutboundFile? Draw(AnnouncementCount count)
    {
        (string Words, int Number, string Colour)[] bars =
        [
            ("sampai", count.Reached, "#2e7d32"), ("menunggu", count.Held + count.Queued + count.Sending, "#f9a825"), ("gagal", count.Failed + count.Unknown, "#b71c1c"),
            ("diblokir", count.Blocked, "#6d4c41"), ("tidak dikirim", count.Skipped + count.Withdrawn, "#757575"),
        ];
        if (count.People == 0)
            return null;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{(bars.Length * RowHeight) + 20}" font-family="DejaVu Sans, sans-serif" font-size="18">
            <rect width="100%" height="100%" fill="#ffffff"/>
            """);
        for (var i = 0; i < bars.Length; i++)
        {
            var (y, width) = (10 + (i * RowHeight), bars[i].Number == 0 ? 0 : Math.Max(3, BarWidth * bars[i].Number / count.People));
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left - 12}" y="{y + 26}" text-anchor="end" fill="#222222">{bars[i].Words}</text>
                <rect x="{Left}" y="{y + 6}" width="{width}" height="{RowHeight - 14}" fill="{bars[i].Colour}"/>
                <text x="{Left + width + 10}" y="{y + 26}" fill="#222222">{bars[i].Number}</text>
                """);
        }
        svg.Append("</svg>");
        return new OutboundFile("laporan.svg", OutboundFile.Drawing, Encoding.UTF8.GetBytes(svg.ToString()));
    }
}
