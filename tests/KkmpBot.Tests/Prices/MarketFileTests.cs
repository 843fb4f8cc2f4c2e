using KkmpBot.Alerts;
using KkmpBot.Prices;
using KkmpBot.Tests.Alerts;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Prices;

/// <summary>The panel's files with their traps, and what an import of them changes.</summary>
public sealed class MarketFileTests
{
    private const string Heading = "Timestamp,ID,Komoditas,Satuan,Harga,Harga Kemarin,Tanggal Kemarin,Gap,Gap Persen,Gap Perubahan\n";

    [Fact]
    public void The_real_file_is_read_whole()
    {
        var reading = MarketFile.Read(File.ReadAllText(Repository.Folder("tests/prices/harga-bapanas-bandung-2025.csv")));
        Assert.Empty(reading.Problems);
        Assert.Equal(1625, reading.Quotes.Count + reading.NoData);
        // Four commodities were never looked at; the others miss a day or two.
        Assert.Equal(21, reading.Quotes.Select(quote => quote.Goods).Distinct().Count());
        Assert.DoesNotContain(reading.Quotes, quote => quote.Rupiah == 0);
        Assert.Contains(new MarketQuote("beras_premium", new DateOnly(2025, 9, 13), 16_000), reading.Quotes);
        Assert.Contains(reading.Quotes, quote => quote.Goods == "cabai_merah_besar");
    }

    [Theory]
    [InlineData("2025-09-13,1,Telur Ayam Ras,Rp./Kg,29000", 29_000)]
    [InlineData("13-9-2025,1,Telur Ayam Ras,Rp/kg,29000", 29_000)]
    [InlineData("13-09-2025,1,Telur Ayam Ras,Rp/Kg,29000", 29_000)]
    [InlineData("13/09/2025,1,Telur Ayam Ras,Rp./Liter,29000", 29_000)]
    public void Days_and_units_come_in_several_spellings(string line, long rupiah) =>
        Assert.Equal([new MarketQuote("telur", new DateOnly(2025, 9, 13), rupiah)], MarketFile.Read(Heading + line).Quotes);

    [Theory]
    [InlineData("2025-13-09,1,Telur Ayam Ras,Rp./Kg,29000")]
    [InlineData("2025-09-13,1,Telur Ayam Ras,Rp./Ekor,29000")]
    [InlineData("2025-09-13,1,Telur Ayam Ras,Rp./Kg,-5")]
    [InlineData("2025-09-13,1,Telur Ayam Ras,Rp./Kg,99999999999")]
    [InlineData("2025-09-13,1,,Rp./Kg,29000")]
    [InlineData("2025-09-13,1,Telur Ayam Ras,Rp./Kg,29000\n13-9-2025,1,Telur Ayam Ras,Rp./Kg,28000")]
    [InlineData("\"2025-09-13,1")]
    public void What_cannot_be_read_is_named_and_nothing_thrown(string line) => Assert.NotEmpty(MarketFile.Read(Heading + line).Problems);

    [Fact]
    public void Zero_is_no_price() => Assert.Equal(1, MarketFile.Read(Heading + "2025-09-13,1,Telur Ayam Ras,Rp./Kg,0").NoData);

    [Fact]
    public async Task Only_what_is_new_is_written_and_only_a_latest_price_that_moved_is_a_job()
    {
        await using var town = await AlertTown.OpenAsync();
        MarketQuote Eggs(int day, long rupiah) => new("telur", new DateOnly(2025, 9, day), rupiah);
        foreach (var (quotes, change) in new (MarketQuote[], MarketChange)[]
        {
            ([Eggs(13, 29_000), Eggs(14, 29_500)], new MarketChange(2, 0, 1)),
            ([Eggs(13, 29_000), Eggs(14, 29_500)], new MarketChange(0, 0, 0)),
            ([Eggs(12, 20_000)], new MarketChange(1, 0, 0)),
            ([Eggs(15, 29_500)], new MarketChange(1, 0, 0)),
            ([Eggs(15, 29_700)], new MarketChange(0, 1, 1)),
            ([], new MarketChange(0, 0, 0)),
        })
            await town.WriteAsync(async db => Assert.Equal(change, await ImportMarket.ApplyAsync(db, quotes, "Kota Bandung", "Bapanas", town.Time.UtcNow, CancellationToken.None)));
        Assert.Equal([29_500, 29_700], await town.ReadAsync(db => db.Set<PriceEvent>().OrderBy(row => row.Id).Select(row => row.Rupiah).ToListAsync()));
    }
}
