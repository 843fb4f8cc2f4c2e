using System.Globalization;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using KkmpBot.Programs.WasteBank;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>A weighing that was booked.</summary>
/// <param name="Day">When it was weighed.</param>
/// <param name="Member">The member's number; nobody's name stands in a list that hangs open on a counter.</param>
/// <param name="What">Materials and weights.</param>
/// <param name="Rupiah">What was credited.</param>
public sealed record WeighedLine(DateOnly Day, string Member, string What, long Rupiah);

/// <summary>The waste bank.</summary>
/// <param name="Materials">As <c>waste.prices</c> lists them.</param>
/// <param name="Year">Kilograms of this year by material.</param>
/// <param name="Latest">The last weighings.</param>
/// <param name="Quote">A weighing to be confirmed, and what was said; null before.</param>
/// <param name="Who">Says which forms belong on the page.</param>
public sealed record WasteModel(
    IReadOnlyList<RecordValue> Materials, IReadOnlyList<ChartBar> Year, IReadOnlyList<WeighedLine> Latest, (RecordValue Record, string Said)? Quote, SignedIn Who);

/// <summary>The waste bank at the counter: weighed and booked, priced, sold on, by the capabilities of the chat.</summary>
internal static class WastePages
{
    /// <summary>The longest sentence of what lies on the scales.</summary>
    public const int MaxLength = 200;

    private const string Place = "/office/sampah";
    private const int MostLatest = 15;

    /// <summary>Shows it.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, null, null);

    /// <summary>Prices what lies on the scales.</summary>
    public static async Task QuoteAsync(OfficeCall call)
    {
        string said = TypedText.Clean(call.Field("said"));
        var quoted = await call.DoAsync("waste.quote", ("number", Carried.Text(TypedText.Clean(call.Field("number")))), ("said", Carried.Text(said)));
        await (quoted.Name == "quoted" ? ShowAsync(call, (quoted.Record(), said), null) : ShowAsync(call, null, PageLine.Bad(Why(quoted.Name))));
    }

    /// <summary>Books it.</summary>
    public static async Task WeighAsync(OfficeCall call)
    {
        if (!long.TryParse(call.Field("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out long amount))
        {
            call.GoTo(Place, "salah");
            return;
        }
        var weighed = await call.DoOnceAsync(
            "waste.weigh", ("number", Carried.Text(call.Field("number"))), ("said", Carried.Text(call.Field("said"))), ("amount", new MoneyValue(amount)));
        await ShowAsync(call, null, weighed?.Name switch
        {
            "weighed" => PageLine.Good(
                $"Tercatat, bukti {weighed.Record().Text("code")}: {weighed.Record().Text("name")}, {Written.Rp(weighed.Record().Rupiah("amount"))}. Anggota sudah dikabari."),
            null => PageLine.Bad("Formulir ini sudah dikirim tadi; tidak dicatat dua kali."),
            _ => PageLine.Bad("Harga atau anggotanya baru saja berubah, jadi belum ada yang dicatat. Hitung lagi, ya."),
        });
    }

    /// <summary>Sets what a kilogram brings from today on.</summary>
    public static async Task SetPriceAsync(OfficeCall call)
    {
        var set = await call.DoAsync("waste.set_price", ("material", Carried.Text(call.Field("material"))), ("price", Carried.Text(TypedText.Clean(call.Field("price")))));
        call.GoTo(Place, set.Name switch { "set" => "harga", "unclear" => "salah", _ => "tidak_boleh" });
    }

    /// <summary>Sells what lies in store to a dealer.</summary>
    public static async Task SellAsync(OfficeCall call)
    {
        var money = RupiahReader.Read(call.Field("money"));
        var sold = money is null ? new Outcome("unclear") : await call.DoOnceAsync(
            "waste.sell", ("material", Carried.Text(call.Field("material"))), ("kilograms", Carried.Text(TypedText.Clean(call.Field("kilograms")))),
            ("money", new MoneyValue(money.Value)));
        call.GoTo(Place, sold?.Name switch { "unclear" => "salah", "too_much" => "kurang", "not_allowed" => "tidak_boleh", _ => "dicatat" });
    }

    /// <summary>Lets a member weigh for their neighbourhood, or no longer.</summary>
    public static async Task AppointAsync(OfficeCall call)
    {
        var appointed = await call.DoOnceAsync("waste.appoint", ("number", Carried.Text(TypedText.Clean(call.Field("number")))));
        call.GoTo(Place, appointed?.Name switch
        {
            "appointed" => "ditunjuk",
            "dismissed" => "dicabut",
            "no_member" => "bukan_anggota",
            "not_allowed" => "tidak_boleh",
            _ => "dicatat",
        });
    }

    /// <summary>Why something on the scales cannot be booked.</summary>
    /// <param name="problem">As <c>waste.quote</c> names it.</param>
    public static string Why(string problem) => problem switch
    {
        "no_member" => "Tidak ada anggota dengan nomor itu di koperasi ini.",
        "other_unit" => "Semua ditimbang dalam kg, bukan biji atau liter.",
        "too_fine" => "Timbangan dibaca paling halus 0,1 kg.",
        "no_price" => "Ada bahan yang harganya belum ditetapkan. Tetapkan dulu di bawah.",
        "not_allowed" => "Peran Bapak/Ibu tidak boleh melakukan ini.",
        _ => "Isinya belum terbaca. Tulis nama bahannya, lalu beratnya: kardus 2,5 kg, besi 1 kg.",
    };

    private static async Task ShowAsync(OfficeCall call, (RecordValue, string)? quote, PageLine? line)
    {
        var materials = await call.DoAsync("waste.prices");
        await call.PageAsync<WasteView, WasteModel>(
            "Bank sampah", new WasteModel(materials.Items(), await YearAsync(call), await LatestAsync(call), quote, call.Who), line);
    }

    private static async Task<IReadOnlyList<ChartBar>> YearAsync(OfficeCall call)
    {
        var since = new DateOnly(call.Today.Year, 1, 1);
        var sums = await call.Db.Set<WasteDeposit>().Where(row => row.CooperativeId == call.CooperativeId && row.WeighedOn >= since)
            .Join(call.Db.Set<WasteLine>(), row => row.Id, line => line.DepositId, (_, line) => line)
            .GroupBy(line => line.Material).Select(same => new { same.Key, Tenths = same.Sum(line => line.Tenths) })
            .ToDictionaryAsync(sum => sum.Key, sum => sum.Tenths, call.Gone);
        return
        [
            .. sums.OrderByDescending(sum => sum.Value)
                .Select(sum => new ChartBar(WasteMaterials.Name(sum.Key), sum.Value, $"{WasteMaterials.Kilograms(sum.Value)} kg")),
        ];
    }

    private static async Task<IReadOnlyList<WeighedLine>> LatestAsync(OfficeCall call)
    {
        var deposits = await call.Db.Set<WasteDeposit>().AsNoTracking().Include(row => row.Lines)
            .Where(row => row.CooperativeId == call.CooperativeId).OrderByDescending(row => row.WeighedOn).ThenByDescending(row => row.Id).Take(MostLatest)
            .ToListAsync(call.Gone);
        long[] ids = [.. deposits.Select(row => row.MemberId).Distinct()];
        var numbers = await call.Db.Set<Member>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, call.Gone);
        return
        [
            .. deposits.Select(row => new WeighedLine(
                row.WeighedOn, numbers[row.MemberId] is { } number ? RunningNumber.Text(number) : "–",
                string.Join(", ", row.Lines.Select(line => $"{WasteMaterials.Name(line.Material)} {WasteMaterials.Kilograms(line.Tenths)} kg")), row.Rupiah)),
        ];
    }
}
