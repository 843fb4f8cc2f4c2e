using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>The last movements of a member's own savings, the newest first.</summary>
public sealed class ListEntries : ICapability
{
    /// <summary>What fits on a small screen; a statement of a period is another thing.</summary>
    public const int MaxListed = 8;

    // "Simpanan wajib September 2026–September 2027".
    private const int MaxTextLength = 44;

    private static readonly string[] SavingsAccounts = [Account.Pokok.Code, Account.Wajib.Code, Account.Sukarela.Code];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.entries")
        .Gives("some", EntryList)
        .Gives("none_yet");

    /// <summary>A movement; a negative amount was paid out or taken back.</summary>
    internal static DialogType Entry { get; } = DialogType.Record(
        "savings_entry", ("day", DialogType.Date), ("what", DialogType.TextOf(MaxTextLength)), ("amount", DialogType.Money));

    /// <summary>The last movements.</summary>
    internal static DialogType EntryList { get; } = DialogType.List("savings_entries", Entry, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } id)
            return new Outcome("none_yet");
        var lines = await (
            from line in turn.Db.Set<JournalLine>().AsNoTracking()
            join entry in turn.Db.Set<JournalEntry>().AsNoTracking() on line.EntryId equals entry.Id
            where line.MemberId == id && line.CooperativeId == turn.Caller.CooperativeId && SavingsAccounts.Contains(line.Account)
            orderby entry.Number descending, line.Position
            select new { entry.BookedOn, entry.Reverses, entry.Reference, line.Account, Amount = line.CreditRupiah - line.DebitRupiah })
            .Take(MaxListed).ToListAsync(ct);
        return lines.Count == 0
            ? new Outcome("none_yet")
            : new Outcome("some", new ListValue([.. lines.Select(line => RecordValue.Of(
                ("day", new DateValue(line.BookedOn)),
                ("what", new TextValue(What(line.Account, line.Reference, line.Reverses))),
                ("amount", new MoneyValue(line.Amount))))]));
    }

    /// <summary>A movement in words: "Simpanan wajib September–November 2026".</summary>
    internal static string What(string account, string? reference, int? reverses)
    {
        string name = Account.Chart[account].Name;
        if (reverses is not null)
            return $"{name} (pembatalan)";
        return account == Account.Wajib.Code && MonthsOf(reference) is { } months ? $"{name} {months}" : name;
    }

    // As Deposits wrote it: "2026-09+3". Books that came from paper carry another reference, or none.
    private static string? MonthsOf(string? reference) =>
        reference?.Split('+') is [var month, var count]
        && DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int months)
            ? Months.Span(first, months)
            : null;
}
