using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Counter;

/// <summary>
/// What a sale at the counter would be: an officer says it in a sentence ("gula 2 kg, telur setengah"), and sees lines and total before the
/// money changes hands. Made anew when it is sold, so that stock, prices and rules are those of that moment.
/// </summary>
internal sealed class CounterQuote
{
    private readonly List<(ShelfItem Item, long Milli)> lines = [];
    private readonly List<string> notes = [];

    private CounterQuote(string sentence, string tier, Member? buyer)
    {
        Sentence = sentence;
        Tier = tier;
        Buyer = buyer;
    }

    /// <summary>
    /// The record: lines and total, for whom (<c>who</c>, <c>buyer</c> the register number), at whose prices, the sentence that it is made of, and
    /// what is to be said (<c>words</c>).
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "counter_sale",
        ("lines", CartRecord.Lines),
        ("total", DialogType.Money),
        ("tier", DialogType.Choice),
        ("buyer", DialogType.TextOf(10)),
        ("who", DialogType.TextOf(30)),
        ("no", DialogType.TextOf(10)),
        ("sentence", DialogType.Text),
        ("words", DialogType.TextOf(GoodsRule.MaxWordsLength)));

    /// <summary>What is sold, as said.</summary>
    public string Sentence { get; }

    /// <summary>Whose prices, one of <see cref="PriceTier"/>.</summary>
    public string Tier { get; }

    /// <summary>The member who buys; null for anybody else.</summary>
    public Member? Buyer { get; }

    /// <summary>What is bought.</summary>
    public IReadOnlyList<(ShelfItem Item, long Milli)> Lines => lines;

    /// <summary>What could not be taken, in words for the officer.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>What the buyer pays, in rupiah.</summary>
    public long TotalRupiah => lines.Sum(line => Quantities.Cost(line.Item.PriceRupiah!.Value, line.Milli));

    /// <summary>Makes the quote of a sentence.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="sentence">What is sold, as said.</param>
    /// <param name="tier">Whose prices.</param>
    /// <param name="buyer">The member who buys; null for anybody else.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<CounterQuote> MakeAsync(Turn turn, string sentence, string tier, Member? buyer, CancellationToken ct)
    {
        var quote = new CounterQuote(sentence, tier, buyer);
        var said = turn.Goods?.Read(sentence).Items ?? [];
        var shelf = await Shelf.ListAsync(turn.Db, turn.Caller.CooperativeId!.Value, turn.UtcNow, ct, tier);
        var rules = await GoodsRules.InForceAsync(turn.Db, shelf.Select(item => item.Product.Goods), turn.UtcNow, ct);
        foreach (var goods in said.Take(CartRecord.MaxLines))
            await quote.AddAsync(turn, shelf, rules, goods, ct);
        return quote;
    }

    /// <summary>The record of the quote.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="number">The sale's number, once sold.</param>
    /// <param name="words">What is said with it in place of its own notes; null for those.</param>
    public RecordValue Record(Turn turn, int? number = null, IReadOnlyList<string>? words = null) => RecordValue.Of(
        ("lines", new ListValue([.. lines.Select(line => CartRecord.LineOf(
            line.Item.Product, line.Milli, line.Item.PriceRupiah!.Value, Quantities.Cost(line.Item.PriceRupiah!.Value, line.Milli)))])),
        ("total", new MoneyValue(TotalRupiah)),
        ("tier", new TextValue(Tier)),
        ("buyer", new TextValue(MemberRegister.Text(Buyer?.Number))),
        ("who", new TextValue(CartRecord.Shortened(Buyer is null ? Tier == PriceTier.Kiosk ? "warung" : "umum" : turn.Vault.Open(Buyer.FullName), 30))),
        ("no", new TextValue(number is { } given ? RunningNumber.Text(given) : "")),
        ("sentence", new TextValue(Sentence)),
        ("words", new TextValue(CartRecord.Shortened(string.Join(' ', words ?? notes), GoodsRule.MaxWordsLength))));

    /// <summary>The active member of a register number in the officer's cooperative; null when there is none.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="number">As typed.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Member?> BuyerAsync(Turn turn, string number, CancellationToken ct) => RunningNumber.Read(number) is { } read
        ? await turn.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == turn.Caller.CooperativeId && row.Number == read && row.Status == MemberStatus.Active, ct)
        : null;

    private async Task AddAsync(Turn turn, IReadOnlyList<ShelfItem> shelf, GoodsRules rules, SaidGoods goods, CancellationToken ct)
    {
        var articles = SaidArticles.Among(shelf, goods, turn.Goods!);
        var name = articles.Count == 1 ? articles[0].Product.Name : goods.Goods[0].Replace('_', ' ');
        if (articles.Count != 1)
        {
            notes.Add(articles.Count == 0 ? $"{name}: tidak dijual di sini." : $"{name}: sebutkan {string.Join(" atau ", articles.Select(item => item.Product.Name))}.");
            return;
        }

        var item = articles[0];
        var (milli, problem) = goods.Quantity is { } amount ? SaidQuantity.Read(amount, goods.Unit, item.Product)
            : goods.Rupiah is { } rupiah ? (ForMoney(item, rupiah), null) : (0, QuantityProblem.Unclear);
        if (problem is not null || milli <= 0)
            notes.Add($"{name}: sebutkan jumlahnya per {ProductRecord.Pack(item.Product)}.");
        else if (lines.Exists(line => line.Item.Product.Id == item.Product.Id))
            notes.Add($"{name}: disebut dua kali.");
        else if (await RefusalAsync(turn, rules, item, milli, ct) is { } refusal)
            notes.Add(refusal);
        else
            lines.Add((item, milli));
    }

    private async Task<string?> RefusalAsync(Turn turn, GoodsRules rules, ShelfItem item, long milli, CancellationToken ct)
    {
        if (PurchaseRules.Forbids(rules, item, Buyer?.IsCivilServant ?? false) is { } forbidden)
            return forbidden;
        var besides = lines.Where(line => line.Item.Product.Goods == item.Product.Goods).Sum(line => line.Milli * line.Item.Product.BaseMilli / Quantities.Milli);
        if (rules.Find(item.Product.Goods, RuleKind.Limit) is { } limit
            && milli > await PurchaseRules.LeftMilliAsync(turn.Db, limit, item.Product, Buyer?.NikIndex, besides, turn.UtcNow, ct))
            return limit.Words;
        return milli > item.FreeMilli ? $"{item.Product.Name}: yang bebas tinggal {Quantities.Text(item.FreeMilli)} {item.Product.Unit}." : null;
    }

    private static long ForMoney(ShelfItem item, long rupiah)
    {
        var milli = rupiah * Quantities.Milli / item.PriceRupiah!.Value;
        return milli - (milli % item.Product.StepMilli);
    }
}
