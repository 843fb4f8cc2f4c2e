using KkmpBot.Catalog;
using KkmpBot.Programs.Partners;

namespace KkmpBot.Tests.Office;

/// <summary>The shelf as a file for spreadsheets.</summary>
public sealed class GoodsFileTests
{
    private const int Jatisari = 159;

    [Fact]
    public async Task A_name_that_begins_like_a_formula_is_harmless_in_the_file_and_the_same_when_it_comes_back()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("warehouse");
        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync("/office/barang.csv", "file", "barang,satuan,isi,harga,tambah_stok\n=Gula aren,pak,1 kg,20000,\n@Kopi,pak,1 kg,30000,\n"))
            Assert.Contains("2 barang diperbarui", browser.Page, StringComparison.Ordinal);
        string file;
        using (await browser.GetAsync("/office/barang.csv"))
            file = browser.Page.TrimStart('\uFEFF');
        Assert.Contains("\n'=Gula aren,", file, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Split('\n'), line => line is ['=' or '@' or '+' or '-', ..]);
        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync("/office/barang.csv", "file", file))
            Assert.Contains("Berkasnya sama", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goods_on_consignment_are_not_received_by_file_or_form()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var id = (await office.ReadAsync(db => Shelf.ListAsync(db, Jatisari, office.Time.UtcNow, CancellationToken.None))).Single(item => item.Product.Name == "Telur ayam").Product.Id;
        await office.WriteAsync(async db =>
        {
            var partner = db.Add(new Partner { CooperativeId = Jatisari, Kind = SupplierKind.Bumd, Name = office.Vault.Seal("PD Pangan") }).Entity;
            await db.SaveChangesAsync();
            db.Add(new Consignment
            {
                PartnerId = partner.Id,
                CooperativeId = Jatisari,
                Name = "Telur ayam",
                Unit = "kg",
                PriceRupiah = 28_500,
                Percent = 5,
                Status = ConsignmentStatus.Approved,
                ProductId = id,
            });
        });
        var before = await office.CountAsync("SELECT COUNT(*) FROM stock_movements");
        var browser = await office.SignInAsync("warehouse");
        using (await browser.GetAsync("/office/barang"))
        using (var received = await browser.PressAsync($"/office/barang/{id}/stok", ("quantity", "5"), ("cost", "25000"), ("paid", "cash")))
            Assert.Equal("/office/barang?kabar=titipan", received.Headers.Location!.OriginalString);
        using (await browser.GetAsync("/office/barang?kabar=titipan"))
            Assert.Contains("barang titipan mitra", browser.Page, StringComparison.Ordinal);
        using (await browser.UploadAsync("/office/barang.csv", "file", "barang,satuan,isi,harga,tambah_stok,harga_beli\nTelur ayam,,,28500,5,25000\n"))
            Assert.Contains("1 baris bermasalah", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, await office.CountAsync("SELECT COUNT(*) FROM stock_movements"));
    }
}
