using System.Net;
using KkmpBot.Announcements;
using KkmpBot.Catalog;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Office;

/// <summary>Pictures of announcements and goods, given on the pages: only such as a chat can show, and small.</summary>
public sealed class PictureTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly (string, string)[] Words = [("text", "Telur datang besok."), ("who", "members"), ("query", ""), ("button", "none")];

    [Fact]
    public async Task An_announcement_keeps_its_picture_until_it_is_taken_away()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await office.AgreeToNewsAsync("member");
        var browser = await office.SignInAsync("warehouse");
        foreach (var (bytes, problem) in new[] { (new byte[] { 1, 2, 3 }, true), (new byte[Announcement.MaxPictureBytes + 1], true), (Png, false) })
        {
            using (await browser.GetAsync("/office/pengumuman"))
            using (await browser.UploadAsync("/office/pengumuman/lihat", "picture", bytes, Words))
                Assert.Equal(problem, browser.Page.Contains("Gambarnya PNG atau JPEG, paling besar 200 KB", StringComparison.Ordinal));
        }
        var place = $"/office/pengumuman/{browser.Hidden("announcement")}/gambar";
        Assert.Contains($"src=\"{place}\"", browser.Page, StringComparison.Ordinal);
        using (await browser.PressAsync("/office/pengumuman/lihat", [.. Words, ("text", "Telur datang lusa.")]))
            Assert.Contains($"src=\"{place}\"", browser.Page, StringComparison.Ordinal);
        using (var shown = await browser.GetAsync(place))
        {
            Assert.Equal("image/png", shown.Content.Headers.ContentType?.MediaType);
            Assert.Equal(Png, await shown.Content.ReadAsByteArrayAsync());
        }
        using (var others = await (await office.SignInAsync(OfficeUnderTest.OtherChair)).GetAsync(place))
            Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);

        using (await browser.GetAsync("/office/pengumuman"))
        using (await browser.UploadAsync("/office/pengumuman/lihat", "picture", Png, Words))
        using (await browser.PressAsync("/office/pengumuman/lihat", [.. Words, ("without", "ya")]))
            Assert.DoesNotContain(place, browser.Page, StringComparison.Ordinal);
        Assert.Equal(0, await office.CountAsync("SELECT COUNT(*) FROM announcement_pictures"));
    }

    [Fact]
    public async Task An_article_gets_its_picture_from_those_who_move_its_goods()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("warehouse");
        var article = await office.ReadAsync(db => db.Set<Product>().Where(row => row.CooperativeId == 159).Select(row => row.Id).FirstAsync());
        var place = $"/office/barang/{article}/gambar";
        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync(place, "picture", [1, 2, 3]))
            Assert.Contains("Gambarnya PNG atau JPEG", browser.Page, StringComparison.Ordinal);
        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync(place, "picture", Png))
            Assert.Equal(1, await office.CountAsync($"SELECT COUNT(*) FROM product_pictures WHERE product_id = {article} AND mime_type = 'image/png'"));
    }
}
