using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;

namespace KkmpBot.Closing;

/// <summary>What the treasurer may book by hand.</summary>
public sealed class ListCashKinds : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.cash_kinds").Gives("listed", ListType);

    /// <summary>A kind of booking.</summary>
    internal static DialogType Type { get; } = DialogType.Record("cash_kind", ("key", DialogType.TextOf(20)), ("name", DialogType.TextOf(24)));

    /// <summary>All of them.</summary>
    internal static DialogType ListType { get; } = DialogType.List("cash_kinds", Type, 30);

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        ValueTask.FromResult(new Outcome("listed", new ListValue([.. CashKind.All.Values.Select(
            kind => RecordValue.Of(("key", new TextValue(kind.Kind)), ("name", new TextValue(kind.Name))))])));
}

/// <summary>A booking by hand before it is booked: amount and day read and checked, so that the treasurer confirms what will stand in the books.</summary>
public sealed class QuoteCash : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.quote_cash")
        .Takes("kind", DialogType.Text)
        .Takes("said", DialogType.Text)
        .Takes("day", DialogType.Text)
        .Gives("quoted", Booking)
        .Gives("unclear")
        .Gives("unclear_day")
        .Gives("future")
        .Gives("closed")
        .Gives("short");

    /// <summary>What will be booked; <c>via</c> is "kas" or "bank".</summary>
    internal static DialogType Booking { get; } = DialogType.Record(
        "cash_booking",
        ("what", DialogType.TextOf(24)),
        ("amount", DialogType.Money),
        ("via", DialogType.TextOf(4)),
        ("day", DialogType.Date));

    /// <summary>Checks a booking against the books of this moment.</summary>
    /// <returns>The name of the problem; null when it may be booked.</returns>
    internal static async Task<string?> ProblemAsync(Turn turn, CashKind kind, bool byBank, long rupiah, DateOnly day, CancellationToken ct)
    {
        int cooperativeId = turn.Caller.CooperativeId!.Value;
        if (rupiah is <= 0 or > EntryDraft.MaxRupiah)
            return "unclear";
        if (day > Wib.Day(turn.UtcNow))
            return "future";
        if (await ClosedMonth.IsClosedAsync(turn.Db, cooperativeId, day, ct))
            return "closed";
        foreach (var account in kind.MustCover)
        {
            var from = account.Code == Account.Cash.Code && byBank ? Account.Bank : account;
            if (await Books.BalanceAsync(turn.Db, cooperativeId, from, ct) < rupiah)
                return "short";
        }
        return null;
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || !CashKind.All.TryGetValue(call.Text("kind"), out var kind))
            return new Outcome("unclear");
        string said = call.Text("said");
        bool namesBank = kind.Debit == Account.Bank || kind.Credit == Account.Bank;
        bool byBank = !namesBank && said.Contains("bank", StringComparison.OrdinalIgnoreCase);
        if (RupiahReader.Read(Deposits.Without(said, "bank", "lewat", "dari", "kas", "tunai")) is not { } rupiah)
            return new Outcome("unclear");
        if (DateReader.Read(call.Text("day"), Wib.Day(turn.UtcNow)).Day is not { } day)
            return new Outcome("unclear_day");
        if (await ProblemAsync(turn, kind, byBank, rupiah, day, ct) is { } problem)
            return new Outcome(problem);
        return new Outcome("quoted", RecordValue.Of(
            ("what", new TextValue(kind.Name)),
            ("amount", new MoneyValue(rupiah)),
            ("via", new TextValue(byBank ? "bank" : "kas")),
            ("day", new DateValue(day))));
    }
}

/// <summary>The treasurer books an expense, a bill, a payout or another movement of money by hand, with a note of what it was for.</summary>
public sealed class BookCash : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.book_cash")
        .Takes("kind", DialogType.Text)
        .Takes("booking", QuoteCash.Booking)
        .Takes("note", DialogType.Text)
        .Gives("booked", Booked)
        .Gives("changed");

    /// <summary>What was booked.</summary>
    internal static DialogType Booked { get; } = DialogType.Record(
        "cash_receipt",
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("what", DialogType.TextOf(24)),
        ("amount", DialogType.Money),
        ("cash", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId
            || !CashKind.All.TryGetValue(call.Text("kind"), out var kind))
            return new Outcome("changed");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        var booking = call.Record("booking");
        bool byBank = booking.Text("via") == "bank";
        long rupiah = ((MoneyValue)booking.Fields["amount"]).Rupiah;
        var day = ((DateValue)booking.Fields["day"]).Day;
        if (await QuoteCash.ProblemAsync(turn, kind, byBank, rupiah, day, ct) is not null)
            return new Outcome("changed");
        await Audit.RecordAsync(turn, Description.Name, kind.Kind, ct);
        var draft = new EntryDraft(cooperativeId, kind.Kind, $"{turn.ActKey}:{kind.Kind}", turn.UtcNow, turn.Caller.PersonId) { BookedOn = day }
            .Debit(Side(kind.Debit, byBank), rupiah)
            .Credit(Side(kind.Credit, byBank), rupiah);
        var entry = await Books.PostAsync(turn.Db, draft, ct);
        string note = call.Text("note");
        turn.Db.Add(new EntryNote
        {
            CooperativeId = cooperativeId,
            Number = entry.Number,
            Text = turn.Vault.Seal(note.Length <= EntryNote.MaxLength ? note : note[..EntryNote.MaxLength]),
        });
        CorrectionsSlice.NoteEntry(turn, entry);
        return new Outcome("booked", RecordValue.Of(
            ("code", new TextValue(ReceiptCode.Of(entry))),
            ("what", new TextValue(kind.Name)),
            ("amount", new MoneyValue(rupiah)),
            ("cash", new MoneyValue(await Books.BalanceAsync(turn.Db, cooperativeId, Account.Cash, ct)))));
    }

    // Money between cash and bank names both itself.
    private static Account Side(Account account, bool byBank) => account.Code == Account.Cash.Code && byBank ? Account.Bank : account;
}

/// <summary>The daily count of the drawer: what the books say, and with <c>book</c> the difference is booked.</summary>
public sealed class CountCash : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.count_cash")
        .Takes("counted", DialogType.Money)
        .Takes("book", DialogType.YesNo)
        .Gives("even", Count)
        .Gives("over", Count)
        .Gives("under", Count);

    /// <summary>A count.</summary>
    internal static DialogType Count { get; } = DialogType.Record(
        "cash_count", ("counted", DialogType.Money), ("book", DialogType.Money), ("difference", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        int cooperativeId = turn.Caller.CooperativeId ?? throw new InvalidOperationException("A count by somebody without a cooperative.");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        long counted = call.Rupiah("counted");
        long book = await Books.BalanceAsync(turn.Db, cooperativeId, Account.Cash, ct);
        long difference = Math.Abs(counted - book);
        var record = RecordValue.Of(("counted", new MoneyValue(counted)), ("book", new MoneyValue(book)), ("difference", new MoneyValue(difference)));
        string outcome = counted == book ? "even" : counted > book ? "over" : "under";
        if ((counted != book && !call.YesNo("book")) || !OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome(outcome, record);
        turn.Db.Add(new CashCount
        {
            CooperativeId = cooperativeId,
            AtUtc = turn.UtcNow,
            ByPersonId = turn.Caller.PersonId,
            CountedRupiah = counted,
            BookRupiah = book,
        });
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"cash:{counted}"), ct);
        if (counted != book)
        {
            var draft = EntryDraft.For(turn, cooperativeId, "cash_difference");
            _ = counted < book
                ? draft.Debit(Account.CashDifferences, difference).Credit(Account.Cash, difference)
                : draft.Debit(Account.Cash, difference).Credit(Account.CashDifferences, difference);
            await Books.PostAsync(turn.Db, draft, ct);
        }
        return new Outcome(outcome, record);
    }
}
