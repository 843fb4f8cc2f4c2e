using KkmpBot.Catalog;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Imports;
using KkmpBot.Office.Pages;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>An article with what a market asks for the same.</summary>
/// <param name="Item">As on the shelf.</param>
/// <param name="MarketRupiah">The latest market price for one unit of it; null where none is known.</param>
/// <param name="MarketDay">Of which day.</param>
public sealed record GoodsLine(ShelfItem Item, long? MarketRupiah, DateOnly? MarketDay);

/// <summary>The shelf.</summary>
/// <param name="Lines">By name.</param>
/// <param name="Market">Which market is compared with; null for none.</param>
/// <param name="MayChange">True for those who move goods.</param>
/// <param name="Problems">Lines of a file that cannot be taken over.</param>
public sealed record GoodsModel(IReadOnlyList<GoodsLine> Lines, string? Market, bool MayChange, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Our price beside the market's, for articles that have both: the dearest against the market first.</summary>
    public IReadOnlyList<PricePair> AgainstMarket =>
    [
        .. Lines.Where(line => line is { MarketRupiah: > 0, Item: { OnSale: true, PriceRupiah: not null } })
            .Select(line => new PricePair(line.Item.Product.Name, line.Item.PriceRupiah!.Value, line.MarketRupiah!.Value))
            .OrderByDescending(pair => pair.OwnRupiah * 100 / pair.MarketRupiah),
    ];
}

/// <summary>Stock and prices: edited in place.</summary>
internal static class GoodsPages
{
    private const string Anyway = "tetap";

    /// <summary>Shows the shelf.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, null, []);

    /// <summary>Shows the shelf with what a file said.</summary>
    public static async Task ShowAsync(OfficeCall call, PageLine? line, IReadOnlyList<ImportProblem> problems)
    {
        var shelf = await Shelf.ListAsync(call.Db, call.CooperativeId, call.UtcNow, call.Gone);
        string[] goods = [.. shelf.Select(item => item.Product.Goods).Distinct()];
        var latest = await call.Db.Set<MarketPrice>().AsNoTracking()
            .Where(row => goods.Contains(row.Goods)
                && row.Day == call.Db.Set<MarketPrice>().Where(other => other.Goods == row.Goods && other.Market == row.Market).Max(other => other.Day))
            .ToListAsync(call.Gone);
        var market = latest.OrderByDescending(row => row.Day).DistinctBy(row => row.Goods).ToDictionary(row => row.Goods);
        var lines = shelf.Select(item => market.TryGetValue(item.Product.Goods, out var price)
            ? new GoodsLine(item, price.Rupiah * item.Product.BaseMilli / Quantities.Milli, price.Day)
            : new GoodsLine(item, null, null));
        var model = new GoodsModel([.. lines], latest.FirstOrDefault()?.Market, call.Who.May(Right.MoveGoods), problems);
        await call.PageAsync<GoodsView, GoodsModel>("Barang dan harga", model, line);
    }

    /// <summary>Sets the members' price of an article.</summary>
    public static async Task SetPriceAsync(OfficeCall call)
    {
        if (RupiahReader.Read(call.Field("price")) is not (> 0 and <= Price.MaxRupiah and var rupiah))
        {
            call.GoTo("/office/barang", "salah");
            return;
        }
        (string, Value)[] arguments = [("product", Carried.Text(call.Route("id"))), ("tier", Carried.Text(PriceTier.Member)), ("price", new MoneyValue(rupiah))];
        var set = await call.InTurnAsync(async (turn, ct) =>
        {
            var outcome = await call.CallAsync(turn, "prices.set", ct, arguments);
            return outcome.Name == "above_reference" && call.Field("anyway") == Anyway ? await call.CallAsync(turn, "prices.set_anyway", ct, arguments) : outcome;
        });
        if (set.Name is not ("too_dear" or "above_reference"))
        {
            call.GoTo("/office/barang", set.Name == "set" ? "harga" : "tidak_boleh");
            return;
        }
        var (name, highest) = (set.Record().Text("name"), Written.Rp(set.Record().Rupiah("highest")));
        await ShowAsync(call, PageLine.Bad(set.Name == "too_dear"
            ? $"Tidak bisa: {name} paling tinggi {highest}. {set.Record().Text("words")}"
            : $"{name} {Written.Rp(rupiah)} di atas harga acuan {highest}. Kalau memang begitu, centang \"di atas acuan\" lalu simpan lagi."), []);
    }

    /// <summary>Sets what an article looks like.</summary>
    public static async Task SetPictureAsync(OfficeCall call)
    {
        var bytes = await call.BytesAsync("picture", ProductPicture.MaxBytes);
        if (bytes is null || Channels.OutboundFile.PictureKindOf(bytes) is null)
        {
            await ShowAsync(call, PageLine.Bad($"Gambarnya PNG atau JPEG, paling besar {ProductPicture.MaxBytes / 1024} KB."), []);
            return;
        }
        call.GoTo("/office/barang", await call.InTurnAsync((turn, ct) => ProductPicture.SetAsync(turn, call.Id, bytes, ct)) ? "dicatat" : "tidak_boleh");
    }

    /// <summary>Notes a delivery.</summary>
    public static async Task ReceiveAsync(OfficeCall call)
    {
        List<(string, Value)> arguments = [("product", Carried.Text(call.Route("id"))), ("quantity", Carried.Text(TypedText.Clean(call.Field("quantity"))))];
        long? cost = RupiahReader.Read(call.Field("cost")) is { } read and > 0 and <= Price.MaxRupiah ? read : null;
        arguments.Add(("paid", Carried.Text(cost is null ? "unknown" : call.Field("paid") == "cash" ? "cash" : "later")));
        if (cost is { } each)
            arguments.Add(("unit_cost", new MoneyValue(each)));
        var received = await call.DoOnceAsync("catalog.receive", [.. arguments]);
        call.GoTo("/office/barang", received?.Name switch
        {
            "received" => "stok",
            null => "dicatat",
            "not_allowed" => "tidak_boleh",
            "consigned" => "titipan",
            _ => "salah",
        });
    }

    /// <summary>The day of a market's price, in words.</summary>
    public static string MarketNote(GoodsLine line) =>
        line is { MarketRupiah: { } rupiah, MarketDay: { } day } ? $"{Written.Rp(rupiah)}, {Written.Day(day)}" : "–";
}
