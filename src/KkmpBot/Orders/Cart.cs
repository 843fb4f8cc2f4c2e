using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// The cart of a member: their one order in draft, for themselves or for somebody of their household. Only an active member has one. It
/// reserves nothing; a person's own turns follow one another, so nobody else touches it.
/// </summary>
internal sealed class Cart
{
    /// <summary>A cart that lay untouched for longer is emptied when it is opened again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);

    private readonly Turn turn;
    private readonly List<NamedLine> lines;
    private readonly PickupPlan? plan;
    private Order? order;

    private Cart(Turn turn, Member member, Order? order, List<NamedLine> lines, OpeningCalendar calendar, PickupPlan? plan)
    {
        this.turn = turn;
        Member = member;
        this.order = order;
        this.lines = lines;
        Calendar = calendar;
        this.plan = plan;
    }

    /// <summary>Whom it is for.</summary>
    public Member Member { get; private set; }

    /// <summary>What is in it, oldest first.</summary>
    public IReadOnlyList<NamedLine> Lines => lines;

    /// <summary>When the outlet is open.</summary>
    public OpeningCalendar Calendar { get; }

    /// <summary>The last day on which it would be kept.</summary>
    public DateOnly LastDay => OrderBook.LastDay(Calendar, turn.UtcNow);

    /// <summary>How it is to be paid, one of <see cref="PaymentWay"/>.</summary>
    public string Payment => order?.Payment ?? PaymentWay.Cash;

    /// <summary>Opens the caller's cart, empty when they have none yet; null when the caller is no active member.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Cart?> OpenAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } memberId || await ActiveAsync(turn, memberId, ct) is not { } member)
            return null;
        var draft = await turn.Db.Set<Order>()
            .SingleOrDefaultAsync(row => row.PersonId == turn.Caller.PersonId && row.Status == OrderStatus.Draft, ct);
        var buyer = draft is null || draft.MemberId == memberId ? member : await HouseholdMemberAsync(turn, member, draft.MemberId, ct);
        var today = Wib.Day(turn.UtcNow);
        var cart = new Cart(
            turn,
            buyer ?? member,
            draft,
            draft is null ? [] : await OrderBook.LinesAsync(turn.Db, draft.Id, ct),
            await OpeningCalendar.LoadAsync(turn.Db, member.CooperativeId, today, ct),
            await turn.Db.Set<PickupPlan>().AsNoTracking().SingleOrDefaultAsync(row => row.CooperativeId == member.CooperativeId, ct));
        if (draft is not null && (buyer is null || draft.CooperativeId != member.CooperativeId || draft.ChangedUtc + MaxAge < turn.UtcNow))
            cart.Clear();
        return cart;
    }

    /// <summary>The record of a caller who has no cart.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="refusal">Why.</param>
    public static RecordValue NoRecord(Turn turn, Refusal refusal) => CartRecord.Of(new CartView([], Wib.Day(turn.UtcNow)) { Refusal = refusal });

    /// <summary>Orders for another member from now on.</summary>
    /// <param name="member">The caller, or an active member of their household who agreed.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task BuyForAsync(Member member, CancellationToken ct)
    {
        Member = member;
        var draft = await DraftAsync(ct);
        draft.MemberId = member.Id;
        draft.NikIndex = member.NikIndex;
    }

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

    /// <summary>Something that was said is asked about later.</summary>
    /// <param name="asked">An article's key, or keys of goods joined by +.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task AskLaterAsync(string asked, CancellationToken ct)
    {
        var draft = await DraftAsync(ct);
        draft.ToAsk = draft.ToAsk is null ? asked : $"{draft.ToAsk} {asked}";
    }

    /// <summary>What is to be asked about next, as <see cref="AskLaterAsync"/> noted it, and is not in the cart by now; null when there is nothing.</summary>
    public string? AskNext()
    {
        while (order?.ToAsk is { } waiting)
        {
            var (asked, rest) = waiting.Split(' ', 2) is [var first, var others] ? (first, others) : (waiting, null);
            order.ToAsk = rest;
            if (lines.TrueForAll(line => CartRecord.KeyOf(line) != asked))
                return asked;
        }

        return null;
    }

    /// <summary>Something is asked about now, or need not be.</summary>
    /// <param name="asked">As noted.</param>
    public void AskNoMore(string asked)
    {
        if (order?.ToAsk is { } waiting)
            order.ToAsk = string.Join(' ', waiting.Split(' ').Where(other => other != asked)) is { Length: > 0 } rest ? rest : null;
    }

    /// <summary>Nothing is asked about any more.</summary>
    public void AskNoMore()
    {
        if (order is not null)
            order.ToAsk = null;
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

    /// <summary>The times that can be chosen now; empty where the cooperative plans none.</summary>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public Task<IReadOnlyList<PickupTime>> FreeTimesAsync(CancellationToken ct) =>
        PickupSlots.FreeAsync(turn.Db, Member.CooperativeId, Calendar, turn.UtcNow, LastDay, ct);

    /// <summary>Chooses when it is fetched.</summary>
    /// <param name="time">The time; null for any.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task FetchAtAsync(PickupTime? time, CancellationToken ct)
    {
        var draft = await DraftAsync(ct);
        draft.PickupDay = time?.Day;
        draft.PickupMinute = time?.Minute;
    }

    /// <summary>Chooses how it is paid.</summary>
    /// <param name="way">One of <see cref="PaymentWay"/>.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task PayByAsync(string way, CancellationToken ct) => (await DraftAsync(ct)).Payment = way;

    /// <summary>The draft, to be placed; an empty cart throws.</summary>
    public Order Draft => order ?? throw new InvalidOperationException("An empty cart cannot be placed.");

    /// <summary>Turns the draft into a placed order; its lines are reserved by the caller.</summary>
    /// <param name="number">The order's number.</param>
    public Order Place(int number)
    {
        var placed = Draft;
        placed.Status = OrderStatus.Placed;
        placed.Number = number;
        placed.Code = PickupCode.New();
        placed.TotalRupiah = lines.Sum(line => line.SubtotalRupiah);
        placed.PlacedUtc = turn.UtcNow;
        placed.KeptUntilUtc = Wib.StartUtc(LastDay.AddDays(1));
        placed.ActKey = turn.ActKey;
        placed.ToAsk = null;
        return placed;
    }

    /// <summary>The record that the dialogs show.</summary>
    /// <param name="refusal">What was refused, if anything.</param>
    /// <param name="place">The place in a queue that was just taken.</param>
    /// <param name="notes">What of a sentence could not be done.</param>
    public RecordValue Record(Refusal? refusal = null, int place = 0, CartNotes? notes = null) => CartRecord.Of(new CartView(lines, LastDay)
    {
        Refusal = refusal ?? Refusal.None,
        Notes = notes ?? new CartNotes(),
        Number = order?.Number,
        Code = order is { Number: { } number, Code: { } code } ? PickupCode.Text(number, code) : "",
        Time = PickupSlots.Find(Calendar, plan, order?.PickupDay, order?.PickupMinute),
        Payment = Payment,
        For = Member.Id == turn.Caller.MemberId ? null : turn.Vault.Open(Member.FullName),
        Place = place,
    });

    /// <summary>Somebody of the household who agreed and is an active member of the same cooperative; null otherwise.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="self">The caller.</param>
    /// <param name="memberId">The other.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Member?> HouseholdMemberAsync(Turn turn, Member self, long? memberId, CancellationToken ct)
    {
        if (memberId is not { } other || await ActiveAsync(turn, other, ct) is not { } member || member.CooperativeId != self.CooperativeId)
            return null;
        return await turn.Db.Set<HouseholdLink>().AnyAsync(
            link => link.MemberId == other && link.PersonId == turn.Caller.PersonId && link.Status == HouseholdStatus.Given, ct)
            ? member
            : null;
    }

    private static Task<Member?> ActiveAsync(Turn turn, long memberId, CancellationToken ct) =>
        turn.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == memberId && row.Status == MemberStatus.Active, ct);

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
