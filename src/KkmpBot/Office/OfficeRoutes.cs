using KkmpBot.Office.City;

namespace KkmpBot.Office;

/// <summary>A page, or what one of its buttons does.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Pattern">Its address.</param>
/// <param name="Needs">What the visitor must be allowed to do.</param>
/// <param name="AnswerAsync">Does it and answers.</param>
public sealed record OfficeRoute(string Method, string Pattern, Right Needs, Func<OfficeCall, Task> AnswerAsync);

/// <summary>Every page and every button, and what each needs: the tests try each with each role.</summary>
public static class OfficeRoutes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OfficeRoute> All { get; } =
    [
        new("GET", "/office/masuk/{code}", Right.Anyone, SignInPage.ShowAsync),
        new("POST", "/office/masuk/{code}", Right.Anyone, SignInPage.EnterAsync),
        new("GET", "/nik/{code}", Right.Anyone, NikPage.ShowAsync),
        new("POST", "/nik/{code}", Right.Anyone, NikPage.TakeAsync),
        new("POST", "/office/keluar", Right.SignedIn, SignInPage.LeaveAsync),
        new("POST", "/office/keluar-semua", Right.SignedIn, SignInPage.LeaveEverywhereAsync),

        new("GET", "/office", Right.Look, TodayPage.ShowAsync),
        new("GET", "/office/pendaftar", Right.Look, ApplicationPages.ListAsync),
        new("GET", "/office/pendaftar/baru", Right.Answer, EnrolPages.ShowAsync),
        new("POST", "/office/pendaftar/baru", Right.Answer, EnrolPages.EnrolAsync),
        new("GET", "/office/pendaftar/{id}", Right.Look, ApplicationPages.ShowAsync),
        new("POST", "/office/pendaftar/{id}/setujui", Right.Admit, ApplicationPages.ApproveAsync),
        new("POST", "/office/pendaftar/{id}/tolak", Right.Admit, ApplicationPages.RejectAsync),
        new("POST", "/office/pendaftar/{id}/tanya", Right.Admit, ApplicationPages.AskAsync),

        new("GET", "/office/anggota", Right.Look, MemberPages.ListAsync),
        new("GET", "/office/anggota/{id}", Right.Look, MemberPages.ShowAsync),

        new("GET", "/office/setoran", Right.TakeMoney, DepositPages.ShowAsync),
        new("POST", "/office/setoran/hitung", Right.TakeMoney, DepositPages.QuoteAsync),
        new("POST", "/office/setoran", Right.TakeMoney, DepositPages.BookAsync),
        new("GET", "/office/serah", Right.MoveGoods, HandoutPages.ShowAsync),
        new("POST", "/office/serah/cari", Right.MoveGoods, HandoutPages.FindAsync),
        new("POST", "/office/serah", Right.MoveGoods, HandoutPages.HandOverAsync),
        new("GET", "/office/jual", Right.MoveGoods, SalePages.ShowAsync),
        new("POST", "/office/jual/hitung", Right.MoveGoods, SalePages.QuoteAsync),
        new("POST", "/office/jual", Right.MoveGoods, SalePages.SellAsync),

        new("GET", "/office/barang", Right.Look, GoodsPages.ShowAsync),
        new("GET", "/office/barang.csv", Right.Look, GoodsFile.GiveAsync),
        new("POST", "/office/barang.csv", Right.MoveGoods, GoodsFile.TakeAsync),
        new("POST", "/office/barang/{id}/harga", Right.MoveGoods, GoodsPages.SetPriceAsync),
        new("POST", "/office/barang/{id}/gambar", Right.MoveGoods, GoodsPages.SetPictureAsync),
        new("POST", "/office/barang/{id}/stok", Right.MoveGoods, GoodsPages.ReceiveAsync),
        new("GET", "/office/pantauan", Right.Look, AlertPages.ShowAsync),
        new("GET", "/office/pesanan", Right.Look, OrderPages.ListAsync),

        new("GET", "/office/pengumuman", Right.Look, AnnouncementPages.ListAsync),
        new("POST", "/office/pengumuman/lihat", Right.Answer, AnnouncementPages.PrepareAsync),
        new("POST", "/office/pengumuman", Right.Answer, AnnouncementPages.SendAsync),
        new("GET", "/office/pengumuman/{id}", Right.Look, AnnouncementPages.WatchAsync),
        new("GET", "/office/pengumuman/{id}/gambar", Right.Look, AnnouncementPages.PictureOfAsync),
        new("POST", "/office/pengumuman/{id}", Right.Answer, AnnouncementPages.SteerAsync),

        new("GET", "/office/sampah", Right.Look, WastePages.ShowAsync),
        new("POST", "/office/sampah/hitung", Right.Answer, WastePages.QuoteAsync),
        new("POST", "/office/sampah", Right.Answer, WastePages.WeighAsync),
        new("POST", "/office/sampah/harga", Right.TakeMoney, WastePages.SetPriceAsync),
        new("POST", "/office/sampah/jual", Right.TakeMoney, WastePages.SellAsync),
        new("POST", "/office/sampah/petugas", Right.TakeMoney, WastePages.AppointAsync),
        new("GET", "/office/sampah/nota", Right.Answer, WasteSlipPages.ShowAsync),
        new("POST", "/office/sampah/nota/baca", Right.Answer, WasteSlipPages.ReadAsync),
        new("POST", "/office/sampah/nota", Right.Answer, WasteSlipPages.BookAsync),
        new("GET", "/office/pelatihan", Right.Train, TrainingPages.ListAsync),
        new("POST", "/office/pelatihan", Right.Train, TrainingPages.SetUpAsync),
        new("GET", "/office/pelatihan/{id}", Right.Train, TrainingPages.ShowAsync),
        new("POST", "/office/pelatihan/{id}", Right.Train, TrainingPages.MarkAsync),
        new("GET", "/office/pelatihan/sertifikat/{id}", Right.Train, TrainingPages.CertifyAsync),

        new("GET", "/office/tunggu", Right.Look, WaitingPages.ListAsync),
        new("POST", "/office/tunggu/{id}", Right.Answer, WaitingPages.AnswerAsync),
        new("GET", "/office/buku", Right.Look, BookPages.ListAsync),
        new("GET", "/office/buku/{book}", Right.Look, BookPages.GiveAsync),
        new("GET", "/office/catatan", Right.ReadLog, LogPages.ShowAsync),

        new("GET", "/city", Right.Anyone, CityPages.ShowAsync),
        new("GET", "/city/figures.json", Right.Anyone, CityFiles.JsonAsync),
        new("GET", "/city/figures.csv", Right.Anyone, CityFiles.CsvAsync),
        new("GET", "/city/simkopdes.csv", Right.Anyone, SimkopdesFile.GiveAsync),
        new("GET", "/city/asn", Right.City, InstructedPages.ShowAsync),
        new("GET", "/city/kelurahan/{code}", Right.Anyone, KelurahanPages.ShowAsync),
        new("POST", "/city/kelurahan/{code}", Right.City, KelurahanPages.RecordAsync),
        new("GET", "/city/petugas", Right.Appoint, AppointPages.ShowAsync),
        new("POST", "/city/petugas", Right.Appoint, AppointPages.AppointAsync),
    ];
}
