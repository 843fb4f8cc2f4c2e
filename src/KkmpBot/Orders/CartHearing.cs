using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Orders;

/// <summary>One sentence being done to a cart: what went in, what is to be asked, and what could not be.</summary>
internal sealed class CartHearing(Turn turn, Cart cart)
{
    private readonly CartNotes notes = new();
    private bool changed;
    private bool timed;
    private (string Outcome, string Name, string Asked)? question;
    private Objection? objection;

    /// <summary>Does what a sentence says.</summary>
    /// <param name="said">The sentence.</param>
    /// <param name="meant">The key of the article that was chosen where goods of the sentence had several; what is not about it was done before. Null at first.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task TakeAsync(GoodsSentence said, string? meant, CancellationToken ct)
    {
        var shelf = await Wanted.WithOffersAsync(turn, await Shelf.ListAsync(turn.Db, cart.Member.CooperativeId, turn.UtcNow, ct), ct);
        foreach (var other in meant is null ? said.Others.Take(CartRecord.MaxLines) : [])
            notes.Add(CartNotes.NotHere, Capital(other));
        foreach (var goods in said.Items.Take(CartRecord.MaxLines))
        {
            var articles = SaidArticles.Among(shelf, goods, turn.Goods!);
            var present = articles.Where(item => cart.Lines.Any(line => line.Product.Id == item.Product.Id)).ToList();
            if (meant is not null && articles.Count > 1 && articles.FirstOrDefault(item => KeyOf(item) == meant) is { } chosen)
                await PutAsync(chosen, goods, said.Wish, ct);
            else if (meant is not null && (articles.Count < 2 || present.Count == 1))
                continue;
            else if (said.Wish == GoodsWish.Remove)
                Remove(goods, present);
            else if (articles.Count == 0)
                notes.Add(CartNotes.NotHere, Spoken(goods));
            else if (articles.Count > 1 && present.Count != 1)
                await AskAsync("which", Spoken(goods), string.Join('+', goods.Goods), ct);
            else
                await PutAsync(present.Count == 1 ? present[0] : articles[0], goods, said.Wish, ct);
        }
    }

    /// <summary>Puts in what an earlier order held.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task RepeatAsync(IReadOnlyList<NamedLine> lines, CancellationToken ct)
    {
        var found = await Shelf.LookUpAsync(turn.Db, lines.Select(line => line.Product.Id), turn.UtcNow, ct);
        var items = await Wanted.WithOffersAsync(turn, [.. found.Values], ct);
        foreach (var (line, product) in lines)
            await PutAsync(items.Single(item => item.Product.Id == product.Id), line.QuantityMilli, ct);
    }

    /// <summary>
    /// Chooses the time to fetch that was said, or the next one after it when that is full or closed. Where the cooperative plans no times there is
    /// nothing to choose: any time while it is open will do.
    /// </summary>
    /// <param name="said">As spelled out.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task FetchAsync(string said, CancellationToken ct)
    {
        if (SaidTime.Read(said, Wib.Day(turn.UtcNow)) is not { } wanted)
            return;
        timed = true;
        var times = await cart.FreeTimesAsync(ct);
        if (times.Count == 0)
            return;
        var fitting = times.FirstOrDefault(time => wanted.Overlaps(time.Day, time.Minute, time.EndMinute));
        var chosen = fitting ?? times.FirstOrDefault(time => time.Day >= wanted.Day) ?? times[^1];
        await cart.FetchAtAsync(chosen, ct);
        if (fitting is null)
            notes.Time = chosen;
    }

    /// <summary>How the sentence ended; what it leaves to be asked about is asked now, or kept by the cart.</summary>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<Outcome> OutcomeAsync(CancellationToken ct)
    {
        if (question is { } now)
            return AskedLater.Question(cart, now.Outcome, now.Name, now.Asked, notes);
        if (await AskedLater.NextAsync(turn, cart, notes, ct) is { } later)
            return later;
        if (changed && cart.Lines.Count == 0)
            return new Outcome("emptied");
        if (changed)
            return new Outcome(notes.IsEmpty ? timed ? "complete" : "changed" : "changed_in_part", cart.Record(notes: notes));
        if (objection is { Outcome: "sold_out" } gone && notes.IsOnlySoldOut)
            return new Outcome("sold_out", cart.Record(gone.Refusal));
        return notes.IsEmpty ? new Outcome("nothing") : new Outcome("refused", cart.Record(notes: notes));
    }

    private async Task PutAsync(ShelfItem item, SaidGoods goods, GoodsWish wish, CancellationToken ct)
    {
        if (goods.Quantity is null && goods.Rupiah is null)
        {
            // Nobody is asked how many they want of what they cannot have.
            if (await PurchaseRules.ObjectionAsync(turn, cart, item, item.Product.StepMilli, ct) is { } none)
                Note(item, none);
            else
                await AskAsync("how_many", item.Product.Name, KeyOf(item), ct);
            return;
        }

        var (milli, problem) = goods.Rupiah is { } rupiah ? (ForMoney(item, rupiah), null) : Read(goods, item.Product);
        if (problem is not null || milli <= 0)
        {
            notes.Add(CartNotes.NoAmount, $"{item.Product.Name} per {ProductRecord.Pack(item.Product)}");
            return;
        }

        var before = cart.Lines.FirstOrDefault(line => line.Product.Id == item.Product.Id)?.Line.QuantityMilli ?? 0;
        if (wish == GoodsWish.Less && before <= milli)
            Remove(goods, before > 0 ? [item] : []);
        else
            await PutAsync(item, wish switch { GoodsWish.Add => before + milli, GoodsWish.Less => before - milli, _ => milli }, ct);
    }

    private async Task PutAsync(ShelfItem item, long milli, CancellationToken ct)
    {
        if (await PurchaseRules.ObjectionAsync(turn, cart, item, milli, ct) is not { } against)
        {
            await cart.PutAsync(item, milli, ct);
            changed = true;
            return;
        }

        Note(item, against);
    }

    private void Note(ShelfItem item, Objection against)
    {
        objection = against;
        var named = $"{item.Product.Name} {Quantities.Text(against.Refusal.LeftMilli)} {item.Product.Unit}";
        switch (against.Outcome)
        {
            case "sold_out":
                notes.Add(CartNotes.SoldOut, item.Product.Name);
                break;
            case "short":
                notes.Add(CartNotes.Few, named);
                break;
            case "over_limit":
                notes.Add(CartNotes.Limited, named);
                notes.Add(CartNotes.Why, against.Refusal.Words);
                break;
            default:
                notes.Add(item.OnSale ? CartNotes.Forbidden : CartNotes.NotHere, item.OnSale ? against.Refusal.Words : item.Product.Name);
                break;
        }
    }

    private void Remove(SaidGoods goods, List<ShelfItem> present)
    {
        if (present.Count == 0)
            notes.Add(CartNotes.NotInCart, Spoken(goods));
        foreach (var item in present)
        {
            cart.Remove(item.Product.Id);
            changed = true;
        }
    }

    // One question a message; the other goods of the sentence are already in.
    private async Task AskAsync(string outcome, string name, string asked, CancellationToken ct)
    {
        if (question is null)
        {
            question = (outcome, name, asked);
            cart.AskNoMore(asked);
        }
        else
        {
            await cart.AskLaterAsync(asked, ct);
        }
    }

    // Half a pack for money is rounded down to what is sold.
    private static long ForMoney(ShelfItem item, long rupiah)
    {
        var milli = rupiah * Quantities.Milli / item.PriceRupiah!.Value;
        return milli - (milli % item.Product.StepMilli);
    }

    private static (long Milli, string? Problem) Read(SaidGoods goods, Product product) =>
        SaidQuantity.Read(goods.Quantity!.Value, goods.Unit, product);

    private static string KeyOf(ShelfItem item) => item.Product.Id.ToString(CultureInfo.InvariantCulture);

    private static string Spoken(SaidGoods goods) => AskedLater.Spoken(goods.Goods);

    private static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
