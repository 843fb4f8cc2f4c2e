using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// The cart of a member: their one order in draft. Only an active member has one. It reserves nothing; a person's own turns follow one
/// another, so nobody else touches it.
/// </summary>
internal sealed class Cart
{
    /// <summary>A cart that lay untouched for longer is emptied when it is opened again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);

    private readonly Turn turn;
    private readonly List<NamedLine> lines;
    private Order? order;

    private Cart(Turn turn, Member member, Order? order, List<NamedLine> lines)
    {
        this.turn = turn;
        Member = member;
        this.order = order;
        this.lines = lines;
    }

    /// <summary>Whose it is.</summary>
    public Member Member { get; }

    /// <summary>What is in it, oldest first.</summary>
    public IReadOnlyList<NamedLine> Lines => lines;

    /// <summary>Opens the caller's cart, empty when they have none yet; null when the caller is no active member.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Cart?> OpenAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } memberId)
            return null;
        var member = await turn.Db.Set<Member>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == memberId && row.Status == MemberStatus.Active, ct);
        if (member is null)
            return null;
        var draft = await turn.Db.Set<Order>()
            .SingleOrDefaultAsync(row => row.PersonId == turn.Caller.PersonId && row.Status == OrderStatus.Draft, ct);
        var cart = new Cart(turn, member, draft, draft is null ? [] : await OrderBook.LinesAsync(turn.Db, draft.Id, ct));
        if (draft is not null && (draft.MemberId != member.Id || draft.ChangedUtc + MaxAge < turn.UtcNow))
            cart.Clear();
        return cart;
    }

    /// <summary>The record of a caller who has no cart.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="refusal">Why.</param>
    public static RecordValue NoRecord(Turn turn, Refusal refusal) => CartRecord.Of([], OrderBook.LastDay(turn.UtcNow), refusal);

    /// <summary>Puts an amount of an article in, in place of what was there of it.</summary>
    /// <param name="item">The article with its price of now.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task PutAsync(ShelfItem item, long milli, CancellationToken ct)
    {
        var draft = await DraftAsync(ct);
        var present = lines.FindIndex(line => line.Product.Id == item.Product.Id);
        if (present < 0)
        {
            var added = new OrderLine { OrderId = draft.Id, ProductId = item.Product.Id, QuantityMilli = milli, PriceRupiah = item.PriceRupiah!.Value };
            turn.Db.Add(added);
            lines.Add(new NamedLine(added, item.Product));
        }
        else
        {
            lines[present].Line.QuantityMilli = milli;
            lines[present].Line.PriceRupiah = item.PriceRupiah!.Value;
        }

        draft.ChangedUtc = turn.UtcNow;
    }

    /// <summary>Takes an article out; nothing happens when it is not there.</summary>
    /// <param name="productId">The article.</param>
    public void Remove(long productId)
    {
        foreach (var line in lines.Where(line => line.Product.Id == productId))
            turn.Db.Remove(line.Line);
        lines.RemoveAll(line => line.Product.Id == productId);
    }

    /// <summary>Takes everything out.</summary>
    public void Clear()
    {
        foreach (var line in lines)
            turn.Db.Remove(line.Line);
        lines.Clear();
        if (order is not null)
        {
            turn.Db.Remove(order);
            order = null;
        }
    }

    /// <summary>Takes over the prices of now.</summary>
    /// <param name="items">The articles of the cart.</param>
    /// <returns>True when a price had changed since the member last saw it.</returns>
    public bool Reprice(IReadOnlyDictionary<long, ShelfItem> items)
    {
        var changed = lines.Where(line => items[line.Product.Id].PriceRupiah is { } now && now != line.Line.PriceRupiah).ToList();
        foreach (var line in changed)
            line.Line.PriceRupiah = items[line.Product.Id].PriceRupiah!.Value;
        return changed.Count > 0;
    }

    /// <summary>Turns the draft into a placed order; its lines are reserved by the caller.</summary>
    /// <param name="number">The order's number.</param>
    public Order Place(int number)
    {
        var placed = order ?? throw new InvalidOperationException("An empty cart cannot be placed.");
        placed.Status = OrderStatus.Placed;
        placed.Number = number;
        placed.TotalRupiah = lines.Sum(line => line.SubtotalRupiah);
        placed.PlacedUtc = turn.UtcNow;
        placed.KeptUntilUtc = OrderBook.KeptUntilUtc(turn.UtcNow);
        placed.ActKey = turn.ActKey;
        return placed;
    }

    /// <summary>The record that the dialogs show.</summary>
    /// <param name="refusal">What was refused, if anything.</param>
    /// <param name="number">The order's number, once placed.</param>
    public RecordValue Record(Refusal? refusal = null, int? number = null) =>
        CartRecord.Of(lines, OrderBook.LastDay(turn.UtcNow), refusal ?? Refusal.None, number);

    private async Task<Order> DraftAsync(CancellationToken ct)
    {
        if (order is not null)
            return order;
        order = new Order
        {
            CooperativeId = Member.CooperativeId,
            MemberId = Member.Id,
            PersonId = turn.Caller.PersonId,
            NikIndex = Member.NikIndex,
            ChangedUtc = turn.UtcNow,
        };
        turn.Db.Add(order);
        await turn.Db.SaveChangesAsync(ct);
        return order;
    }
}
