using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>Words that are understood in every dialog, and what they leave behind.</summary>
public sealed class InterruptionChatTests
{
    private const string Asked = """
        > pesan
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]

        """;

    private readonly Market market = new();

    [Fact]
    public void An_end_closes_the_dialog_and_its_detours() => market.Open().Play(Asked + """
        > /Batal!
        Baik, dibatalkan.
        > batal
        Baik, dibatalkan.
        > apa kabar
        Maaf, belum paham.

        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void A_repeat_asks_again_with_the_buttons() => market.Open().Play(Asked + """
        > bantuan
        Ketik batal, menu, saldo atau petugas.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        """);

    [Fact]
    public void A_repeat_with_nothing_open_shows_the_offers_again() => market.Open().Play("""
        > menu
        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        > bantuan
        Ketik batal, menu, saldo atau petugas.
        [Pesan sembako] [Simpanan]
        > 2
        Simpanan Rp150.000.
        """);

    [Fact]
    public void A_detour_comes_back_with_the_buttons_even_after_an_hour() => market.Open().Play(Asked + """
        ~ 1h
        > saldo
        Simpanan Rp150.000.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        ~ 1h
        > no 2
        Berapa kg? Stok 3.
        """);

    [Fact]
    public void A_switch_parks_the_dialog_and_its_end_offers_it_again() => market.Open().Play(Asked + """
        > gula
        Berapa kg? Stok 3.
        > menu
        Ada yang bisa dibantu, Bu Ani?

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah] [Pesan sembako] [Simpanan]
        > ya
        Berapa kg? Stok 3.
        > 3
        • Gula pasir, 3 kg: Rp52.500
        Jumlah Rp52.500. Bayar pakai apa?
        [Potong sukarela] [Bayar tunai] [Ubah jumlah]
        """);

    [Fact]
    public void The_offer_to_go_on_can_be_declined() => market.Open().Play(Asked + """
        > petugas
        Petugas akan membalas di sini.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        > tidak usah
        Baik, Pesan sembako tidak dilanjutkan.
        > halo
        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void The_menu_after_a_parked_dialog_is_reached_by_asking_twice() => market.Open().Play(Asked + """
        > #start:savings
        Simpanan Rp150.000.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        > simpanan
        Simpanan Rp150.000.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        > halo
        Ada yang bisa dibantu, Bu Ani?

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah] [Pesan sembako] [Simpanan]
        """);

    [Fact]
    public void Another_dialogs_word_switches_when_it_is_no_answer() => market.Open().Play(Asked + """
        > simpanan
        Simpanan Rp150.000.

        Lanjutkan Pesan sembako?
        [Lanjutkan] [Tidak usah]
        """);

    [Fact]
    public void Starting_a_parked_dialog_anew_forgets_the_parked_one()
    {
        var chat = market.Open();
        chat.Play(Asked + """
            > petugas
            Petugas akan membalas di sini.

            Lanjutkan Pesan sembako?
            [Lanjutkan] [Tidak usah]
            > pesan
            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            """);
        Assert.Empty(chat.State.Parked);
    }

    [Fact]
    public void Detours_nest_three_deep_and_the_first_dialog_is_still_returned_to()
    {
        foreach (var name in new[] { "one", "two", "three", "four" })
        {
            market.Files[$"{name}.yaml"] = $$"""
                dialog: {{name}}
                version: 1
                title: "Tentang {{name}}"
                memory: { sure: yes_no }
                initial: ask
                states:
                  ask: { ask: "Sudah paham {{name}}?", expect: { into: sure }, next: [{ when: sure == true, to: bye }, { to: ask }] }
                  bye: { say: "Baik.", end: done }
                """;
            market.Files["interruptions.yaml"] += $"\n{name}: {{ words: [{name}], then: detour, to: {name} }}";
        }

        var chat = market.Open();
        foreach (var word in new[] { "pesan", "one", "two", "three", "four" })
            chat.Send(word);
        Assert.Equal(["order", "one", "two", "four"], chat.State.Frames.Select(frame => frame.Dialog));
        Assert.Equal(ConversationState.MaxDetours + 1, chat.State.Frames.Count);
        chat.Send("ya");
        Assert.Equal("Baik.\n\nSudah paham one?\n[Ya] [Tidak]", chat.Send("ya"));
        Assert.StartsWith("Baik.\n\nMau pesan apa", chat.Send("ya"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_uninterruptible_question_takes_the_words_as_answers() => market.OpenWith("""
        dialog: note
        version: 1
        title: "Catatan"
        memory: { note: text }
        initial: ask
        states:
          ask: { ask: "Tulis catatannya.", expect: { into: note }, uninterruptible: true, next: done }
          done: { say: "Dicatat: {note}.", end: done }
        """).Play("""
        > catatan
        Tulis catatannya.
        > batal
        Dicatat: batal.
        """);

    [Fact]
    public void Only_the_newest_parked_dialogs_are_kept()
    {
        foreach (var name in new[] { "satu", "dua", "tiga", "empat" })
        {
            market.Files[$"{name}.yaml"] = $$"""
                dialog: {{name}}
                version: 1
                title: "Dialog {{name}}"
                memory: { sure: yes_no }
                initial: ask
                states:
                  ask: { ask: "Yakin?", expect: { into: sure }, next: [{ when: sure == true, to: bye }, { to: bye }] }
                  bye: { say: "Baik.", end: done }
                """;
        }

        var chat = market.Open();
        foreach (var name in new[] { "satu", "dua", "tiga", "empat" })
            chat.Send($"dialog {name}");
        chat.Send("menu");
        Assert.Equal(["dua", "tiga", "empat"], chat.State.Parked.Select(frame => frame.Dialog));
    }
}
