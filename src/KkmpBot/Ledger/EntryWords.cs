namespace KkmpBot.Ledger;

/// <summary>What an entry was, in the words of a receipt and of the cash book.</summary>
public static class EntryWords
{
    /// <summary>The widest words.</summary>
    public const int MaxLength = 40;

    private static readonly Dictionary<string, string> Words = new()
    {
        ["pokok_received"] = "Setoran simpanan pokok",
        ["wajib_received"] = "Setoran simpanan wajib",
        ["sukarela_received"] = "Setoran simpanan sukarela",
        ["sukarela_paid"] = "Penarikan simpanan sukarela",
        ["shu_paid"] = "Pembayaran SHU anggota",
        ["member_left"] = "Pengembalian simpanan anggota keluar",
        ["sale"] = "Penjualan barang",
        ["stock_in"] = "Pembelian barang",
        ["stock_loss"] = "Barang rusak atau hilang",
        ["stock_count"] = "Selisih hitungan stok",
        ["sale_returned"] = "Barang kembali",
        ["prepaid_from_sukarela"] = "Pesanan dibayar dari sukarela",
        ["prepaid_returned"] = "Uang pesanan kembali ke sukarela",
        ["qris_received"] = "Pembayaran QRIS",
        ["prepaid_refunded"] = "Pengembalian uang pesanan",
        ["reversal"] = "Pembatalan catatan",
        ["cash_difference"] = "Selisih hitungan kas",
        ["year_closed"] = "Penutupan buku tahun",
        ["shu_shared"] = "Pembagian SHU",
        ["waste_received"] = "Setoran bank sampah",
        ["waste_paid"] = "Penarikan tabungan bank sampah",
        ["waste_used"] = "Belanja dari tabungan bank sampah",
        ["waste_sold"] = "Penjualan sampah ke pengepul",
        ["delivery_received"] = "Kiriman distribusi kota",
        ["partner_settled"] = "Pembayaran bagi hasil mitra",
        ["assistance_grant"] = "Bantuan modal (hibah)",
        ["assistance_loan"] = "Bantuan modal (pinjaman)",
        ["assistance_repaid"] = "Angsuran bantuan modal",
        ["opening"] = "Saldo awal dari buku lama",
    };

    /// <summary>
    /// How much an entry was, as whoever paid or was paid knows it: a sale is what was paid for it, without what the goods had cost.
    /// </summary>
    /// <param name="entry">With its lines.</param>
    public static long RupiahOf(JournalEntry entry) => entry.Lines.Sum(line => line.DebitRupiah) - CostOf(entry);

    // The goods' own way from the shelf, or back to it, beside the money.
    private static long CostOf(JournalEntry entry) => entry.Kind switch
    {
        "sale" => entry.Lines.Where(line => line.Account == Account.CostOfGoods.Code).Sum(line => line.DebitRupiah),
        "sale_returned" => entry.Lines.Where(line => line.Account == Account.CostOfGoods.Code).Sum(line => line.CreditRupiah),
        _ => 0,
    };

    /// <summary>The words of a kind of entry; kinds of the cash book bring their own.</summary>
    /// <param name="kind">As the journal stores it.</param>
    public static string Of(string kind) => Words.GetValueOrDefault(kind) ?? CashKind.All.GetValueOrDefault(kind)?.Name ?? kind;
}
