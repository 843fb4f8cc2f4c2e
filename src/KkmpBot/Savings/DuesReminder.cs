using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// Reminds a member of simpanan wajib, on the tenth of a month at nine, when the month or one before it is not paid. One timer a member
/// that sets its own next; nothing fans out.
/// </summary>
public static class DuesReminder
{
    /// <summary>The timed act.</summary>
    public const string Kind = "savings.remind";

    /// <summary>Tells the member; filled with <see cref="News"/>.</summary>
    public const string Notice = "dues_reminder";

    private const int DayOfMonth = 10;
    private static readonly TimeSpan Nine = TimeSpan.FromHours(9);

    /// <summary>What is due.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "dues_news",
        ("month", DialogType.TextOf(14)),
        ("since", DialogType.TextOf(14)),
        ("amount", DialogType.Money));

    /// <summary>Begins to remind a new member, from the month after they joined.</summary>
    /// <param name="db">The context; the caller saves.</param>
    /// <param name="member">Active.</param>
    /// <param name="utcNow">Now.</param>
    public static void Begin(KkmpDbContext db, Member member, DateTime utcNow) => db.Add(new Data.Timer
    {
        Kind = Kind,
        DueUtc = NextUtc(utcNow),
        PersonId = member.PersonId,
        Subject = member.Id.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Sets all reminders to the coming month, for people whose past was written at once.</summary>
    /// <param name="db">The context.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public static Task RestartAsync(KkmpDbContext db, DateTime utcNow, CancellationToken ct) =>
        db.Set<Data.Timer>().Where(timer => timer.Kind == Kind).ExecuteUpdateAsync(set => set.SetProperty(timer => timer.DueUtc, NextUtc(utcNow)), ct);

    /// <summary>Reminds when something is due, and comes back next month while the membership lasts.</summary>
    /// <param name="act">Its subject is the member's id.</param>
    /// <param name="turn">The turn's scope.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        long id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        if (await Deposits.WajibDuesAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct) is not { } dues)
            return;
        // Whoever said "berhenti" is left in peace; what is due, they see when they ask.
        if (!dues.IsPaidThisMonth && !await RecordConsent.IsTakenBackAsync(turn.Db, member.PersonId, ConsentPurpose.Announcements, ct))
        {
            turn.Notify(member.PersonId, Notice, RecordValue.Of(
                ("month", new TextValue(Months.Text(dues.ThisMonth))),
                ("since", new TextValue(Months.Text(dues.FirstUnpaid))),
                ("amount", new MoneyValue(dues.DueRupiah))));
        }
        turn.Schedule(act with { DueUtc = NextUtc(turn.UtcNow) });
    }

    private static DateTime NextUtc(DateTime utcNow)
    {
        var today = Wib.Day(utcNow);
        return Wib.StartUtc(new DateOnly(today.Year, today.Month, DayOfMonth).AddMonths(1)) + Nine;
    }
}
