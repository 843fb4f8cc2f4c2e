namespace KkmpBot.Tests.Dialogs;

public sealed class MachineTests
{
    private readonly Market market = new();

    [Fact]
    public void An_order_runs_from_its_word_to_its_number() => market.Open().Play("""
        > Pesan!
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > beras
        Berapa kg? Stok 12.
        > 15
        Tulis angka 1 sampai 12.

        Berapa kg? Stok 12.
        > 5
        • Beras medium, 5 kg: Rp70.000
        Jumlah Rp70.000. Bayar pakai apa?
        [Potong sukarela] [Bayar tunai] [Ubah jumlah]
        > 3
        Berapa kg? Stok 12.
        > 2
        • Beras medium, 2 kg: Rp28.000
        Jumlah Rp28.000. Bayar pakai apa?
        [Potong sukarela] [Bayar tunai] [Ubah jumlah]
        > #cash
        Pesanan 0001 diterima.
        """);

    [Fact]
    public void A_detour_comes_back_with_its_buttons() => market.Open().Play("""
        > pesan
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > saldo
        Simpanan Rp150.000.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > no 2
        Berapa kg? Stok 3.
        """);

    [Fact]
    public void A_switch_parks_the_dialog_and_offers_it_again() => market.Open().Play("""
        > pesan
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > gula
        Berapa kg? Stok 3.
        > menu
        Ada yang bisa dibantu, Bu Ani?

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah] [Pesan sembako] [Simpanan]
        > ya
        Berapa kg? Stok 3.
        """);
}
