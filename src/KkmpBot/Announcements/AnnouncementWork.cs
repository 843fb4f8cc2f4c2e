using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>
/// Works behind the turns: starts what is scheduled, brings what runs to its audience a few hundred ahead of the sending, and closes what is
/// through. Every server may run it; all it knows stands in the database.
/// </summary>
public sealed class AnnouncementWork(
    Database database, FeedAnnouncement feed, SendSettings settings, WriteRows write, TimeProvider time, ILogger<AnnouncementWork> log)
    : StandingWork("Announcements", TimeSpan.FromMilliseconds(500), time, log)
{
    /// <summary>Messages that wait in the outbox before more are written: what a word to stop has to take back.</summary>
    public const int MaxQueued = 1000;

    private const int MaxOpen = 50;

    /// <inheritdoc />
    public override async Task<bool> StepAsync(CancellationToken ct)
    {
        var utcNow = Time.GetUtcNow().UtcDateTime;
        var isQuiet = settings.QuietHours && QuietHours.Is(utcNow);
        var isBusy = false;
        foreach (var (id, status, isFed, queued) in await OpenAsync(utcNow, ct))
        {
            if (status == AnnouncementStatus.Scheduled)
                isBusy |= await RunAsync(db => StartAsync(db, id, utcNow, ct), ct);
            else if (status == AnnouncementStatus.Running && !isFed)
                isBusy |= !isQuiet && queued < MaxQueued && await FeedAsync(id, utcNow, ct);
            else if (queued == 0 || status == AnnouncementStatus.Stopped)
                isBusy |= await RunAsync(db => CloseAsync(db, id, utcNow, ct), ct);
        }
        return isBusy;
    }

    private async Task<List<(long Id, string Status, bool IsFed, int Queued)>> OpenAsync(DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = Commands.Command(
            connection, null,
            $"""
            SELECT id, status, fed_utc,
                (SELECT COUNT(*) FROM (SELECT 1 FROM outbox o WHERE o.announcement_id = a.id AND o.status IN (0, 5) LIMIT {MaxQueued}) AS waiting)
            FROM announcements a
            WHERE closed_utc IS NULL AND (status IN ('running', 'stopped') OR (status = 'scheduled' AND start_utc <= @now)) ORDER BY id LIMIT {MaxOpen}
            """,
            ("now", utcNow));
        await using var rows = await query.ExecuteReaderAsync(ct);
        var open = new List<(long, string, bool, int)>();
        while (await rows.ReadAsync(ct))
            open.Add((rows.GetInt64(0), rows.GetString(1), !rows.IsDBNull(2), rows.GetInt32(3)));
        return open;
    }

    private async Task<bool> FeedAsync(long id, DateTime utcNow, CancellationToken ct)
    {
        var isMore = false;
        await write(async (connection, transaction, inner) =>
        {
            await using var db = database.Context(connection, transaction);
            isMore = await feed.StepAsync(db, connection, transaction, id, utcNow, inner);
        }, ct);
        return isMore;
    }

    // What comes back begins anew each time, so every time has its own report.
    private static async Task<bool> StartAsync(KkmpDbContext db, long id, DateTime utcNow, CancellationToken ct)
    {
        await db.LockAsync<Announcement>(id, ct);
        var due = await db.Set<Announcement>().SingleAsync(row => row.Id == id, ct);
        if (due.Status != AnnouncementStatus.Scheduled)
            return false;
        AnnouncementDesk.Run(due, utcNow);
        if (due is { Repeat: not AnnouncementRepeat.None, StartUtc: { } at })
        {
            var next = AnnouncementDesk.NextOf(due, due.Repeat == AnnouncementRepeat.Weekly ? at.AddDays(7) : at.AddMonths(1), utcNow);
            db.Add(next);
            await db.SaveChangesAsync(ct);
            await AnnouncementPicture.PutAsync(db, next, await AnnouncementPicture.OfAsync(db, due, ct), ct);
        }
        return true;
    }

    // Whoever ended it took back what waited; what was being handed over then may have come back into the table since.
    private static async Task<bool> CloseAsync(KkmpDbContext db, long id, DateTime utcNow, CancellationToken ct)
    {
        await db.LockAsync<Announcement>(id, ct);
        var row = await db.Set<Announcement>().SingleAsync(announcement => announcement.Id == id, ct);
        if (row.Status == AnnouncementStatus.Stopped)
            await AnnouncementDesk.WithdrawAsync(db, id, ct);
        if (row.ClosedUtc is not null || await db.Set<OutboxMessage>().AnyAsync(
                message => message.AnnouncementId == id && (message.Status == OutboxStatus.Pending || message.Status == OutboxStatus.Sending), ct))
            return false;
        row.ClosedUtc = utcNow;
        if (row.Status == AnnouncementStatus.Running)
            row.Status = AnnouncementStatus.Done;
        await AnnouncementLive.SoonAsync(db, id, utcNow, ct);
        db.Add(new Data.Timer
        {
            Kind = ReportAnnouncement.Kind,
            DueUtc = utcNow,
            PersonId = row.CreatedBy,
            Subject = id.ToString(CultureInfo.InvariantCulture),
        });
        return true;
    }

    private async Task<bool> RunAsync(Func<KkmpDbContext, Task<bool>> step, CancellationToken ct)
    {
        var isDone = false;
        await write(async (connection, transaction, inner) =>
        {
            await using var db = database.Context(connection, transaction);
            isDone = await step(db);
            await db.SaveChangesAsync(inner);
        }, ct);
        return isDone;
    }
}
