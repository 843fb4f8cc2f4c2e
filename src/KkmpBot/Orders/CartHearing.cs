using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Orders;

/// <summary>One sentence being done to a cart: what went in, what is to be asked, and what could not be.</summary>
internal sealed class CartHearing(Turn turn, Cart cart)
{
    private readonly List<string> notes = [];
    private bool changed;
    private bool timed;
    private Outcome? question;
    private Objection? objection;

    /// <summary>Does what a sentence says.</summary>
    /// <param name="said">The sentence.</param>
    /// <param name="meant">The key of the article that was chosen where goods of the sentence had several; what is not about it was done before. Null at first.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task TakeAsync(GoodsSentence said, string? meant, CancellationToken ct)
    {
        var shelf = await Wanted.WithOffersAsync(turn, await Shelf.ListAsync(turn.Db, cart.Member.CooperativeId, turn.UtcNow, ct), ct);
        if (meant is null)
            notes.AddRange(said.Others.Take(CartRecord.MaxLines).Select(other => $"{Capital(other)} belum ada di sini."));
        foreach (var goods in said.Items.Take(CartRecord.MaxLines))
        {
            var articles = SaidArticles.Among(shelf, goods);
            var present = articles.Where(item => cart.Lines.Any(line => line.Product.Id == item.Product.Id)).ToList();
            if (meant is not null && articles.Count > 1 && articles.FirstOrDefault(item => KeyOf(item) == meant) is { } chosen)
                await PutAsync(chosen, goods, said.Wish, ct);
            else if (meant is not null && (articles.Count < 2 || present.Count == 1))
                continue;
            else if (said.Wish == GoodsWish.Remove)
                Remove(goods, present);
            else if (articles.Count == 0)
                notes.Add($"{Spoken(goods)} belum ada di sini.");
            else if (articles.Count > 1 && present.Count != 1)
                Ask("which", Spoken(goods), string.Join('+', goods.Goods));
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
            notes.Add($"Untuk {said} tidak ada tempat; paling dekat {Days.Long(chosen.Day, "id")} pukul {chosen.Hours}.");
    }

    /// <summary>How the sentence ended.</summary>
    public Outcome Outcome()
    {
        if (question is not null)
            return question;
        if (changed && cart.Lines.Count == 0)
            return new Outcome("emptied");
        if (changed)
            return notes.Count == 0 ? new Outcome(timed ? "complete" : "changed", cart.Record()) : new Outcome("changed_in_part", cart.Record(Noted()));
        if (objection is { Outcome: "sold_out" } gone && notes.Count == 1)
            return new Outcome("sold_out", cart.Record(gone.Refusal));
        return notes.Count > 0 ? new Outcome("refused", cart.Record(Noted())) : new Outcome("nothing");
    }

    private async Task PutAsync(ShelfItem item, SaidGoods goods, GoodsWish wish, CancellationToken ct)
    {
        if (goods.Quantity is null && goods.Rupiah is null)
        {
            Ask("how_many", item.Product.Name, KeyOf(item));
            return;
        }

        var (milli, problem) = goods.Rupiah is { } rupiah ? (ForMoney(item, rupiah), null) : Read(goods, item.Product);
        if (problem is not null || milli <= 0)
        {
            notes.Add($"{item.Product.Name}: jumlahnya belum cocok, dijual per {ProductRecord.Pack(item.Product)}.");
            return;
        }

        var before = wish == GoodsWish.Add ? cart.Lines.FirstOrDefault(line => line.Product.Id == item.Product.Id)?.Line.QuantityMilli ?? 0 : 0;
        await PutAsync(item, before + milli, ct);
    }

    private async Task PutAsync(ShelfItem item, long milli, CancellationToken ct)
    {
        if (await PurchaseRules.ObjectionAsync(turn, cart, item, milli, ct) is not { } against)
        {
            await cart.PutAsync(item, milli, ct);
            changed = true;
            return;
        }

        objection = against;
        var (name, left) = (item.Product.Name, $"{Quantities.Text(against.Refusal.LeftMilli)} {item.Product.Unit}");
        notes.Add(against.Outcome switch
        {
            "sold_out" => $"{name} sedang habis.",
            "short" => $"{name} tinggal {left}.",
            "over_limit" => $"{name} masih bisa {left}. {against.Refusal.Words}",
            _ => $"{name}: {against.Refusal.Words}",
        });
    }

    private void Remove(SaidGoods goods, List<ShelfItem> present)
    {
        if (present.Count == 0)
            notes.Add($"{Spoken(goods)} tidak ada di keranjang.");
        foreach (var item in present)
        {
            cart.Remove(item.Product.Id);
            changed = true;
        }
    }

    // One question a message; the other goods of the sentence are already in.
    private void Ask(string outcome, string name, string asked) => question ??= new Outcome(outcome, cart.Record(new Refusal(name, Asked: asked)));

    private Refusal Noted() => new(objection?.Refusal.Name ?? "", string.Join(' ', notes));

    // Half a pack for money is rounded down to what is sold.
    private static long ForMoney(ShelfItem item, long rupiah)
    {
        var milli = rupiah * Quantities.Milli / item.PriceRupiah!.Value;
        return milli - (milli % item.Product.StepMilli);
    }

    private static (long Milli, string? Problem) Read(SaidGoods goods, Product product) =>
        SaidQuantity.Read(goods.Quantity!.Value, goods.Unit, product);

    private static string KeyOf(ShelfItem item) => item.Product.Id.ToString(CultureInfo.InvariantCulture);

    private static string Spoken(SaidGoods goods)
    {
        // "Bawang", where it may be the red or the white.
        var first = goods.Goods[0].Split('_')[0];
        var words = goods.Goods.Count > 1 && goods.Goods.All(other => other.Split('_')[0] == first) ? first : goods.Goods[0].Replace('_', ' ');
        return Capital(words);
    }

    private static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
