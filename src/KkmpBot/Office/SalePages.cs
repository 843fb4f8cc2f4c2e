using System.Globalization;
using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;
using KkmpBot.Orders;
using KkmpBot.Prices;

namespace KkmpBot.Office;

/// <summary>A sale at the counter.</summary>
/// <param name="Sentence">As typed.</param>
/// <param name="Tier">Whose prices.</param>
/// <param name="Buyer">The register number; empty for somebody who is no member.</param>
/// <param name="Quote">What it comes to; null before.</param>
public sealed record SaleModel(string Sentence, string Tier, string Buyer, RecordValue? Quote);

/// <summary>Selling without an order, to anybody: the same sentence as in the chat.</summary>
internal static class SalePages
{
    /// <summary>Asks what is sold.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, new SaleModel("", PriceTier.NonMember, "", null), null);

    /// <summary>Prices it.</summary>
    public static async Task QuoteAsync(OfficeCall call)
    {
        string sentence = call.Field("sentence"), buyer = call.Field("buyer");
        string tier = buyer.Length > 0 ? PriceTier.Member : call.Field("tier") == PriceTier.Kiosk ? PriceTier.Kiosk : PriceTier.NonMember;
        List<(string, Value)> arguments = [("sentence", Carried.Text(sentence)), ("tier", Carried.Text(tier))];
        if (buyer.Length > 0)
            arguments.Add(("buyer", Carried.Text(buyer)));
        var quoted = await call.DoAsync("counter.quote", [.. arguments]);
        var model = new SaleModel(sentence, tier, buyer, quoted.Name is "quoted" or "quoted_in_part" ? quoted.Record() : null);
        await ShowAsync(call, model, quoted.Name switch
        {
            "quoted" => null,
            "quoted_in_part" or "refused" => PageLine.Bad(quoted.Record().Text("words")),
            "unknown_buyer" => PageLine.Bad("Nomor anggota itu tidak ada."),
            _ => PageLine.Bad("Barangnya belum terbaca. Tulis misalnya: gula 2 kg, telur setengah kilo."),
        });
    }

    /// <summary>Sells it.</summary>
    public static async Task SellAsync(OfficeCall call)
    {
        if (!long.TryParse(call.Field("total"), NumberStyles.None, CultureInfo.InvariantCulture, out long total) || !PriceTier.All.Contains(call.Field("tier")))
        {
            await ShowAsync(call, new SaleModel(call.Field("sentence"), PriceTier.NonMember, "", null), PageLine.Bad("Formulirnya tidak lengkap. Hitung lagi, ya."));
            return;
        }
        var sold = await call.DoOnceAsync(
            "counter.sell", ("sentence", Carried.Text(call.Field("sentence"))), ("tier", Carried.Text(call.Field("tier"))),
            ("buyer", Carried.Text(call.Field("buyer"))), ("total", new MoneyValue(total)),
            ("paid", Carried.Text(call.Field("paid") == PaymentWay.Qris ? PaymentWay.Qris : PaymentWay.Cash)));
        var now = sold is { Name: "changed" } && sold.Record().List("lines").Count > 0 ? sold.Record() : null;
        var again = new SaleModel(call.Field("sentence"), call.Field("tier"), call.Field("buyer"), now);
        await (sold?.Name switch
        {
            "sold" => ShowAsync(
                call, new SaleModel("", PriceTier.NonMember, "", null),
                PageLine.Good($"Terjual, nomor {sold.Record().Text("no")}: {Written.Rp(sold.Record().Rupiah("total"))} dibukukan.")),
            null => ShowAsync(call, again, PageLine.Bad("Formulir ini sudah dikirim tadi; tidak dijual dua kali.")),
            _ => ShowAsync(call, again, PageLine.Bad("Stok atau harganya berubah sejak dihitung. Periksa lagi.")),
        });
    }

    private static Task ShowAsync(OfficeCall call, SaleModel model, PageLine? line) => call.PageAsync<SaleView, SaleModel>("Jual di gerai", model, line);
}
