using System.Xml.Linq;
using KkmpBot.Alerts;
using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Prices;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Prices;

/// <summary>Price lists as files, the last weeks of an article, and what is drawn of them.</summary>
public sealed class PriceHistoryTests
{
    [Fact]
    public async Task A_price_list_is_taken_whole_or_not_at_all()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        await shop.ArticleAsync("telur", 28_000, 5);
        await shop.ArticleAsync("minyakita", 15_000, 5, "botol", holds: ("l", 1));

        var bad = await ApplyAsync(shop, officer, "barang;harga\ntelur 1;Rp27.500\nminyakita 2;16000\nsepeda;1\ntelur 1;x\ntelur 1;28000;\n");
        Assert.Equal([3, 4, 5, 6], bad.Problems.Select(problem => problem.Line));
        Assert.Contains("Rp15.700", bad.Problems[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, await shop.ReadAsync(turn => turn.Db.Set<Price>().CountAsync()));

        var good = await ApplyAsync(shop, officer, "Barang,Harga,Golongan\nTELUR 1,27.500,\nminyakita 2,15000,anggota\nTelur 1,28500,umum\n");
        Assert.Equal((2, 1), (good.Changed, good.Same));
        Assert.Equal([27_500L], await shop.ReadAsync(turn => turn.Db.Set<PriceEvent>().Select(row => row.Rupiah).ToListAsync()));
    }

    [Fact]
    public async Task The_last_weeks_are_told_by_the_day_for_one_kilogram()
    {
        await using var shop = await Shop.OpenAsync();
        var rice = await shop.ArticleAsync("beras_premium", 70_000, 5, "pak", holds: ("kg", 5));
        var id = long.Parse(rice, System.Globalization.CultureInfo.InvariantCulture);
        await shop.WriteAsync(turn => turn.Db.Add(new Price { ProductId = id, Rupiah = 65_000, FromUtc = shop.UtcNow.AddDays(-40), Source = "pengurus" }));
        await shop.WriteAsync(turn => turn.Db.Add(new MarketPrice { Goods = "beras_premium", Day = Wib.Day(shop.UtcNow).AddDays(-8), Rupiah = 15_000, Market = "M", Source = "S" }));

        var history = await shop.ReadAsync(async turn => await PriceHistory.ReadAsync(
            turn.Db, await turn.Db.Set<Product>().SingleAsync(), "M", shop.UtcNow, CancellationToken.None));

        Assert.Equal(Wib.Day(shop.UtcNow), history.FirstDay.AddDays(PriceHistory.Days - 1));
        Assert.Equal((null, 13_000L, 14_000L), (history.Own[0], history.Own[^3], history.Own[^1]));
        // Known for a week, and then no more.
        Assert.Equal((null, 15_000L, 15_000L, null), (history.Market[^10], history.Market[^9], history.Market[^3], history.Market[^1]));
        Assert.Equal("+Rp1.000 (+8%)", history.Trend());
        Assert.Equal("▁▁▁▁▁█", history.Sparkline());
        var drawn = XDocument.Parse(System.Text.Encoding.UTF8.GetString(PriceChart.Draw("Beras <&> premium", "kg", history)!.Bytes));
        Assert.Equal("svg", drawn.Root!.Name.LocalName);
    }

    [Theory]
    [InlineData(12_000, 14_000, "-Rp2.000 (-14%)")]
    [InlineData(14_000, 12_000, "+Rp2.000 (+17%)")]
    [InlineData(12_000, 12_000, "Rp0 (0%)")]
    public void Differences_are_written_with_their_sign(long price, long than, string written) => Assert.Equal(written, PriceHistory.Difference(price, than));

    [Fact]
    public async Task A_drawing_becomes_a_picture_where_that_can_be_done_and_nothing_where_not()
    {
        var drawings = new Drawings(NullLogger<Drawings>.Instance);
        var svg = """<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>""";
        var picture = await drawings.ToPictureAsync(new OutboundFile("harga.svg", OutboundFile.Drawing, System.Text.Encoding.UTF8.GetBytes(svg)), CancellationToken.None);
        var isInstalled = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "rsvg-convert")));
        Assert.Equal(isInstalled ? "harga.png" : null, picture?.Name);
        if (picture is not null)
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture.Bytes[..4]);
        Assert.Null(await drawings.ToPictureAsync(new OutboundFile("x.svg", OutboundFile.Drawing, "no drawing"u8.ToArray()), CancellationToken.None));
    }

    private static async Task<PriceListReport> ApplyAsync(Shop shop, KkmpBot.Conversations.Caller officer, string list)
    {
        PriceListReport? report = null;
        await shop.Test.TurnAsync(officer, async turn => report = await PriceFile.ApplyAsync(turn, list, CancellationToken.None), shop.UtcNow);
        return report!;
    }
}
