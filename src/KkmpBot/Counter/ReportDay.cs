using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Counter;

/// <summary>
/// The summary of a day on which something was sold, sent to the officers by itself soon after the outlet closes. The day's first sale puts it off
/// until then; on a day without one nobody is disturbed.
/// </summary>
internal static class ReportDay
{
    /// <summary>The timed act.</summary>
    public const string Kind = "counter.report_day";

    /// <summary>Tells the officers; filled with <see cref="SummariseDay.Type"/>.</summary>
    public const string Notice = "day_report";

    // Where the hours are not known.
    private const int UsualClosingMinute = 20 * 60;
    private static readonly TimeSpan AfterClosing = TimeSpan.FromMinutes(15);

    /// <summary>Puts the report off until the outlet closes, at the first sale of a day.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="sale">What was booked; its cooperative's books are held.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ExpectAsync(Turn turn, JournalEntry sale, CancellationToken ct)
    {
        if (await turn.Db.Set<JournalEntry>().AnyAsync(
            row => row.CooperativeId == sale.CooperativeId && row.BookedOn == sale.BookedOn && row.Kind == sale.Kind && row.Number < sale.Number, ct))
            return;
        var calendar = await OpeningCalendar.LoadAsync(turn.Db, sale.CooperativeId, sale.BookedOn, ct);
        var closesUtc = Wib.StartUtc(sale.BookedOn).AddMinutes(calendar.On(sale.BookedOn)?.ClosesMinute ?? UsualClosingMinute);
        var dueUtc = (closesUtc > turn.UtcNow ? closesUtc : turn.UtcNow) + AfterClosing;
        turn.Schedule(new TimedAct(Kind, dueUtc, turn.Caller.PersonId, string.Create(CultureInfo.InvariantCulture, $"{sale.CooperativeId}:{sale.BookedOn:yyyyMMdd}")));
    }

    /// <summary>Sends it.</summary>
    /// <param name="act">Its subject is the cooperative and the day.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var parts = act.Subject.Split(':');
        var cooperativeId = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var summary = await SummariseDay.OfAsync(turn, cooperativeId, DateOnly.ParseExact(parts[1], "yyyyMMdd", CultureInfo.InvariantCulture), ct);
        foreach (var officer in await Colleagues.AllAsync(turn, cooperativeId, ct))
            turn.Notify(officer, Notice, summary);
    }
}
