using KkmpBot.Tests.Processes;
using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>The officers' and the city's pages in a real browser, signed in to by the link from the chat.</summary>
public sealed class OfficePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Csv = """
        barang,satuan,isi,harga,tambah_stok
        Gula pasir,,,17000,10
        Beras SPHP,,,99000,
        Telur ayam,,,murah,
        Kecap manis,,,8000,
        """;

    [Theory]
    [InlineData("phone")]
    [InlineData("desktop")]
    public async Task An_officer_works_a_morning(string size)
    {
        await using var bot = await BotProcess.ServeAsync(new() { ["Demo__Enabled"] = "true", ["Demo__AutoApprove"] = "false", ["Sending__QuietHours"] = "false" });
        await using var applicant = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        foreach (var line in new[] { "daftar", "setuju", "Siti Aminah", "3374147108909903", "jatisari", "ya", "3/5", "0812 3456 7899", "tidak", "ya, kirim" })
            await applicant.SayAsync(line);

        await using var office = await OfficePage.OpenAsync(chromium, Screen.Of(size), bot, "081200000002");
        await office.LookAsync("Hari ini", "office-today");
        await AdmitAsync(office, applicant);
        await TakeDepositAsync(office, applicant);
        await HandOverAsync(office, applicant);
        await TakeFileAsync(office);
        await SellAsync(office);
        await AnnounceAsync(office, applicant);
        await EnrolAsync(office);
        await WeighAsync(office);
        await TrainAsync(office, applicant);
        await applicant.SayAsync("kabari kalau gula di bawah 16rb");
        await applicant.PressAsync("Ya, kabari saya");
        foreach (var (place, title, name) in new[]
        {
            ("Anggota", "Anggota", "office-members"), ("Harga dipantau", "Harga yang dipantau", "office-followed"), ("Pesanan", "Pesanan", "office-orders"),
            ("Warga menunggu", "Warga menunggu", "office-waiting"),
            ("Buku", "Buku koperasi", "office-books"), ("Catatan petugas", "Catatan petugas", "office-log"),
        })
        {
            await office.GoAsync(place);
            await office.LookAsync(title, name);
        }
        await office.GoAsync("Anggota");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Sri Wahyuni" }));
        await office.LookAsync("Kartu anggota", "office-card");
        Assert.Empty(office.Complaints);
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("desktop")]
    public async Task The_city_sees_its_cooperatives(string size)
    {
        await using var bot = await BotProcess.ServeAsync(new() { ["Demo__Enabled"] = "true" });
        var (code, output, errors) = await BotProcess.RunAsync(bot.Folder, ["demo", "load"], "");
        Assert.True(code == 0, output + errors);
        await TakeInstructedAsync(bot);
        await using var office = await OfficePage.OpenAsync(chromium, Screen.Of(size), bot, "081200000013");
        await office.LookAsync("Koperasi Kota Semarang", "city");
        Assert.Contains("38 dari 177", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Rp448.000.000", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Terverifikasi" }).First);
        Assert.Equal(7, await office.Page.Locator("section[aria-labelledby=tabel] tbody tr").CountAsync());
        await office.LeaveAsync(office.Page.Locator("section[aria-labelledby=tabel] tbody a").First);
        await office.Page.GetByLabel("Keterangan").FillAsync("Kunjungan pendamping");
        await office.Page.Locator("select[name=kind]").SelectOptionAsync("mentoring");
        await office.PressAsync("Catat");
        await office.Page.GetByText("Sudah dicatat").WaitForAsync();
        await office.LookAsync("KKMP", "city-kelurahan");
        await office.GoAsync("ASN");
        await office.LookAsync("ASN yang diinstruksikan", "city-asn");
        Assert.Contains("Gabungan kelompok kecil", await office.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(office.Complaints);
    }

    // Twenty of two large offices and three of small ones, in two kelurahan; one of them is a member of the demo.
    private static async Task TakeInstructedAsync(BotProcess bot)
    {
        var lines = Enumerable.Range(1, 20).Select(n => $"1985{1 + (n % 12):00}1220100110{n:00},33.74.14.10{(n % 2 == 0 ? 12 : 13)},tidak,Dinas {(n % 3 == 0 ? "Kesehatan" : "Pendidikan")}")
            .Concat(Enumerable.Range(21, 6).Select(n => $"1985{1 + (n % 12):00}1220100110{n:00},33.74.14.1013,tidak,Kantor {n % 2}"))
            .Append("198809232014022001,33.74.14.1013,tidak,Dinas Kesehatan");
        var path = Path.Combine(bot.Folder, "asn.csv");
        await File.WriteAllTextAsync(path, $"nip,kelurahan,luar_kota,instansi\n{string.Join('\n', lines)}\n");
        var (code, output, errors) = await BotProcess.RunAsync(bot.Folder, ["instructed", "--file", path, "--apply"], "");
        Assert.True(code == 0, output + errors);
    }

    private static async Task EnrolAsync(OfficePage office)
    {
        await office.GoAsync("Pendaftar");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Daftarkan warga di gerai" }));
        await office.Page.GetByLabel("Nama lengkap").FillAsync("Sutinah Wati");
        await office.Page.GetByLabel("NIK").FillAsync("3374146104669931");
        await office.Page.GetByLabel("RT dan RW").FillAsync("3");
        await office.Page.GetByLabel("Nomor HP").FillAsync("0812 3456 7001");
        await office.PressAsync("Daftarkan");
        await office.LookAsync("Daftarkan warga", "office-enrol");
        Assert.Equal(2, await office.Page.Locator(".wrong").CountAsync());
        await office.Page.GetByLabel("RT dan RW").FillAsync("3/5");
        await office.Page.GetByLabel("Ditandatangani di kertas").CheckAsync();
        await office.PressAsync("Daftarkan");
        await office.Page.GetByText("menunggu putusan pengurus").WaitForAsync();
        await office.LookAsync("Pendaftar", "office-enrolled");
    }

    private static async Task WeighAsync(OfficePage office)
    {
        await office.GoAsync("Bank sampah");
        await office.Page.GetByLabel("Nomor anggota").First.FillAsync("5");
        await office.Page.GetByLabel("Yang ditimbang").FillAsync("kardus 2,5 kg, besi 1 kg");
        await office.PressAsync("Hitung");
        await office.LookAsync("Bank sampah", "office-waste-quote");
        await office.PressAsync("Ya, catat");
        await office.Page.GetByText("Tercatat, bukti").WaitForAsync();
        await office.Page.GetByText("Tunjuk petugas RW").ClickAsync();
        await office.Page.GetByText("Ubah harga atau jual ke pengepul").ClickAsync();
        await office.LookAsync("Bank sampah", "office-waste");
        await office.Page.Locator("form[action='/office/sampah/petugas'] input[name=number]").FillAsync("6");
        await office.PressAsync("Tunjuk atau cabut");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Catat nota petugas RW" }));
        await office.Page.GetByLabel("Nomor anggota petugas RW").FillAsync("6");
        await office.Page.Locator("textarea[name=said]").FillAsync("#1 0005 kardus 2\n#2 0006 besi 1\n#3 0099 besi 1");
        await office.PressAsync("Baca");
        await office.LookAsync("Nota petugas RW", "office-slips");
        await office.PressAsync("Ya, catat nota yang baru");
        await office.Page.GetByText("Nota yang baru sudah dicatat").WaitForAsync();
    }

    private static async Task TrainAsync(OfficePage office, ChatPage member)
    {
        await office.GoAsync("Pelatihan");
        await office.Page.GetByLabel("Judul").FillAsync("Pembukuan sederhana");
        await office.Page.GetByLabel("Tanggal").FillAsync(await office.Page.GetByLabel("Tanggal").GetAttributeAsync("min") ?? "");
        await office.Page.GetByLabel("Jam dan tempat").FillAsync("09.00 di balai kelurahan");
        await office.Page.GetByLabel("Banyaknya kursi").FillAsync("20");
        await office.PressAsync("Adakan");
        await office.LookAsync("Pelatihan", "office-trainings");
        await member.SayAsync("pelatihan");
        await member.PressAsync("Pembukuan sederhana");
        await member.PressAsync("Daftar");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Pembukuan sederhana" }));
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Button, new() { Name = "Hadir" }).First);
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "Sertifikat" }).WaitForAsync();
        await office.LookAsync("Pelatihan", "office-training");
    }

    private static async Task AdmitAsync(OfficePage office, ChatPage applicant)
    {
        await office.GoAsync("Pendaftar");
        await office.LookAsync("Pendaftar", "office-applications");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Link, new() { Name = "Siti Aminah" }).Last);
        await office.LookAsync("Pendaftar", "office-application");
        await office.Page.GetByLabel("Tanya lewat chat").FillAsync("RT berapa di KTP?");
        await office.PressAsync("Kirim pertanyaan");
        Assert.Contains("RT berapa di KTP?", await applicant.HearAsync(1), StringComparison.Ordinal);
        await office.PressAsync("Setujui");
        Assert.Contains("disetujui", await applicant.HearAsync(1), StringComparison.Ordinal);
    }

    private static async Task TakeDepositAsync(OfficePage office, ChatPage applicant)
    {
        await office.GoAsync("Setoran");
        await office.Page.GetByLabel("Cari penyetor").FillAsync("Siti Aminah");
        await office.PressAsync("Cari");
        await office.LookAsync("Terima setoran", "office-payer");
        await office.Page.GetByLabel("Yang dibayar").Last.FillAsync("100rb");
        await office.LeaveAsync(office.Page.GetByRole(AriaRole.Button, new() { Name = "Hitung" }).Last);
        await office.LookAsync("Terima setoran", "office-quote");
        await office.PressAsync("Ya, bukukan");
        await office.Page.GetByText("resmi menjadi anggota").WaitForAsync();
        await office.LookAsync("Terima setoran", "office-receipt");
        Assert.Contains("resmi menjadi anggota", await applicant.HearAsync(1), StringComparison.Ordinal);
    }

    private static async Task HandOverAsync(OfficePage office, ChatPage buyer)
    {
        await buyer.SayAsync("pesan gula 2 kg");
        var code = await FinishOrderAsync(buyer);
        await office.GoAsync("Serahkan");
        await office.Page.GetByLabel("Kode ambil").FillAsync(code);
        await office.PressAsync("Cari pesanan");
        await office.LookAsync("Serahkan pesanan", "office-handout");
        await office.PressAsync("Barang dan uang sudah pas, serahkan");
        await office.Page.GetByText("sudah diserahkan").WaitForAsync();
        Assert.Contains("diserahkan", await buyer.HearAsync(1), StringComparison.Ordinal);
    }

    private static async Task TakeFileAsync(OfficePage office)
    {
        await office.GoAsync("Barang");
        await office.LookAsync("Barang dan harga", "office-goods");
        var file = new FilePayload { Name = "barang.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Csv) };
        await office.Page.SetInputFilesAsync("input[name=file]", file);
        await office.PressAsync("Unggah");
        Assert.Equal(3, await office.Page.Locator("section[aria-labelledby=masalah] li").CountAsync());
        await office.LookAsync("Barang dan harga", "office-csv");
    }

    private static async Task SellAsync(OfficePage office)
    {
        await office.GoAsync("Jual");
        await office.Page.GetByLabel("Barang yang dijual").FillAsync("gula 2 kg, telur setengah kilo");
        await office.PressAsync("Hitung");
        await office.LookAsync("Jual di gerai", "office-sale");
        await office.PressAsync("Terjual, tunai");
        await office.Page.GetByText("dibukukan").First.WaitForAsync();
    }

    private static async Task AnnounceAsync(OfficePage office, ChatPage reader)
    {
        await reader.SayAsync("kabar");
        await reader.PressAsync("Kirim pengumuman");
        await office.GoAsync("Pengumuman");
        await office.Page.Locator("textarea[name=text]").FillAsync("{nama}, telur datang besok pagi.");
        // A phone's photo is larger than may be sent; the page makes it small before it goes anywhere.
        await office.Page.EvaluateAsync("""
            async () => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 });
                const drawing = canvas.getContext('2d');
                const noise = drawing.createImageData(600, 450);
                noise.data.forEach((_, i) => noise.data[i] = i % 4 === 3 ? 255 : (i * 7919) % 251);
                for (let i = 0; i < 16; i++) drawing.putImageData(noise, 600 * (i % 4), 450 * Math.floor(i / 4));
                const photo = await new Promise(done => canvas.toBlob(done, 'image/png'));
                const field = document.querySelector('input[name=picture]');
                const given = new DataTransfer();
                given.items.add(new File([photo, new Uint8Array(300000)], 'foto.png', { type: 'image/png' }));
                field.files = given.files;
                field.dispatchEvent(new Event('change'));
            }
            """);
        await office.Page.WaitForFunctionAsync("document.querySelector('input[name=picture]').files[0].size <= 200 * 1024");
        await office.PressAsync("Lihat dulu");
        await office.LookAsync("Pengumuman", "office-announcement");
        Assert.True(await office.Page.EvaluateAsync<bool>("document.querySelector('img.shown').naturalWidth > 0"));
        await office.PressAsync("Kirim");
        Assert.Contains("telur datang besok pagi", await reader.HearAsync(1), StringComparison.Ordinal);
        await reader.Page.Locator(".said.bot img").Last.WaitForAsync();
        await office.Page.GetByText("Sampai kepada 1 dari 1 orang").WaitForAsync();
        await office.Page.Locator(".tag", new() { HasText = "selesai" }).WaitForAsync();
        await office.LookAsync("Pengumuman", "office-announced");
    }

    // Through whatever the order dialog still asks, to the pick-up code.
    private static async Task<string> FinishOrderAsync(ChatPage chat)
    {
        var said = "";
        foreach (var line in new[] { "lanjut pesan", "ya, sudah benar" })
            said = await chat.SayAsync(line);
        return System.Text.RegularExpressions.Regex.Match(said, @"\d{4}-[A-Z0-9]{4}", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Value;
    }
}
