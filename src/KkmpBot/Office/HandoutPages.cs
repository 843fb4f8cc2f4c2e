using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>An order on the counter.</summary>
/// <param name="Order">What is to be handed over; null before it is found.</param>
/// <param name="Code">As typed.</param>
public sealed record HandoutModel(RecordValue? Order, string Code);

/// <summary>Handing over by the code that the member says or shows.</summary>
internal static class HandoutPages
{
    /// <summary>Asks for the code.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, null, "", null);

    /// <summary>Finds the order of a code.</summary>
    public static async Task FindAsync(OfficeCall call)
    {
        string code = call.Field("code");
        var found = await call.DoAsync("orders.find_to_hand_over", ("order", Carried.Text(code)));
        await (found.Name switch
        {
            "with_code" => ShowAsync(call, found.Record(), code, null),
            "found" => ShowAsync(call, null, "", PageLine.Bad("Mohon ketik kode lengkapnya, nomor dan empat huruf, misalnya 0231-K7PX. Tanpa kode, serahkan lewat chat.")),
            "wrong_code" => ShowAsync(call, null, "", PageLine.Bad("Huruf kodenya tidak cocok dengan pesanan itu.")),
            "fetched_before" => ShowAsync(call, null, "", PageLine.Bad("Pesanan itu sudah diambil.")),
            _ => ShowAsync(call, null, "", PageLine.Bad("Tidak ada pesanan yang menunggu dengan kode itu.")),
        });
    }

    /// <summary>Hands it over; the code goes along once more, so that the number alone opens nothing.</summary>
    public static async Task HandOverAsync(OfficeCall call)
    {
        string code = call.Field("code");
        var done = await call.InTurnAsync(async (turn, ct) =>
        {
            var found = await call.CallAsync(turn, "orders.find_to_hand_over", ct, ("order", Carried.Text(code)));
            if (found.Name != "with_code" || !await call.IsFirstAsync(turn, ct))
                return found.Name;
            return (await call.CallAsync(turn, "orders.hand_over", ct, ("order", Carried.Text(code)))).Name;
        });
        await ShowAsync(call, null, "", done switch
        {
            "handed_over" => PageLine.Good("Pesanan sudah diserahkan, penjualannya dibukukan, dan pembeli sudah dikabari."),
            "not_paid" => PageLine.Bad("Pembayaran QRIS-nya belum masuk. Periksa di mutasi rekening dulu."),
            _ => PageLine.Bad("Pesanan itu tidak menunggu lagi."),
        });
    }

    private static Task ShowAsync(OfficeCall call, RecordValue? order, string code, PageLine? line) =>
        call.PageAsync<HandoutView, HandoutModel>("Serahkan pesanan", new HandoutModel(order, code), line);
}
