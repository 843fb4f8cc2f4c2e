namespace KkmpBot.Tests.Dialogs;

/// <summary>What silence does: dialogs close, and what was parked is offered or forgotten.</summary>
public sealed class SilenceChatTests
{
    private const string Asked = """
        > pesan
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]

        """;

    private readonly Market market = new();

    [Fact]
    public void A_dialog_silent_too_long_is_closed_and_the_answer_starts_anew() => market.Open().Play(Asked + """
        ~ 3h
        > saldo
        Pesan sembako tadi sudah lama tidak dijawab, jadi ditutup.

        Simpanan Rp150.000.
        """);

    [Fact]
    public void What_is_no_command_then_meets_the_menu_without_reproach() => market.Open().Play(Asked + """
        ~ 3h
        > beras
        Pesan sembako tadi sudah lama tidak dijawab, jadi ditutup.

        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void Each_question_counts_its_own_silence() => market.Open().Play(Asked + """
        ~ 90m
        > gula
        Berapa kg? Stok 3.
        ~ 90m
        > 1
        • Gula pasir, 1 kg: Rp17.500
        Jumlah Rp17.500. Bayar pakai apa?
        [Potong sukarela] [Bayar tunai] [Ubah jumlah]
        """);

    [Fact]
    public void A_parked_dialog_is_offered_to_who_greets_again() => market.Open().Play(Asked + """
        > petugas
        Petugas akan membalas di sini.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        > batal
        Baik, dibatalkan.
        > halo
        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void A_parked_dialog_expires_too() => market.Open().Play(Asked + """
        > petugas
        Petugas akan membalas di sini.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        ~ 3h
        > lanjutkan
        Tombol itu sudah tidak berlaku.

        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void A_dialog_that_expired_under_a_detour_is_closed_at_its_end() => market.OpenWith(Slow).Play(Asked + """
        > pelan
        Sudah selesai?
        [Ya] [Tidak]
        ~ 3h
        > ya
        Baik.

        Pesan sembako tadi sudah lama tidak dijawab, jadi ditutup.
        """);

    [Fact]
    public void A_menu_that_asks_closes_without_a_word()
    {
        market.Files["menu.yaml"] = """
            dialog: menu
            version: 1
            title: Menu
            starts_with: [halo]
            expires_after: 1h
            memory: { want: choice }
            initial: choose
            states:
              choose:
                ask: "Mau apa?"
                choices: [{ pick: order, label: "Pesan" }, { pick: savings, label: "Lihat simpanan" }]
                expect: { into: want }
                next: [{ when: want == order, start: order }, { start: savings }]
            """;
        market.Open().Play("""
            > halo
            Mau apa?
            [Pesan] [Lihat simpanan]
            ~ 5d
            > selamat pagi
            Maaf, belum paham.

            Mau apa?
            [Pesan] [Lihat simpanan]
            ~ 5d
            > saldo
            Simpanan Rp150.000.
            > menu
            Mau apa?
            [Pesan] [Lihat simpanan]
            > saldo
            Simpanan Rp150.000.

            Mau apa?
            [Pesan] [Lihat simpanan]
            > 1
            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            """);
    }

    [Fact]
    public void A_fresh_dialog_under_an_expired_detour_is_offered_again()
    {
        market.Files["interruptions.yaml"] += "\nquick: { words: [pesan dulu], then: detour, to: order }";
        market.OpenWith(Slow).Play("""
            > cerita pelan
            Sudah selesai?
            [Ya] [Tidak]
            > pesan dulu
            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            ~ 5h
            > halo
            Pesan sembako tadi sudah lama tidak dijawab, jadi ditutup.

            Lanjutkan Cerita pelan?
            [Lanjutkan] [Tidak usah]
            > lanjut
            Sudah selesai?
            [Ya] [Tidak]
            """);
    }

    private string Slow
    {
        get
        {
            market.Files["interruptions.yaml"] += "\nslow: { words: [pelan], then: detour, to: slow }";
            return """
                dialog: slow
                version: 1
                title: "Cerita pelan"
                expires_after: 3d
                memory: { sure: yes_no }
                initial: ask
                states:
                  ask: { ask: "Sudah selesai?", expect: { into: sure }, next: [{ when: sure == true, to: bye }, { to: ask }] }
                  bye: { say: "Baik.", end: done }
                """;
        }
    }
}
