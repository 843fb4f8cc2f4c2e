using System.Globalization;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>A deposit on its way: who, how much, booked.</summary>
/// <param name="Payers">Those who were found; empty before a search.</param>
/// <param name="Search">What was searched for.</param>
/// <param name="Quote">The deposit to be confirmed; null before.</param>
/// <param name="Receipt">What was booked; null before.</param>
public sealed record DepositModel(IReadOnlyList<RecordValue> Payers, string Search, RecordValue? Quote, RecordValue? Receipt)
{
    /// <summary>Never whom was looked for.</summary>
    public override string ToString() => nameof(DepositModel);
}

/// <summary>Deposits at the counter, by the capabilities of the chat: find, quote, book.</summary>
internal static class DepositPages
{
    /// <summary>Searches for the payer.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        string search = TypedText.Clean(call.Query("cari"));
        if (search.Length == 0)
        {
            await ShowAsync(call, new DepositModel([], "", null, null), null);
            return;
        }
        var found = await call.DoAsync("savings.find_payer", ("text", Carried.Text(search)));
        await (found.Name == "found"
            ? ShowAsync(call, new DepositModel(found.Items(), search, null, null), null)
            : ShowAsync(call, new DepositModel([], search, null, null), PageLine.Bad("Tidak ketemu. Coba nomor anggota, nomor HP, atau namanya.")));
    }

    /// <summary>Prices what is paid.</summary>
    public static async Task QuoteAsync(OfficeCall call)
    {
        var payer = call.Field("payer");
        var quoted = await call.DoAsync("savings.quote", ("payer", Carried.Text(payer)), ("said", Carried.Text(TypedText.Clean(call.Field("said")))));
        await (quoted.Name == "quoted"
            ? ShowAsync(call, new DepositModel([], "", quoted.Record(), null), null)
            : ShowAsync(call, new DepositModel([], "", null, null), PageLine.Bad(Why(quoted.Name))));
    }

    /// <summary>Books it.</summary>
    public static async Task BookAsync(OfficeCall call)
    {
        if (!long.TryParse(call.Field("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out long amount)
            || !long.TryParse(call.Field("months"), NumberStyles.None, CultureInfo.InvariantCulture, out long months))
        {
            await ShowAsync(call, new DepositModel([], "", null, null), PageLine.Bad("Formulirnya tidak lengkap. Ulangi dari mencari anggota."));
            return;
        }
        var booked = await call.DoOnceAsync(
            "savings.receive", ("payer", Carried.Text(call.Field("payer"))), ("kind", Carried.Text(call.Field("kind"))),
            ("months", new WholeValue(months)), ("from", Carried.Text(call.Field("from"))), ("amount", new MoneyValue(amount)));
        await ShowAsync(call, new DepositModel([], "", null, booked is { Name: "received" or "entered" } ? booked.Record() : null), booked?.Name switch
        {
            "received" => PageLine.Good("Setoran sudah dibukukan dan penyetornya sudah dikabari."),
            "entered" => PageLine.Good("Setoran sudah dibukukan. Pendaftar kini resmi menjadi anggota dan sudah dikabari."),
            null => PageLine.Bad("Formulir ini sudah dikirim tadi; tidak dibukukan dua kali."),
            _ => PageLine.Bad("Keadaannya sudah berubah sejak dihitung. Hitung lagi, ya."),
        });
    }

    private static Task ShowAsync(OfficeCall call, DepositModel model, PageLine? line) => call.PageAsync<DepositView, DepositModel>("Terima setoran", model, line);

    private static string Why(string problem) => problem switch
    {
        "too_much" => "Lebih besar daripada yang harus dibayar.",
        "not_next" => "Bulan wajib dibayar berurutan, mulai dari yang paling lama.",
        "sukarela_off" => "Koperasi ini belum menerima simpanan sukarela.",
        _ => "Jumlahnya tidak terbaca. Tulis misalnya 50.000, 2 bulan, atau sukarela 20rb.",
    };
}
