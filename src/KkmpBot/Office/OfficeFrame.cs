using Microsoft.AspNetCore.Components;

namespace KkmpBot.Office;

/// <summary>What stands around every page: who is signed in, where they may go, what just happened.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Who">Who is signed in; null on an open page.</param>
/// <param name="FormToken">Goes with every form.</param>
/// <param name="Path">The page's own address.</param>
/// <param name="Line">A line above the page; null for none.</param>
public sealed record OfficeFrame(string Title, SignedIn? Who, string FormToken, string Path, PageLine? Line)
{
    private static readonly (string Path, string Label, Right Needs)[] Places =
    [
        ("/office", "Hari ini", Right.Look),
        ("/office/pendaftar", "Pendaftar", Right.Look),
        ("/office/anggota", "Anggota", Right.Look),
        ("/office/setoran", "Setoran", Right.TakeMoney),
        ("/office/serah", "Serahkan", Right.MoveGoods),
        ("/office/jual", "Jual", Right.MoveGoods),
        ("/office/barang", "Barang", Right.Look),
        ("/office/pantauan", "Harga dipantau", Right.Look),
        ("/office/pesanan", "Pesanan", Right.Look),
        ("/office/pengumuman", "Pengumuman", Right.Look),
        ("/office/sampah", "Bank sampah", Right.Look),
        ("/office/pelatihan", "Pelatihan", Right.Train),
        ("/office/tunggu", "Warga menunggu", Right.Look),
        ("/office/buku", "Buku", Right.Look),
        ("/office/catatan", "Catatan petugas", Right.ReadLog),
        ("/city", "Kota", Right.SignedIn),
        ("/city/asn", "ASN", Right.City),
        ("/city/petugas", "Petugas", Right.Appoint),
    ];

    /// <summary>Where this person may go; the city's people first to the city.</summary>
    public IEnumerable<(string Path, string Label)> Ways => Who is null ? [] : Places.Where(place => Who.May(place.Needs))
        .OrderBy(place => Who.CityRole is not null && !place.Path.StartsWith("/city", StringComparison.Ordinal)).Select(place => (place.Path, place.Label));

    /// <summary>True for the place that the page belongs to.</summary>
    /// <param name="place">One of <see cref="Ways"/>.</param>
    public bool IsHere(string place) => Path == place || (place is not ("/office" or "/city") && Path.StartsWith($"{place}/", StringComparison.Ordinal))
        || (place == "/city" && Path.StartsWith("/city/kelurahan", StringComparison.Ordinal));
}

/// <summary>What just happened, in a line.</summary>
/// <param name="Text">In words.</param>
/// <param name="IsGood">False when it did not work.</param>
public sealed record PageLine(string Text, bool IsGood)
{
    // Only what stands here is ever shown: the address cannot put words into a page.
    private static readonly Dictionary<string, PageLine> Known = new()
    {
        ["disetujui"] = new("Pendaftar disetujui dan sudah dikabari lewat chat.", true),
        ["ditolak"] = new("Pendaftaran ditolak; pendaftar sudah dikabari alasannya.", true),
        ["ditanya"] = new("Pertanyaan sudah dikirim ke chat pendaftar.", true),
        ["sudah"] = new("Tidak menunggu lagi: sudah diputuskan petugas lain.", false),
        ["kosong"] = new("Isiannya masih kosong.", false),
        ["harga"] = new("Harga sudah diganti.", true),
        ["stok"] = new("Stok sudah ditambah.", true),
        ["titipan"] = new("Itu barang titipan mitra: koperasi tidak membelinya. Catat yang datang lewat chat, ketik mitra.", false),
        ["dijawab"] = new("Jawaban sudah dikirim ke warga.", true),
        ["dikirim"] = new("Pengumuman mulai dikirim, antara pukul 07.00 dan 20.00.", true),
        ["dijadwalkan"] = new("Pengumuman sudah dijadwalkan.", true),
        ["foto"] = new("Foto yang dikirim lewat obrolan masih diambil. Tunggu sebentar, lalu kirim lagi.", false),
        ["menunggu"] = new("Pengumuman menunggu petugas kedua; mereka sudah dikabari.", true),
        ["dicatat"] = new("Sudah dicatat.", true),
        ["tidak_boleh"] = new("Peran Bapak/Ibu tidak boleh melakukan ini.", false),
        ["salah"] = new("Isiannya tidak terbaca. Coba periksa lagi.", false),
        ["kurang"] = new("Yang tersimpan tidak sebanyak itu. Tidak ada yang dicatat.", false),
        ["nota"] = new("Nota yang baru sudah dicatat. Tiap anggota menerima buktinya.", true),
        ["ditunjuk"] = new("Anggota itu sekarang petugas bank sampah RW dan sudah diberi tahu.", true),
        ["dicabut"] = new("Anggota itu tidak lagi petugas bank sampah.", true),
        ["bukan_anggota"] = new("Tidak ada anggota dengan nomor itu di koperasi ini.", false),
        ["hadir"] = new("Dicatat hadir; sertifikatnya sudah bisa diambil.", true),
        ["belum_mulai"] = new("Kehadiran dicatat mulai hari pelatihannya.", false),
        ["terdaftar"] = new("Pendaftaran sudah dicatat dan menunggu putusan pengurus.", true),
        ["keluar"] = new("Semua perangkat sudah dikeluarkan.", true),
        ["petugas"] = new("Petugas sudah dicatat. Minta ia mengetik kantor di chat.", true),
    };

    /// <summary>The line of a key; null for none.</summary>
    /// <param name="key">As in the address.</param>
    public static PageLine? Of(string key) => Known.GetValueOrDefault(key);

    /// <summary>Something that did not work.</summary>
    /// <param name="text">In words.</param>
    public static PageLine Bad(string text) => new(text, false);

    /// <summary>Something that worked.</summary>
    /// <param name="text">In words.</param>
    public static PageLine Good(string text) => new(text, true);
}

/// <summary>A page: a component with what it shows and what stands around it.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class PageOf<TModel> : ComponentBase
{
    /// <summary>What stands around it.</summary>
    [Parameter]
    public OfficeFrame Frame { get; set; } = null!;

    /// <summary>What it shows.</summary>
    [Parameter]
    public TModel Model { get; set; } = default!;
}
