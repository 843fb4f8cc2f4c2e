using System.Net;
using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Office;

/// <summary>What officers do on the pages: the same capabilities as in the chat, once however often a button is pressed, and the person told.</summary>
public sealed class ActsTests
{
    [Fact]
    public async Task An_applicant_is_asked_approved_and_told()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var applicant = await ApplicantAsync(office);
        // No channel of this process: what is said to them waits in the outbox.
        await office.WriteAsync(db => Task.FromResult(db.Add(new ChannelAddress
        {
            Channel = "console",
            Address = office.Vault.Seal("wawan"),
            AddressIndex = office.Vault.Index("address:console", "wawan"),
            PersonId = applicant.PersonId,
            LastSeenUtc = office.Time.UtcNow,
        })));
        var browser = await office.SignInAsync("treasurer");
        using (await browser.GetAsync("/office/pendaftar"))
            Assert.Contains("Wawan Kurniawan", browser.Page, StringComparison.Ordinal);
        using (await browser.GetAsync($"/office/pendaftar/{applicant.Id}"))
        {
            Assert.Contains("3374**********11", browser.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("3374141806909911", browser.Page, StringComparison.Ordinal);
        }
        using (var asked = await browser.PressAsync($"/office/pendaftar/{applicant.Id}/tanya", ("question", "RT berapa di KTP?")))
            Assert.Equal($"/office/pendaftar/{applicant.Id}?kabar=ditanya", asked.Headers.Location!.OriginalString);
        using (await browser.GetAsync($"/office/pendaftar/{applicant.Id}"))
        using (var approved = await browser.PressAsync($"/office/pendaftar/{applicant.Id}/setujui"))
            Assert.Equal("/office/pendaftar?kabar=disetujui", approved.Headers.Location!.OriginalString);
        Assert.Equal(MemberStatus.Approved, (await ApplicantAsync(office)).Status);
        Assert.Equal(2, await office.CountAsync($"SELECT COUNT(*) FROM outbox WHERE conversation_id = {applicant.PersonId}"));
        Assert.Equal(1, await office.CountAsync($"SELECT COUNT(*) FROM audit_log WHERE act = 'members.approve' AND subject = 'member:{applicant.Id}'"));

        using (var late = await browser.PostAsync($"/office/pendaftar/{applicant.Id}/tolak", ("token", await TokenAsync(browser)), ("act", "n"), ("reason", "terlambat")))
            Assert.Equal("/office/pendaftar?kabar=sudah", late.Headers.Location!.OriginalString);
        Assert.Equal(MemberStatus.Approved, (await ApplicantAsync(office)).Status);
    }

    [Fact]
    public async Task The_same_nik_and_the_same_name_are_shown_beside_an_application()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var applicant = await ApplicantAsync(office);
        await office.WriteAsync(async db =>
        {
            var neighbour = await db.Set<Member>().SingleAsync(row => row.CooperativeId == applicant.CooperativeId && row.Number == 1);
            neighbour.FullName = office.Vault.Seal("WAWAN  KURNIAWAN");
            db.Add(new Member
            {
                PersonId = applicant.PersonId,
                CooperativeId = 5,
                Status = MemberStatus.Left,
                FullName = office.Vault.Seal("Rahasia Orang"),
                Nik = applicant.Nik,
                NikIndex = applicant.NikIndex,
                Phone = applicant.Phone,
                Address = applicant.Address,
                AppliedUtc = office.Time.UtcNow,
            });
        });
        var browser = await office.SignInAsync("officer");
        using var shown = await browser.GetAsync($"/office/pendaftar/{applicant.Id}");
        Assert.Contains("nama sama", browser.Page, StringComparison.Ordinal);
        Assert.Contains("NIK sama", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rahasia Orang", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deposit_is_booked_once_however_often_the_form_is_sent()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("officer");
        using (await browser.GetAsync("/office/setoran?cari=Sri+Wahyuni"))
        using (await browser.PressAsync("/office/setoran/hitung", ("said", "1 bulan")))
            Assert.Contains("Rp10.000", browser.Page, StringComparison.Ordinal);
        (string, string)[] form =
            [.. new[] { "token", "act", "payer", "kind", "months", "from", "amount" }.Select(name => (name, name is "token" ? browser.Hidden(name) : Last(browser, name)))];
        var before = await office.CountAsync("SELECT COUNT(*) FROM journal_entries WHERE kind = 'wajib_received'");
        foreach (var words in new[] { "Bukti", "tidak dibukukan dua kali" })
        {
            using var booked = await browser.PostAsync("/office/setoran", form);
            Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        }
        Assert.Equal(before + 1, await office.CountAsync("SELECT COUNT(*) FROM journal_entries WHERE kind = 'wajib_received'"));
    }

    [Fact]
    public async Task An_order_is_handed_over_by_its_whole_code_only()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var order = await PlaceAsync(office);
        var browser = await office.SignInAsync("warehouse");
        foreach (var (code, words) in new[] { (RunningNumberOf(order), "kode lengkapnya"), ($"{RunningNumberOf(order)}-AAAA", "tidak cocok"), ("9999-ACDE", "Tidak ada pesanan") })
        {
            using (await browser.GetAsync("/office/serah"))
            using (await browser.PressAsync("/office/serah/cari", ("code", code)))
                Assert.Contains(words, browser.Page, StringComparison.Ordinal);
            using var forced = await browser.PostAsync("/office/serah", ("token", await TokenAsync(browser)), ("act", code), ("code", code));
            Assert.Contains("tidak menunggu lagi", browser.Page, StringComparison.Ordinal);
        }
        using (await browser.GetAsync("/office/serah"))
        using (await browser.PressAsync("/office/serah/cari", ("code", PickupCode.Text(order.Number!.Value, order.Code!))))
            Assert.Contains("Terima uang Rp35.000", browser.Page, StringComparison.Ordinal);
        using (await browser.PressAsync("/office/serah"))
            Assert.Contains("sudah diserahkan", browser.Page, StringComparison.Ordinal);
        Assert.Equal(1, await office.CountAsync($"SELECT COUNT(*) FROM orders WHERE id = {order.Id} AND status = 'handed_over'"));
    }

    [Fact]
    public async Task A_sale_to_somebody_is_booked_and_a_file_with_bad_lines_changes_nothing()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var browser = await office.SignInAsync("warehouse");
        using (await browser.GetAsync("/office/jual"))
        using (await browser.PressAsync("/office/jual/hitung", ("sentence", "gula 2 kg"), ("buyer", ""), ("tier", "non_member")))
            Assert.Contains("Rp35.000", browser.Page, StringComparison.Ordinal);
        using (await browser.PressAsync("/office/jual", ("paid", "cash")))
            Assert.Contains("Terjual, nomor 0001", browser.Page, StringComparison.Ordinal);

        var before = (await office.CountAsync("SELECT COUNT(*) FROM prices"), await office.CountAsync("SELECT COUNT(*) FROM stock_movements"));
        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync("/office/barang.csv", "file", "barang,satuan,isi,harga,tambah_stok\nGula pasir,,,17000,10\nBeras SPHP,,,99000,\nTelur ayam,,,murah,\nKecap manis,,,8000,\n"))
        {
            Assert.Contains("3 baris bermasalah", browser.Page, StringComparison.Ordinal);
            foreach (var line in new[] { "Baris 3", "Baris 4", "Baris 5" })
                Assert.Contains(line, browser.Page, StringComparison.Ordinal);
        }
        Assert.Equal(before, (await office.CountAsync("SELECT COUNT(*) FROM prices"), await office.CountAsync("SELECT COUNT(*) FROM stock_movements")));

        using (await browser.GetAsync("/office/barang"))
        using (await browser.UploadAsync("/office/barang.csv", "file", "barang;satuan;isi;harga;tambah_stok\nGula pasir;;;17000;10\nTelur ayam;;;28500;\nKecap manis;botol;600 ml;8000;12\n"))
            Assert.Contains("2 barang diperbarui", browser.Page, StringComparison.Ordinal);
        var shelf = await office.ReadAsync(db => Shelf.ListAsync(db, 159, office.Time.UtcNow, CancellationToken.None));
        Assert.Equal((17_000L, 68_000L), (shelf.Single(item => item.Product.Name == "Gula pasir").PriceRupiah!.Value, shelf.Single(item => item.Product.Name == "Gula pasir").OnHandMilli));
        Assert.Equal(12_000, shelf.Single(item => item.Product.Name == "Kecap manis").OnHandMilli);
    }

    [Fact]
    public async Task An_announcement_is_shown_before_it_is_sent_and_can_be_halted_by_its_own_officers_only()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await office.AgreeToNewsAsync("member");
        var browser = await office.SignInAsync("warehouse");
        using (await browser.GetAsync("/office/pengumuman"))
        using (await browser.PressAsync("/office/pengumuman/lihat", ("text", "{nama}, telur datang besok."), ("who", "members"), ("query", ""), ("button", "none")))
            Assert.Contains("Bu Sri, telur datang besok.", browser.Page, StringComparison.Ordinal);
        using var sent = await browser.PressAsync("/office/pengumuman", ("when", "morning"));
        var place = sent.Headers.Location!.OriginalString.Split('?')[0];
        using (await browser.GetAsync(place))
            Assert.Contains("dijadwalkan", browser.Page, StringComparison.Ordinal);

        var other = await office.SignInAsync(OfficeUnderTest.OtherChair);
        using (var seen = await other.GetAsync(place))
            Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        using (await other.PostAsync(place, ("token", await TokenAsync(other)), ("act", "a"), ("do", "stop")))
        using (await browser.GetAsync(place))
            Assert.Contains("dijadwalkan", browser.Page, StringComparison.Ordinal);
        using (await browser.PressAsync(place, ("do", "stop")))
        using (await browser.GetAsync(place))
            Assert.Contains("dihentikan", browser.Page, StringComparison.Ordinal);
    }

    private static Task<Member> ApplicantAsync(OfficeUnderTest office) => office.ReadAsync(async db =>
    {
        byte[] index = office.Vault.Index("nik", "3374141806909911");
        return await db.Set<Member>().AsNoTracking().SingleAsync(row => row.NikIndex == index && row.Status != MemberStatus.Left);
    });

    private static async Task<string> TokenAsync(OfficeBrowser browser)
    {
        using var page = await browser.GetAsync("/office");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser.Hidden("token");
    }

    // The form that books stands behind those of the frame around the page.
    private static string Last(OfficeBrowser browser, string field)
    {
        var after = browser.Page[browser.Page.IndexOf("action=\"/office/setoran\"", StringComparison.Ordinal)..];
        var at = after.IndexOf($"name=\"{field}\" value=\"", StringComparison.Ordinal) + field.Length + 15;
        return after[at..after.IndexOf('"', at)];
    }

    private static string RunningNumberOf(Order order) => KkmpBot.Cooperatives.RunningNumber.Text(order.Number!.Value);

    private static async Task<Order> PlaceAsync(OfficeUnderTest office)
    {
        var caller = await office.CallerAsync("member");
        await office.WriteAsync(async db =>
        {
            var member = await db.Set<Member>().SingleAsync(row => row.Id == caller.MemberId);
            var sugar = await db.Set<Product>().SingleAsync(row => row.CooperativeId == member.CooperativeId && row.Name == "Gula pasir");
            var order = new Order
            {
                CooperativeId = member.CooperativeId,
                MemberId = member.Id,
                PersonId = member.PersonId,
                NikIndex = member.NikIndex,
                Status = OrderStatus.Placed,
                Number = 77,
                Code = "K7PX",
                TotalRupiah = 35_000,
                ChangedUtc = office.Time.UtcNow,
                PlacedUtc = office.Time.UtcNow,
                KeptUntilUtc = office.Time.UtcNow.AddDays(2),
                ActKey = "test",
            };
            db.Add(order);
            await db.SaveChangesAsync();
            db.Add(new OrderLine { OrderId = order.Id, ProductId = sugar.Id, QuantityMilli = 2_000, PriceRupiah = 17_500 });
            await db.Set<StockLevel>().Where(row => row.ProductId == sugar.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReservedMilli, 2_000L));
        });
        return await office.ReadAsync(db => db.Set<Order>().AsNoTracking().SingleAsync(row => row.Number == 77));
    }
}
