using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>
/// "Gula, telur sama minyak": one thing is asked at a time, and what is left of the sentence waits in the cart until it is its turn.
/// </summary>
internal static class AskedLater
{
    /// <summary>The next question: <c>how_many</c> of an article, or <c>which</c> of a kind of goods. Null when there is nothing to ask.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cart">The caller's cart.</param>
    /// <param name="notes">What is to be said before it; null for nothing.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Outcome?> NextAsync(Turn turn, Cart cart, CartNotes? notes, CancellationToken ct)
    {
        if (cart.AskNext() is not { } asked)
            return null;
        if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var productId))
            return Question(cart, "which", Spoken(asked.Split('+')), asked, notes);
        var item = (await Shelf.LookUpAsync(turn.Db, [productId], turn.UtcNow, ct))[productId];
        return Question(cart, "how_many", item.Product.Name, asked, notes);
    }

    /// <summary>A question about goods that were said.</summary>
    /// <param name="cart">The caller's cart.</param>
    /// <param name="question"><c>how_many</c> or <c>which</c>.</param>
    /// <param name="name">The goods by name.</param>
    /// <param name="asked">An article's key, or keys of goods joined by +.</param>
    /// <param name="notes">What is to be said before it; null for nothing.</param>
    public static Outcome Question(Cart cart, string question, string name, string asked, CartNotes? notes)
    {
        notes ??= new CartNotes();
        notes.Question = question;
        if (question == "which")
            notes.Add(CartNotes.Several, name);
        return new Outcome(question, cart.Record(new Refusal(name, Asked: asked), notes: notes));
    }

    /// <summary>Goods as people call them.</summary>
    /// <param name="goods">Their keys.</param>
    public static string Spoken(IReadOnlyList<string> goods)
    {
        // "Bawang", where it may be the red or the white.
        var first = goods[0].Split('_')[0];
        var words = goods.Count > 1 && goods.All(other => other.Split('_')[0] == first) ? first : goods[0].Replace('_', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }
}
