namespace KkmpBot.Tests.Dialogs;

/// <summary>How an option is chosen: by button, number, label or a part of it, over several pages.</summary>
public sealed class ChoiceChatTests
{
    private const string Shelf = """
        dialog: shelf
        version: 1
        title: "Isi rak"
        memory: { product: product, what: choice }
        initial: pick
        states:
          pick:
            ask: "Yang mana?"
            choices: { from: catalog.in_stock, label: "{name}", add: [{ pick: done, label: "Selesai" }] }
            expect: { into: product }
            pick_into: what
            next: [{ when: what == done, to: bye }, { to: show }]
          show: { say: "{product.name}: {product.price:rp}.", end: shown }
          bye: { say: "Terima kasih.", end: done }
        """;

    private readonly Market market = new();

    public ChoiceChatTests()
    {
        foreach (var i in Enumerable.Range(1, 12))
            market.Shelf.Add(Market.Goods($"teh_{i}", $"Teh {(char)('A' + i - 1)}", 1_000 * i, i));
    }

    [Fact]
    public void Many_options_are_shown_by_the_page() => market.OpenWith(Shelf).Play("""
        > isi rak
        Yang mana?
        [Beras medium] [Gula pasir] [Teh A] [Teh B] [Teh C] [Teh D] [Teh E] [Teh F] [Teh G] [Berikutnya]
        > berikutnya
        Yang mana?
        [Teh H] [Teh I] [Teh J] [Teh K] [Teh L] [Selesai] [Berikutnya]
        > 2
        Teh I: Rp9.000.
        """);

    [Fact]
    public void The_page_after_the_last_is_the_first() => market.OpenWith(Shelf).Play("""
        > isi rak
        Yang mana?
        [Beras medium] [Gula pasir] [Teh A] [Teh B] [Teh C] [Teh D] [Teh E] [Teh F] [Teh G] [Berikutnya]
        > 10
        Yang mana?
        [Teh H] [Teh I] [Teh J] [Teh K] [Teh L] [Selesai] [Berikutnya]
        > #__more
        Yang mana?
        [Beras medium] [Gula pasir] [Teh A] [Teh B] [Teh C] [Teh D] [Teh E] [Teh F] [Teh G] [Berikutnya]
        > teh l
        Teh L: Rp12.000.
        """);

    [Theory]
    [InlineData("BERAS", "Beras medium: Rp14.000.")]
    [InlineData("beras medium!", "Beras medium: Rp14.000.")]
    [InlineData("pasir", "Gula pasir: Rp17.500.")]
    [InlineData("nomor 2", "Gula pasir: Rp17.500.")]
    [InlineData("teh_3", "Teh C: Rp3.000.")]
    [InlineData("selesai", "Terima kasih.")]
    [InlineData("Téh B", "Teh B: Rp2.000.")]
    [InlineData("mau bersa dong", "Beras medium: Rp14.000.")]
    [InlineData("gula aja", "Gula pasir: Rp17.500.")]
    public void Words_choose_as_well_as_buttons(string words, string reply)
    {
        var chat = market.OpenWith(Shelf);
        chat.Send("isi rak");
        Assert.Equal(reply, chat.Send(words));
    }

    [Theory]
    [InlineData("teh")]
    [InlineData("99")]
    [InlineData("?")]
    [InlineData("teh z")]
    [InlineData("tolong ya")]
    [InlineData("mau selesei")]
    public void Words_that_could_mean_several_or_none_are_asked_again(string words)
    {
        var chat = market.OpenWith(Shelf);
        chat.Send("isi rak");
        Assert.StartsWith("Pilih salah satu, ya.\n\nYang mana?", chat.Send(words), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_means_what_was_shown_whatever_the_shelf_holds_now()
    {
        var chat = market.OpenWith(Shelf);
        chat.Send("isi rak");
        market.Shelf.RemoveAt(0);
        Assert.Equal("Beras medium: Rp14.000.", chat.Send("1"));
    }

    [Fact]
    public void A_button_of_no_option_is_told_so()
    {
        var chat = market.OpenWith(Shelf);
        chat.Send("isi rak");
        Assert.StartsWith("Tombol itu sudah tidak berlaku.\n\nYang mana?", chat.Send("#madu"), StringComparison.Ordinal);
        Assert.StartsWith("Tombol itu sudah tidak berlaku.\n\nYang mana?", chat.Send("#__resume"), StringComparison.Ordinal);
        Assert.StartsWith("Tombol itu sudah tidak berlaku.\n\nYang mana?", chat.Send("#start:nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_memory_can_be_chosen_from() => market.OpenWith("""
        dialog: twice
        version: 1
        title: "Dua kali"
        memory: { product: product, quantity: quantity, cart: cart, line: cart_line }
        initial: pick
        states:
          pick:
            ask: "Yang mana?"
            choices: { from: catalog.in_stock, label: "{name}", empty: bye }
            expect: { into: product }
            next: amount
          amount: { ask: "Berapa?", expect: { into: quantity, min: 0.5 }, next: price }
          price:
            do: orders.price
            with: { product: product, quantity: quantity }
            into: cart
            outcomes: { priced: pick_line, out_of_stock: bye }
          pick_line:
            ask: "Baris mana?"
            choices: { from: cart.lines, label: "{name} {quantity}", empty: bye }
            expect: { into: line }
            next: show
          show: { say: "{line.name}, {line.quantity} kg, {line.subtotal:rp}.", end: shown }
          bye: { say: "Baik.", end: done }
        """).Play("""
        > dua kali
        Yang mana?
        [Beras medium] [Gula pasir] [Teh A] [Teh B] [Teh C] [Teh D] [Teh E] [Teh F] [Teh G] [Berikutnya]
        > gula
        Berapa?
        > 0,25
        Paling sedikit 0,5.

        Berapa?
        > 0,5
        Baris mana?
        [Gula pasir 0,5]
        > gula
        Gula pasir, 0,5 kg, Rp8.750.
        """);

    [Theory]
    [InlineData("ya", "Terkirim.")]
    [InlineData("nggih leres", "Terkirim.")]
    [InlineData("👍", "Terkirim.")]
    [InlineData("mboten", "Tidak dikirim.")]
    [InlineData("emoh", "Tidak dikirim.")]
    [InlineData("ya tapi besok", "Pilih salah satu, ya.\n\nSudah benar?\n[Ya, kirim] [Sudah pernah] [Tidak usah]")]
    public void A_yes_in_other_words_is_the_pick_that_begins_with_one(string said, string answer) => market.OpenWith("""
        dialog: letter
        version: 1
        title: "Surat"
        memory: { what: choice }
        initial: confirm
        states:
          confirm:
            ask: "Sudah benar?"
            choices:
              - { pick: send, label: "Ya, kirim" }
              - { pick: sent, label: "Sudah pernah" }
              - { pick: drop, label: "Tidak usah" }
            expect: { into: what }
            next: [{ when: what == send, to: gone }, { when: what == drop, to: kept }, { to: known }]
          gone: { say: "Terkirim.", end: gone }
          kept: { say: "Tidak dikirim.", end: kept }
          known: { say: "Oh, sudah.", end: known }
        """).Play($"""
        > surat
        Sudah benar?
        [Ya, kirim] [Sudah pernah] [Tidak usah]
        > {said}
        {answer.Replace("\n", "\n        ", StringComparison.Ordinal)}
        """);
}
