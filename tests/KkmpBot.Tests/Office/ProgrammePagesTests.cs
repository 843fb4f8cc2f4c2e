using System.Net;
using KkmpBot.Alerts;
using KkmpBot.Members;
using KkmpBot.Programs.Instructed;
using KkmpBot.Programs.Trainings;
using KkmpBot.Programs.WasteBank;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Office;

/// <summary>Alerts, trainings, waste bank, the instructed and signing up at the counter, on the pages: what the chat does, by the same capabilities.</summary>
public sealed class ProgrammePagesTests
{
    [Fact]
    public async Task Followed_prices_are_counted_and_a_handful_is_not()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var product = await office.ReadAsync(db => db.Set<KkmpBot.Catalog.Product>().AsNoTracking().SingleAsync(row => row.CooperativeId == 159 && row.Name == "Gula pasir"));
        await office.WriteAsync(db =>
        {
            for (var person = 1; person <= 7; person++)
                db.Add(Follow(product.Id, 159, person, person <= 6 ? AlertKind.Below : AlertKind.InStock, 16_000 + person));
            db.Add(Follow(product.Id, 159, 1, AlertKind.AtMost, 15_000));
            db.Add(Follow(product.Id, 158, 8, AlertKind.Above, 20_000));
            return Task.CompletedTask;
        });
        var browser = await office.SignInAsync("supervisor");
        using var page = await browser.GetAsync("/office/pantauan");
        Assert.Contains(
            "<strong>Gula pasir</strong><span>turun 6, ada lagi <5</span>", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("16.00", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chair_holds_a_training_and_hands_out_certificates_to_those_who_came()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var chair = await office.SignInAsync("officer");
        (string, string)[] form = [("title", "Pembukuan sederhana"), ("day", "2026-11-23"), ("place", "09.00 di balai kelurahan"), ("capacity", "20")];
        using (await chair.GetAsync("/office/pelatihan"))
        using (await chair.PressAsync("/office/pelatihan", [.. form[..1], ("day", "2026-11-01"), .. form[2..]]))
        {
            Assert.Contains("sudah lewat", chair.Page, StringComparison.Ordinal);
            Assert.Contains("value=\"Pembukuan sederhana\"", chair.Page, StringComparison.Ordinal);
        }
        using (var setUp = await chair.PressAsync("/office/pelatihan", form))
            Assert.Equal("/office/pelatihan?kabar=dicatat", setUp.Headers.Location!.OriginalString);
        var member = await office.CallerAsync("member");
        var training = await office.ReadAsync(db => db.Set<Training>().AsNoTracking().SingleAsync());
        await office.WriteAsync(db => Task.FromResult(db.Add(new TrainingSeat { TrainingId = training.Id, MemberId = member.MemberId!.Value, Status = TrainingSeat.Signed })));
        long seat = await office.ReadAsync(db => db.Set<TrainingSeat>().Select(row => row.Id).SingleAsync());
        var (place, paper) = ($"/office/pelatihan/{training.Id}", $"/office/pelatihan/sertifikat/{seat}");
        using (var early = await chair.GetAsync(paper))
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        using (await chair.GetAsync(place))
        using (var marked = await chair.PressAsync(place))
            Assert.Equal($"{place}?kabar=hadir", marked.Headers.Location!.OriginalString);
        using (var certificate = await chair.GetAsync(paper))
            Assert.Equal("application/pdf", certificate.Content.Headers.ContentType!.MediaType);
        foreach (var role in new[] { OfficeUnderTest.OtherChair, "city" })
        {
            var other = await office.SignInAsync(role);
            foreach (var path in new[] { place, paper })
            {
                using var refused = await other.GetAsync(path);
                Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Waste_is_weighed_priced_and_sold_and_a_slip_is_booked_once_whoever_writes_it()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var chair = await office.SignInAsync("officer");
        using (await chair.GetAsync("/office/sampah"))
        using (await chair.PressAsync("/office/sampah/hitung", ("number", "5"), ("said", "kardus 2,5 kg, besi 1 kg")))
            Assert.Contains("Rp9.500", chair.Page, StringComparison.Ordinal);
        using (await chair.PressAsync("/office/sampah"))
            Assert.Contains("Tercatat, bukti", chair.Page, StringComparison.Ordinal);
        using (await chair.PressAsync("/office/sampah/harga", ("material", "besi"), ("price", "6000")))
        using (await chair.GetAsync("/office/sampah"))
        {
            Assert.Contains("kardus 2,5 kg, besi 1 kg", chair.Page, StringComparison.Ordinal);
            Assert.Contains("Rp6.000", chair.Page, StringComparison.Ordinal);
        }
        using (var over = await chair.PressAsync("/office/sampah/jual", ("material", "besi"), ("kilograms", "2"), ("money", "20000")))
            Assert.Equal("/office/sampah?kabar=kurang", over.Headers.Location!.OriginalString);

        (string, string)[] slips = [("volunteer", "6"), ("day", "d0"), ("said", "#1 0005 kardus 2 #2 0006 besi 1")];
        using (await chair.GetAsync("/office/sampah/nota"))
        using (await chair.PressAsync("/office/sampah/nota/baca", slips))
            Assert.Contains("bukan petugas bank sampah", chair.Page, StringComparison.Ordinal);
        using (await chair.GetAsync("/office/sampah"))
        using (var appointed = await chair.PressAsync("/office/sampah/petugas", ("number", "6")))
            Assert.Equal("/office/sampah?kabar=ditunjuk", appointed.Headers.Location!.OriginalString);
        for (var again = 0; again < 2; again++)
        {
            using (await chair.GetAsync("/office/sampah/nota"))
            using (await chair.PressAsync("/office/sampah/nota/baca", slips))
                Assert.Contains(again == 0 ? "2 nota, 3 kg" : "Tidak ada nota baru", chair.Page, StringComparison.Ordinal);
            if (again == 0)
            {
                using var booked = await chair.PressAsync("/office/sampah/nota");
                Assert.Equal("/office/sampah/nota?kabar=nota", booked.Headers.Location!.OriginalString);
            }
        }
        Assert.Equal(3, await office.CountAsync("SELECT COUNT(*) FROM waste_deposits"));
        Assert.Equal(1, await office.ReadAsync(db => db.Set<WasteVolunteer>().CountAsync()));
    }

    [Fact]
    public async Task Somebody_at_the_counter_is_signed_up_with_their_consent_and_waits_for_the_board()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var warehouse = await office.SignInAsync("warehouse");
        (string Name, string Value)[] form =
            [("name", "SUTINAH WATI"), ("nik", "3374 1461 0466 9931"), ("address", "3/5"), ("phone", "0812 3456 7001"), ("civil", ""), ("consent", EnrolAtCounter.OnPaper)];
        foreach (var (field, value, words) in new[]
        {
            ("nik", "3374146104669", "NIK 16 angka"), ("phone", "12", "Bukan nomor HP"), ("name", "12345", "Tulis namanya"), ("address", "5", "RT dulu"),
            ("consent", "", "Tanpa persetujuan"), ("nik", "3374145506609905", "sudah tercatat di buku anggota"), ("phone", "081200000001", "dipakai anggota"),
        })
        {
            using (await warehouse.GetAsync("/office/pendaftar/baru"))
            using (await warehouse.PressAsync("/office/pendaftar/baru", [.. form.Select(pair => pair.Name == field ? (pair.Name, value) : pair)]))
                Assert.Contains(words, warehouse.Page, StringComparison.Ordinal);
        }
        Assert.Equal(0, await office.CountAsync("SELECT COUNT(*) FROM consents WHERE channel = 'counter'"));
        using (await warehouse.GetAsync("/office/pendaftar/baru"))
        using (var enrolled = await warehouse.PressAsync("/office/pendaftar/baru", form))
            Assert.EndsWith("?kabar=terdaftar", enrolled.Headers.Location!.OriginalString, StringComparison.Ordinal);
        byte[] index = office.Vault.Index("nik", "3374146104669931");
        var member = await office.ReadAsync(db => db.Set<Member>().AsNoTracking().SingleAsync(row => row.NikIndex == index));
        Assert.Equal((159, MemberStatus.Pending, "Sutinah Wati"), (member.CooperativeId, member.Status, office.Vault.Open(member.FullName)));
        var consent = await office.ReadAsync(db => db.Set<Consent>().AsNoTracking().SingleAsync(row => row.PersonId == member.PersonId));
        Assert.Equal(("membership-2026-11/paper", "counter", true), (consent.TextVersion, consent.Channel, consent.Given));
        var treasurer = await office.SignInAsync("treasurer");
        using (await treasurer.GetAsync($"/office/pendaftar/{member.Id}"))
        using (var approved = await treasurer.PressAsync($"/office/pendaftar/{member.Id}/setujui"))
            Assert.Equal("/office/pendaftar?kabar=disetujui", approved.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_city_sees_how_many_of_an_office_joined_and_small_groups_only_together()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        var joined = await office.ReadAsync(db => db.Set<Member>().Where(row => row.NipIndex != null).Select(row => row.NipIndex!).SingleAsync());
        await office.WriteAsync(db =>
        {
            db.Add(new InstructedPerson { NipIndex = joined, CooperativeId = 159, Office = "Dinas Kesehatan" });
            for (byte n = 0; n < 14; n++)
            {
                var where = n < 5 ? "Dinas Kesehatan" : n < 11 ? "Dinas Pendidikan" : n == 11 ? "Satpol PP" : null;
                db.Add(new InstructedPerson { NipIndex = [n, 1, 1], CooperativeId = n < 8 ? 159 : 158, Office = where, LivesOutside = n == 13 });
            }
            return Task.CompletedTask;
        });
        var city = await office.SignInAsync("city");
        using var page = await city.GetAsync("/city/asn");
        Assert.Contains(Row("Dinas Pendidikan", 6, 0), city.Page, StringComparison.Ordinal);
        // Two small offices are fewer than five together: the smallest of the others goes in with them.
        Assert.Contains(Row("Gabungan kelompok kecil", 8, 1), city.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Satpol PP", city.Page, StringComparison.Ordinal);
        Assert.Contains(Row("Jatisari", 9, 1), city.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rina", city.Page, StringComparison.Ordinal);
        foreach (var role in new[] { OfficeUnderTest.Stranger, "officer", "mentor" })
        {
            var other = await office.SignInAsync(role);
            using var refused = await other.GetAsync("/city/asn");
            Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        }

        static string Row(string name, int inside, int joined) =>
            $"<th scope=\"row\">{name}</th><td class=\"number\">{inside}</td><td class=\"number\">{joined}</td><td class=\"number\">{inside - joined}</td>";
    }

    [Fact]
    public async Task The_file_for_simkopdes_says_what_the_city_page_says()
    {
        await using var office = await OfficeUnderTest.StartAsync(withCity: true);
        var browser = office.Browser();
        using var file = await browser.GetAsync("/city/simkopdes.csv?asOf=2025-10-31");
        var lines = browser.Page.TrimEnd('\n').Split('\n');
        var headings = lines[0].Split(',');
        Assert.Equal(178, lines.Length);
        Assert.Equal(4_566, lines.Skip(1).Sum(line => long.Parse(line.Split(',')[Array.IndexOf(headings, "jumlah_anggota")], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(lines, line => Assert.Equal(headings.Length, line.Split(',').Length));
    }

    private static Alert Follow(long productId, int cooperativeId, long personId, string kind, long rupiah) => new()
    {
        PersonId = personId,
        CooperativeId = cooperativeId,
        Subject = WatchedPrice.OfProduct(productId),
        Goods = "gula",
        ProductId = productId,
        Kind = kind,
        Rupiah = rupiah,
        FiresAtMost = kind is AlertKind.Below or AlertKind.AtMost ? rupiah : null,
        FiresAtLeast = kind is AlertKind.Below or AlertKind.AtMost ? null : 1,
        State = AlertState.Armed,
        CreatedUtc = Data.TestDatabase.Now,
    };
}
