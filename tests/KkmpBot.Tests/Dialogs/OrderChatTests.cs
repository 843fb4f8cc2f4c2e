using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>A dialog from its first word to its end.</summary>
public sealed class OrderChatTests
{
    private readonly Market market = new();

    [Fact]
    public void Runs_from_its_word_to_its_number() => market.Open().Play("""
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
    public void A_choice_whose_condition_fails_is_not_offered()
    {
        market.Facts = Market.FactsOf("active", 10_000);
        market.Open().Play("""
            > belanja
            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            > #gula
            Berapa kg? Stok 3.
            > 3
            • Gula pasir, 3 kg: Rp52.500
            Jumlah Rp52.500. Bayar pakai apa?
            [Bayar tunai] [Ubah jumlah]
            > potong sukarela
            Pilih salah satu, ya.

            • Gula pasir, 3 kg: Rp52.500
            Jumlah Rp52.500. Bayar pakai apa?
            [Bayar tunai] [Ubah jumlah]
            """);
    }

    [Fact]
    public void A_guard_at_the_door_sends_elsewhere()
    {
        market.Facts = Market.FactsOf("applied", 0);
        market.Open().Play("""
            > pesan
            Bapak/Ibu belum menjadi anggota.
            [Simpanan]
            > 1
            Simpanan Rp0.
            """);
    }

    [Fact]
    public void An_empty_list_leads_to_its_state()
    {
        market.Shelf.Clear();
        market.Open().Play("""
            > pesan
            Hari ini habis semua.
            [Simpanan]
            """);
    }

    [Fact]
    public void An_outcome_may_say_something_on_the_way()
    {
        var chat = market.Open();
        chat.Play("""
            > pesan
            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            > gula
            Berapa kg? Stok 3.
            """);
        market.SoldOut = true;
        chat.Play("""
            > 2
            Maaf, stoknya baru habis.

            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            """);
    }

    [Fact]
    public void Patience_ends_after_the_attempts_of_the_question() => market.Open().Play("""
        > pesan
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > sepeda
        Belum ketemu. Pilih dari daftar, ya.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > @photo
        Maaf, saya belum bisa membaca foto.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > motor
        Belum ketemu. Pilih dari daftar, ya.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > mobil
        Petugas akan membalas di sini.
        """);

    [Fact]
    public void More_states_in_a_turn_than_the_limit_fail_the_turn()
    {
        Assert.EndsWith("Selesai.", market.OpenWith(Chain(Step.MaxStepsPerTurn)).Send("panjang"), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => market.OpenWith(Chain(Step.MaxStepsPerTurn + 1)).Send("panjang"));
    }

    private static string Chain(int states)
    {
        var sayings = Enumerable.Range(1, states - 1).Select(i => $"  s{i}: {{ say: \"{i}\", next: s{i + 1} }}\n");
        return "dialog: long\nversion: 1\ntitle: Panjang\ninitial: s1\nstates:\n"
            + string.Concat(sayings)
            + $"  s{states}: {{ say: \"Selesai.\", end: done }}\n";
    }

    [Fact]
    public void Every_edge_is_named_as_the_files_name_it()
    {
        var chat = market.Open();
        foreach (var line in new[] { "pesan", "beras", "2", "3", "1", "saldo", "2" })
            chat.Send(line);
        var named = market.Catalog().Flows.Values.SelectMany(flow => flow.Edges.Select(edge => edge.Name(flow.Dialog.Name))).ToHashSet();
        Assert.Contains("order: confirm -> choose_quantity", chat.Walked);
        Assert.Contains("savings: [start] -> show", chat.Walked);
        Assert.Contains("order: place -> placed", chat.Walked);
        Assert.Empty(chat.Walked.Except(named));
    }
}
