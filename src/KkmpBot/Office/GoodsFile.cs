using System.Globalization;
using System.Text;
using CsvHelper;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Imports;
using KkmpBot.Papers;
using KkmpBot.Prices;
using KkmpBot.Programs.Partners;

namespace KkmpBot.Office;

/// <summary>
/// The shelf as a file, out and in again: <c>barang,satuan,isi,harga,tambah_stok,harga_beli</c>. A line names an article; a price that differs is
/// set, an amount is added to the stock, an article that is new is added. Every bad line is named, and with one of them nothing is taken over.
/// </summary>
internal static class GoodsFile
{
    private static readonly string[] Headings = ["barang", "harga"];
    private static readonly string[] Columns = ["barang", "satuan", "isi", "harga", "stok_sekarang", "tambah_stok", "harga_beli"];

    /// <summary>Gives the file.</summary>
    public static async Task GiveAsync(OfficeCall call)
    {
        var shelf = await Shelf.ListAsync(call.Db, call.CooperativeId, call.UtcNow, call.Gone);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteRecord([.. Columns]);
            foreach (var item in shelf)
            {
                csv.WriteRecord(
                [
                    CsvCell.Harmless(item.Product.Name), CsvCell.Harmless(item.Product.Unit), $"{Quantities.Text(item.Product.BaseMilli)} {item.Product.BaseUnit}",
                    item.PriceRupiah?.ToString(CultureInfo.InvariantCulture) ?? "", Quantities.Text(item.OnHandMilli), "", "",
                ]);
            }
        }
        await call.FileAsync("barang.csv", "text/csv; charset=utf-8", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    /// <summary>Takes a file: all of it or nothing.</summary>
    public static async Task TakeAsync(OfficeCall call)
    {
        if (await call.FileAsync("file") is not { } content)
        {
            call.GoTo("/office/barang", "kosong");
            return;
        }
        var problems = new List<ImportProblem>();
        var lines = CsvLine.Read(content, Headings, problems);
        int changed = problems.Count > 0 ? 0 : await call.InTurnAsync(async (turn, ct) =>
        {
            problems.Clear();
            var wanted = new List<Wanted>();
            var shelf = await Shelf.ListAsync(turn.Db, call.CooperativeId, turn.UtcNow, ct);
            foreach (var line in lines)
            {
                var (want, problem) = await ReadAsync(turn, shelf, line, ct);
                if (problem is not null)
                    problems.Add(new ImportProblem(line.Number, problem));
                else if (want is not null && wanted.Exists(other => string.Equals(other.Name, want.Name, StringComparison.OrdinalIgnoreCase)))
                    problems.Add(new ImportProblem(line.Number, $"{want.Name} disebut dua kali"));
                else if (want is not null)
                    wanted.Add(want);
            }
            if (problems.Count > 0 || !await call.IsFirstAsync(turn, ct))
                return 0;
            for (var i = 0; i < wanted.Count; i++)
            {
                turn.ActKey = $"{turn.ActKey.Split('#')[0]}#{i}";
                await WriteAsync(call, turn, wanted[i], ct);
            }
            return wanted.Count;
        });
        var notice = problems.Count > 0
            ? PageLine.Bad($"{problems.Count} baris bermasalah; tidak ada yang diambil. Perbaiki lalu unggah lagi.")
            : PageLine.Good(changed == 0 ? "Berkasnya sama dengan yang ada; tidak ada yang berubah." : $"{changed} barang diperbarui.");
        await GoodsPages.ShowAsync(call, notice, problems);
    }

    // What a line would change; null when nothing.
    private static async Task<(Wanted? Wanted, string? Problem)> ReadAsync(Turn turn, IReadOnlyList<ShelfItem> shelf, CsvLine line, CancellationToken ct)
    {
        string name = CsvCell.Plain(line["barang"]);
        if (name.Length is 0 or > Product.MaxNameLength)
            return (null, $"nama barang 1 sampai {Product.MaxNameLength} huruf");
        if (Rupiah(line["harga"]) is not (> 0 and <= Price.MaxRupiah and var price))
            return (null, "harga bukan rupiah bulat");
        long? cost = line["harga_beli"].Length == 0 ? null : Rupiah(line["harga_beli"]);
        if (line["harga_beli"].Length > 0 && cost is null or <= 0 or > Price.MaxRupiah)
            return (null, "harga beli bukan rupiah bulat");
        var item = shelf.FirstOrDefault(row => string.Equals(row.Product.Name, name, StringComparison.OrdinalIgnoreCase));
        if (item is null && (line["satuan"].Length is 0 or > 10 || QuantityReader.Read(line["isi"]) is null))
            return (null, $"{name} belum ada di toko; untuk barang baru isi juga satuan dan isi, misalnya pak dan 5 kg");
        if (line["tambah_stok"] is { Length: > 0 } more && item is not null && SaidQuantity.Read(more, item.Product).Problem is not null)
            return (null, $"tambah stok tidak terbaca sebagai jumlah {item.Product.Unit}");
        if (line["tambah_stok"].Length > 0 && item is not null && await ConsignedSales.IsConsignedAsync(turn.Db, item.Product.Id, ct))
            return (null, $"{name} barang titipan mitra; catat yang datang lewat chat, ketik mitra");
        if (item is not null && item.PriceRupiah != price && await CeilingAsync(turn, item.Product, price, ct) is { } dear)
            return (null, dear);
        return item is not null && item.PriceRupiah == price && line["tambah_stok"].Length == 0
            ? (null, null)
            : (new Wanted(item?.Product.Name ?? name, item, price, CsvCell.Plain(line["satuan"]), line["isi"], line["tambah_stok"], cost), null);
    }

    private static async Task<string?> CeilingAsync(Turn turn, Product product, long rupiah, CancellationToken ct)
    {
        var rules = await GoodsRules.InForceAsync(turn.Db, [product.Goods], turn.UtcNow, ct);
        foreach (var kind in new[] { RuleKind.Ceiling, RuleKind.Reference })
        {
            if (rules.Find(product.Goods, kind) is { } rule && rupiah > GoodsRules.RupiahPerUnit(rule, product))
                return $"harga di atas {(kind == RuleKind.Ceiling ? "batas" : "acuan")} {Written.Rp(GoodsRules.RupiahPerUnit(rule, product))}";
        }
        return null;
    }

    private static async Task WriteAsync(OfficeCall call, Turn turn, Wanted wanted, CancellationToken ct)
    {
        string? key = wanted.Item?.Product.Id.ToString(CultureInfo.InvariantCulture);
        if (wanted.Item is null)
        {
            Require(await call.CallAsync(turn, "catalog.add", ct,
                ("name", Carried.Text(wanted.Name)), ("unit", Carried.Text(wanted.Unit)), ("holds", Carried.Text(wanted.Holds)),
                ("supplier", Carried.Text("unknown")), ("spoils", new YesNoValue(false)), ("price", new MoneyValue(wanted.PriceRupiah))), "added");
            var shelf = await Shelf.ListAsync(turn.Db, call.CooperativeId, turn.UtcNow, ct);
            key = shelf.Single(item => item.Product.Name == wanted.Name).Product.Id.ToString(CultureInfo.InvariantCulture);
        }
        else if (wanted.Item.PriceRupiah != wanted.PriceRupiah)
        {
            Require(await call.CallAsync(turn, "prices.set", ct,
                ("product", Carried.Text(key!)), ("tier", Carried.Text(PriceTier.Member)), ("price", new MoneyValue(wanted.PriceRupiah))), "set");
        }
        if (wanted.More.Length == 0)
            return;
        List<(string, Value)> arguments =
        [
            ("product", Carried.Text(key!)), ("quantity", Carried.Text(wanted.More)), ("paid", Carried.Text(wanted.CostRupiah is null ? "unknown" : "later")),
        ];
        if (wanted.CostRupiah is { } cost)
            arguments.Add(("unit_cost", new MoneyValue(cost)));
        Require(await call.CallAsync(turn, "catalog.receive", ct, [.. arguments]), "received");
    }

    // Checked a moment ago in the same transaction: anything else undoes the whole file.
    private static void Require(Outcome outcome, string expected)
    {
        if (outcome.Name != expected)
            throw new InvalidOperationException($"A line of a file of goods ended as {outcome.Name}.");
    }

    private static long? Rupiah(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long plain) ? plain : RupiahReader.Read(text);

    private sealed record Wanted(string Name, ShelfItem? Item, long PriceRupiah, string Unit, string Holds, string More, long? CostRupiah);
}
