using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Cooperatives;

public sealed class ReferenceDataTests
{
    [Fact]
    public async Task A_fresh_database_has_the_177_cooperatives()
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        await test.TurnAsync(caller, async turn =>
        {
            var all = await turn.Db.Set<Cooperative>().OrderBy(cooperative => cooperative.Id).ToListAsync();
            Assert.Equal(177, all.Count);
            Assert.Equal(16, all.Select(cooperative => cooperative.Kecamatan).Distinct().Count());
            Assert.Equal(all.Select(cooperative => cooperative.Code), all.Select(cooperative => cooperative.Code).Order(StringComparer.Ordinal));
            var jatisari = Assert.Single(all, cooperative => cooperative.Code == "33.74.14.1013");
            Assert.Equal(("KKMP Jatisari", "Mijen", "50275", -7.068995, 110.305528),
                (jatisari.Name, jatisari.Kecamatan, jatisari.PostalCode, jatisari.Latitude, jatisari.Longitude));
        });
    }

    [Theory]
    [InlineData("Purwosari", "Mijen", "Semarang Utara")]
    [InlineData("Mangunharjo", "Tembalang", "Tugu")]
    public void Two_names_occur_twice(string kelurahan, params string[] kecamatan) =>
        Assert.Equal(kecamatan, KelurahanFile.Lines
            .Where(line => line.Kelurahan == kelurahan).Select(line => line.Kecamatan).Order(StringComparer.Ordinal));
}
