using System.Globalization;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>A volunteer's slips being written.</summary>
/// <param name="Volunteer">The volunteer's register number, as typed.</param>
/// <param name="Day">d0 for today to d3.</param>
/// <param name="Said">The slips, as typed.</param>
/// <param name="Batch">What was read, to be confirmed; null before.</param>
/// <param name="IsNew">True when there is something to book.</param>
public sealed record SlipsModel(string Volunteer, string Day, string Said, RecordValue? Batch, bool IsNew);

/// <summary>The slips of a volunteer of the waste bank, typed at the counter: a slip is booked once, whoever writes it.</summary>
internal static class WasteSlipPages
{
    /// <summary>The longest text of slips, as in the chat.</summary>
    public const int MaxLength = OfficeCall.MaxFieldLength;

    private const string Place = "/office/sampah/nota";

    /// <summary>The days that slips may still be written for.</summary>
    public static IReadOnlyList<(string Key, string Label)> Days { get; } = [("d0", "Hari ini"), ("d1", "Kemarin"), ("d2", "Dua hari lalu"), ("d3", "Tiga hari lalu")];

    /// <summary>The empty form.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, new SlipsModel("", Days[0].Key, "", null, false), null);

    /// <summary>Reads the slips and sums them up.</summary>
    public static async Task ReadAsync(OfficeCall call)
    {
        var typed = Typed(call);
        var read = await call.DoAsync("waste.read_batch", Arguments(typed));
        await (read.Name == "not_volunteer"
            ? ShowAsync(call, typed, PageLine.Bad("Anggota dengan nomor itu bukan petugas bank sampah RW koperasi ini."))
            : ShowAsync(call, typed with { Batch = read.Record(), IsNew = read.Name == "read" }, null));
    }

    /// <summary>Books them.</summary>
    public static async Task BookAsync(OfficeCall call)
    {
        var typed = Typed(call);
        if (!long.TryParse(call.Field("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out long amount))
        {
            call.GoTo(Place, "salah");
            return;
        }
        var booked = await call.DoOnceAsync("waste.book_batch", [.. Arguments(typed), ("amount", new MoneyValue(amount))]);
        if (booked?.Name == "changed")
            await ShowAsync(call, typed, PageLine.Bad("Harga atau catatannya baru saja berubah, jadi belum ada yang dicatat. Baca lagi, ya."));
        else
            call.GoTo(Place, booked is null ? "dicatat" : "nota");
    }

    private static SlipsModel Typed(OfficeCall call) => new(
        TypedText.Clean(call.Field("volunteer")), Days.Select(day => day.Key).FirstOrDefault(key => key == call.Field("day")) ?? Days[0].Key,
        TypedText.Clean(call.Field("said")), null, false);

    private static (string, Value)[] Arguments(SlipsModel typed) =>
        [("volunteer", Carried.Text(typed.Volunteer)), ("day", Carried.Text(typed.Day)), ("said", Carried.Text(typed.Said))];

    private static Task ShowAsync(OfficeCall call, SlipsModel model, PageLine? line) => call.PageAsync<SlipsView, SlipsModel>("Nota petugas RW", model, line);
}
