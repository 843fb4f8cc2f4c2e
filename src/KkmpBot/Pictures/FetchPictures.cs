using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Pictures;

/// <summary>
/// Fetches the pictures that officers sent, one after the other, behind the turns. Every server may run it: whoever tries one moves its time on first,
/// so a crash between leaves it to be tried again.
/// </summary>
public sealed class FetchPictures(
    Database database, IEnumerable<IChannel> channels, Vault vault, WriteRows write, TimeProvider time, ILogger<FetchPictures> log)
    : StandingWork("Pictures that officers sent", TimeSpan.FromSeconds(1), time, log)
{
    /// <summary>Attempts before a picture is given up: a quarter of an hour.</summary>
    public const int MaxAttempts = 5;

    // Longer than a download may take, so that nobody else begins meanwhile.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    // The officer waits for it; what takes longer is asked for again by them.
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);

    /// <inheritdoc />
    public override async Task<bool> StepAsync(CancellationToken ct)
    {
        var utcNow = Time.GetUtcNow().UtcDateTime;
        if (await FindAsync(utcNow, ct) is not { } due)
            return false;
        if (!await TakeAsync(due, utcNow, ct))
            return true;
        // What failed here, or took the process with it, so often is no matter of the network.
        var fetched = due.Attempts >= MaxAttempts ? new PictureFetch.Refused("too many attempts")
            : channels.TryGetValue(due.Channel, out var channel) ? await channel.FetchPictureAsync(vault.Open(due.Reference), OutboundFile.MaxGivenPicture, ct)
            : new PictureFetch.Refused($"There is no channel {due.Channel} here.");
        await NoteAsync(due, fetched, ct);
        return true;
    }

    private async Task<SentPicture?> FindAsync(DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        // Asked by hand: looked at every second from the start on, it would have Entity Framework build its model while the first turn waits.
        await using (var query = connection.Command(null, "SELECT 1 FROM sent_pictures WHERE done_utc IS NULL AND due_utc <= @now LIMIT 1", ("now", utcNow)))
        {
            if (await query.ExecuteScalarAsync(ct) is null)
                return null;
        }
        await using var db = database.Context(connection);
        return await db.Set<SentPicture>().AsNoTracking().Where(row => row.DoneUtc == null && row.DueUtc <= utcNow).OrderBy(row => row.DueUtc).FirstOrDefaultAsync(ct);
    }

    private async Task<bool> TakeAsync(SentPicture due, DateTime utcNow, CancellationToken ct)
    {
        var taken = 0;
        await write(async (connection, transaction, inner) =>
        {
            await using var db = database.Context(connection, transaction);
            taken = await db.Set<SentPicture>().Where(row => row.Id == due.Id && row.DueUtc == due.DueUtc && row.DoneUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueUtc, utcNow + Lease).SetProperty(row => row.Attempts, row => row.Attempts + 1), inner);
        }, ct);
        return taken == 1;
    }

    private async Task NoteAsync(SentPicture due, PictureFetch fetched, CancellationToken ct)
    {
        var (attempts, utcNow) = (due.Attempts + 1, Time.GetUtcNow().UtcDateTime);
        if (fetched is PictureFetch.Later { Cause: var cause, Delay: var asked } && attempts < MaxAttempts)
        {
            var own = Delays[attempts - 1];
            var delay = asked is { } wanted && wanted > own ? wanted : own;
            log.LogWarning("Picture {Picture} is not to be had from {Channel} now ({Cause}); again in {Delay}", due.Id, due.Channel, cause, delay);
            await UpdateAsync(due, row => row.DueUtc = utcNow + (delay < LongestDelay ? delay : LongestDelay), ct);
            return;
        }
        var bytes = fetched is PictureFetch.Fetched { Bytes: var content } && OutboundFile.PictureKindOf(content) is not null ? content : null;
        if (bytes is null)
            log.LogWarning("Picture {Picture} of {Channel} is given up after {Attempts}: {Outcome}", due.Id, due.Channel, attempts, fetched);
        var isUnfit = bytes is null && fetched is (PictureFetch.TooLarge or PictureFetch.Fetched);
        await UpdateAsync(due, row => (row.DoneUtc, row.Bytes, row.IsUnfit) = (utcNow, bytes, isUnfit), ct);
    }

    // A row that is gone was replaced or dropped meanwhile: then there is nothing to tell.
    private Task UpdateAsync(SentPicture due, Action<SentPicture> change, CancellationToken ct) => write(async (connection, transaction, inner) =>
    {
        await using var db = database.Context(connection, transaction);
        await db.LockAsync<SentPicture>(due.Id, inner);
        if (await db.Set<SentPicture>().SingleOrDefaultAsync(row => row.Id == due.Id && row.DoneUtc == null, inner) is not { } row)
            return;
        change(row);
        if (row.DoneUtc is { } doneUtc)
            db.Add(new Data.Timer { Kind = PictureArrived.Kind, DueUtc = doneUtc, PersonId = row.PersonId, Subject = row.Id.ToString(CultureInfo.InvariantCulture) });
        await db.SaveChangesAsync(inner);
    }, ct);
}
