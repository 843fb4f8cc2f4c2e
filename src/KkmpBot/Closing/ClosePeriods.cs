using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Closing;

/// <summary>
/// The treasurer closes a month that has ended: nothing is booked for its days any more. Months are closed in order, so that no open one lies
/// behind a closed one.
/// </summary>
public sealed class CloseMonth : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.close_month")
        .Takes("said", DialogType.Text)
        .Gives("closed", Month)
        .Gives("unclear")
        .Gives("not_ended")
        .Gives("before", Month)
        .Gives("out_of_order", Month);

    /// <summary>A month by name.</summary>
    internal static DialogType Month { get; } = DialogType.Record("book_month", ("name", DialogType.TextOf(14)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var today = Wib.Day(turn.UtcNow);
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId
            || MonthsReader.Read(call.Text("said"), today) is not { First: { } month } said || said.Last != month)
            return new Outcome("unclear");
        if (month >= new DateOnly(today.Year, today.Month, 1))
            return new Outcome("not_ended");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        if (await ClosedMonth.IsClosedAsync(turn.Db, cooperativeId, month, ct))
            return new Outcome("before", Named(month));
        if (await FirstOpenAsync(turn.Db, cooperativeId, ct) is { } open && open < month)
            return new Outcome("out_of_order", Named(open));
        turn.Db.Add(new ClosedMonth { CooperativeId = cooperativeId, Month = month, AtUtc = turn.UtcNow, ByPersonId = turn.Caller.PersonId });
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"month:{month:yyyy-MM}"), ct);
        await Books.HoldAsync(turn.Db, cooperativeId, ct);
        return new Outcome("closed", Named(month));
    }

    /// <summary>The first month with an entry that is not closed; null when nothing was ever booked.</summary>
    internal static async Task<DateOnly?> FirstOpenAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct)
    {
        var first = await db.Set<JournalEntry>().Where(row => row.CooperativeId == cooperativeId)
            .OrderBy(row => row.BookedOn).Select(row => (DateOnly?)row.BookedOn).FirstOrDefaultAsync(ct);
        if (first is not { } day)
            return null;
        var closed = await db.Set<ClosedMonth>().Where(row => row.CooperativeId == cooperativeId).Select(row => row.Month).ToListAsync(ct);
        var month = new DateOnly(day.Year, day.Month, 1);
        while (closed.Contains(month))
            month = month.AddMonths(1);
        return month;
    }

    private static RecordValue Named(DateOnly month) => RecordValue.Of(("name", new TextValue(Months.Text(month))));
}

/// <summary>
/// The treasurer closes a book year that has ended: its months are closed, income and expenses are set to zero on its last day, and the
/// difference stands as SHU that the members' meeting shares out. Years are closed in order.
/// </summary>
public sealed class CloseYear : ICapability
{
    private const int MonthsInYear = 12;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.close_year")
        .Takes("year", DialogType.Whole)
        .Gives("closed", Year)
        .Gives("not_ended")
        .Gives("before")
        .Gives("out_of_order");

    /// <summary>A closed year with its result; a negative one is a loss.</summary>
    internal static DialogType Year { get; } = DialogType.Record("book_year", ("year", DialogType.Whole), ("result", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        long year = call.Whole("year");
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || year < 2000 || year >= Wib.Day(turn.UtcNow).Year)
            return new Outcome("not_ended");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        if (await turn.Db.Set<ClosedYear>().AnyAsync(row => row.CooperativeId == cooperativeId && row.Year == year, ct))
            return new Outcome("before");
        if (await CloseMonth.FirstOpenAsync(turn.Db, cooperativeId, ct) is not { } open || open.Year != year)
        {
            var hasEntries = await turn.Db.Set<JournalEntry>().AnyAsync(row => row.CooperativeId == cooperativeId, ct);
            if (!hasEntries || !await AllMonthsClosedAsync(turn.Db, cooperativeId, (int)year, ct))
                return new Outcome("out_of_order");
        }
        var result = await CloseAsync(turn, cooperativeId, (int)year, ct);
        return new Outcome("closed", RecordValue.Of(("year", new WholeValue(year)), ("result", new MoneyValue(result))));
    }

    private static async Task<bool> AllMonthsClosedAsync(KkmpDbContext db, int cooperativeId, int year, CancellationToken ct) =>
        await db.Set<ClosedMonth>().AnyAsync(row => row.CooperativeId == cooperativeId && row.Month == new DateOnly(year, MonthsInYear, 1), ct);

    private async Task<long> CloseAsync(Turn turn, int cooperativeId, int year, CancellationToken ct)
    {
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"year:{year}"), ct);
        await Books.HoldAsync(turn.Db, cooperativeId, ct);
        var lastDay = new DateOnly(year, MonthsInYear, 31);
        var sums = await Books.SumsUpToAsync(turn.Db, cooperativeId, lastDay, ct);
        long result = IncomeStatement.Result(sums);
        for (int month = 1; month <= MonthsInYear; month++)
        {
            var first = new DateOnly(year, month, 1);
            if (!await ClosedMonth.IsClosedAsync(turn.Db, cooperativeId, first, ct))
                turn.Db.Add(new ClosedMonth { CooperativeId = cooperativeId, Month = first, AtUtc = turn.UtcNow, ByPersonId = turn.Caller.PersonId });
        }
        turn.Db.Add(new ClosedYear
        {
            CooperativeId = cooperativeId,
            Year = year,
            ResultRupiah = result,
            AtUtc = turn.UtcNow,
            ByPersonId = turn.Caller.PersonId,
        });
        string actKey = string.Create(CultureInfo.InvariantCulture, $"{Books.YearClosed}:{cooperativeId}:{year}");
        var draft = new EntryDraft(cooperativeId, Books.YearClosed, actKey, turn.UtcNow, turn.Caller.PersonId) { BookedOn = lastDay };
        foreach (var sum in sums.Where(sum => sum.Account.Kind is AccountKind.Income or AccountKind.Expense))
            Turn(draft, sum.Account, sum.CreditRupiah - sum.DebitRupiah);
        Turn(draft, Account.Result, -result);
        if (draft.Lines.Count > 0)
            await Books.PostAsync(turn.Db, draft, ct);
        return result;
    }

    // A credit balance is debited away, a debit balance credited.
    private static void Turn(EntryDraft draft, Account account, long credit)
    {
        if (credit > 0)
            draft.Debit(account, credit);
        else if (credit < 0)
            draft.Credit(account, -credit);
    }
}
