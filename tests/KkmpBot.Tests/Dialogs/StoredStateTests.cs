using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Turns;

namespace KkmpBot.Tests.Dialogs;

/// <summary>A conversation stored yesterday meets the dialogs of today.</summary>
public sealed class StoredStateTests
{
    private readonly Market market = new();

    [Fact]
    public void A_state_that_moved_is_followed()
    {
        var chat = Ordered("pesan", "beras");
        var published = Publish(chat, order => order
            .Replace("version: 1", "version: 2", StringComparison.Ordinal)
            .Replace("memory:", "renamed: { choose_quantity: how_much }\nmemory:", StringComparison.Ordinal)
            .Replace("choose_quantity", "how_much", StringComparison.Ordinal)
            .Replace("{ how_much: how_much }", "{ choose_quantity: how_much }", StringComparison.Ordinal));
        Assert.Empty(published.Machine.Stranded(published.State, published.UtcNow));
        published.Play("""
            > 5
            • Beras medium, 5 kg: Rp70.000
            Jumlah Rp70.000. Bayar pakai apa?
            [Potong sukarela] [Bayar tunai] [Ubah jumlah]
            """);
    }

    [Fact]
    public void A_state_that_is_gone_is_told_and_the_dialog_begins_again_with_what_it_knows()
    {
        var published = Publish(Ordered("pesan", "beras"), order => order
            .Replace("version: 1", "version: 2", StringComparison.Ordinal)
            .Replace("choose_quantity", "how_much", StringComparison.Ordinal));
        Assert.Equal([new Strand("order", "choose_quantity", StrandReason.StateGone)], published.Machine.Stranded(published.State, published.UtcNow));
        published.Play("""
            > 5
            Pesan sembako baru saja diperbarui. Kita mulai lagi, ya.

            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            """);
        Assert.Equal("beras", ((RecordValue)published.State.Frames[^1].Memory["product"]).Key);
    }

    [Fact]
    public void A_slot_of_another_type_is_not_kept()
    {
        var published = Publish(Ordered("pesan", "beras", "5"), order => order
            .Replace("quantity: quantity, cart", "quantity: number, cart", StringComparison.Ordinal)
            .Replace("min: 1, max: product.stock", "min: 1", StringComparison.Ordinal)
            .Replace("quantity: quantity, kind", "quantity: 2, kind", StringComparison.Ordinal)
            .Replace("Ubah jumlah", "Bukan {quantity}", StringComparison.Ordinal));
        Assert.Equal([new Strand("order", "confirm", StrandReason.MemoryChanged)], published.Machine.Stranded(published.State, published.UtcNow));
        Assert.StartsWith("Pesan sembako baru saja diperbarui.", published.Send("#cash"), StringComparison.Ordinal);
        Assert.DoesNotContain("quantity", published.State.Frames[^1].Memory.Keys);
        Assert.Contains("product", published.State.Frames[^1].Memory.Keys);
    }

    [Fact]
    public void A_new_question_before_the_open_one_is_not_jumped_over()
    {
        var published = Publish(Ordered("pesan", "beras"), order => order
            .Replace("version: 1", "version: 2", StringComparison.Ordinal)
            .Replace("memory: {", "memory: { note: text,", StringComparison.Ordinal)
            .Replace("next: choose_quantity\n", "next: ask_note\n  ask_note: { ask: \"Ada catatan?\", expect: { into: note }, next: choose_quantity }\n", StringComparison.Ordinal)
            .Replace("Stok {product.stock}.", "Stok {product.stock}. Catatan: {note}.", StringComparison.Ordinal));
        Assert.StartsWith("Pesan sembako baru saja diperbarui.", published.Send("5"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialog_that_is_gone_is_told()
    {
        var chat = Ordered("pesan", "beras");
        var later = new Market();
        later.Files.Remove("order.yaml");
        later.Files["menu.yaml"] = later.Files["menu.yaml"].Replace("order, ", "", StringComparison.Ordinal);
        var published = later.Open();
        published.State = chat.State;
        Assert.Equal([new Strand("order", "choose_quantity", StrandReason.DialogGone)], published.Machine.Stranded(published.State, published.UtcNow));
        published.Play("""
            > 5
            Layanan itu sudah tidak ada.

            Ada yang bisa dibantu, Bu Ani?
            [Simpanan]
            """);
    }

    [Fact]
    public void A_dialog_that_is_gone_gives_way_to_the_one_it_interrupted()
    {
        var chat = Ordered("pesan");
        var frame = chat.State.Frames[0];
        chat.State = chat.State with { Frames = [frame, frame with { Dialog = "vanished" }] };
        chat.Play("""
            > beras
            Layanan itu sudah tidak ada.

            Mau pesan apa, Bu Ani?
            [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
            """);
    }

    [Fact]
    public void The_open_question_can_be_shown_again_as_it_stands()
    {
        var chat = Ordered("pesan");
        Assert.Equal(
            "Mau pesan apa, Bu Ani?\n[Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]",
            Chat.Shown(chat.Machine.Ask(chat.State, chat.Context)!));
        Assert.Null(chat.Machine.Ask(chat.State, chat.Context with { UtcNow = chat.UtcNow.AddHours(3) }));
        Assert.Null(chat.Machine.Ask(ConversationState.Empty, chat.Context));
        chat.Send("menu");
        Assert.Equal("[Lanjutkan] [Tidak usah] [Pesan sembako] [Simpanan]", Chat.Shown(chat.Machine.Ask(chat.State, chat.Context)!));
    }

    [Fact]
    public void A_state_with_broken_parts_starts_the_dialog_again()
    {
        var sound = Ordered("pesan").State.Frames[0];
        Frame[] broken =
        [
            sound with { State = "price" },
            sound with { State = "nowhere" },
            sound with { Options = [] },
            sound with { Page = 7 },
            sound with { Page = -1 },
            sound with { Options = [new Option("beras", "Beras")] },
            sound with { Options = [new Option("beras", "Beras", null, RecordValue.Of(("key", new TextValue("beras"))))] },
        ];
        foreach (var frame in broken)
        {
            var chat = market.Open();
            chat.State = ConversationState.Empty with { Frames = [frame] };
            Assert.StartsWith("Pesan sembako baru saja diperbarui.", chat.Send("1"), StringComparison.Ordinal);
        }
    }

    private Chat Ordered(params string[] lines)
    {
        var chat = market.Open();
        foreach (var line in lines)
            chat.Send(line);
        return chat;
    }

    private static Chat Publish(Chat chat, Func<string, string> change)
    {
        var later = new Market();
        later.Files["order.yaml"] = change(later.Files["order.yaml"]);
        var published = later.Open();
        published.State = chat.State;
        return published;
    }
}
