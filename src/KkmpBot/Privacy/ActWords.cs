namespace KkmpBot.Privacy;

/// <summary>What an entry of the audit log means, in a few words.</summary>
internal static class ActWords
{
    /// <summary>The widest words.</summary>
    public const int MaxLength = 44;

    private static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal)
    {
        ["members.pending"] = "melihat daftar pendaftar",
        ["members.show_application"] = "membuka pendaftaran",
        ["members.approve"] = "menyetujui pendaftaran",
        ["members.reject"] = "menolak pendaftaran",
        ["papers.print"] = "mencetak buku",
        ["orders.hand_over"] = "menyerahkan pesanan",
        ["orders.to_hand_over"] = "melihat daftar pesanan",
        ["complaints.open"] = "membaca keluhan",
        ["complaints.answer"] = "menjawab keluhan",
        ["handover.waiting"] = "membaca pertanyaan",
        ["corrections.undo"] = "membatalkan tindakan",
        ["privacy.requests"] = "membaca permintaan data",
        ["privacy.decide"] = "memutuskan permintaan data",
        ["privacy.erased"] = "data dihapus atas permintaan",
        ["import"] = "memindahkan buku lama",
    };

    private static readonly (string Begins, string Words)[] Kinds =
    [
        ("members.", "membuka data keanggotaan"), ("savings.", "membuka atau mencatat simpanan"), ("orders.", "membuka atau mengubah pesanan"),
        ("counter.", "melayani belanja di gerai"), ("complaints.", "membuka keluhan"), ("handover", "membuka pertanyaan"), ("links.", "memeriksa nomor HP"),
        ("payments.", "memeriksa pembayaran"), ("ledger.", "mencatat di buku kas"), ("papers.", "mencetak buku"), ("meetings.", "mengurus rapat anggota"),
        ("catalog.", "mengurus barang"), ("stock.", "mengurus stok"), ("prices.", "mengubah harga"), ("hours.", "mengatur jam buka"),
        ("counts.", "menghitung stok"), ("cooperatives.", "mengubah aturan koperasi"),
        ("closing.", "menutup buku"), ("corrections.", "membetulkan catatan"), ("household", "mengurus pesanan serumah"), ("waste", "mengurus bank sampah"),
    ];

    private static readonly Dictionary<string, string> Books = new(StringComparer.Ordinal)
    {
        ["register"] = "mencetak buku daftar anggota",
        ["savings"] = "mencetak buku simpanan",
        ["officers"] = "mencetak daftar pengurus",
    };

    /// <summary>The words of an act.</summary>
    /// <param name="act">As recorded.</param>
    /// <param name="subject">As recorded; a book says which.</param>
    public static string Of(string act, string subject)
    {
        if (act == "papers.print" && Books.TryGetValue(subject.Split(':')[0], out string? book))
            return book;
        return Acts.TryGetValue(act, out string? words)
            ? words
            : Array.Find(Kinds, kind => act.StartsWith(kind.Begins, StringComparison.Ordinal)).Words ?? "mengerjakan urusan koperasi";
    }
}
