using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>
/// Shows the writer of an announcement how far it is, in one message that is rewritten as it goes out. It works beside the sending and knows nothing
/// by heart: the message stands in the outbox, its next time in the table. A lost rewriting is made good by the next one. Where the writer's platform
/// rewrites nothing they ask for it (<c>kabar pengumuman</c>), and the report comes in any case.
/// </summary>
public sealed class LiveProgress(
    Database database, DialogMachine machine, Vault vault, ButtonTokens tokens, IEnumerable<IChannel> channels, SendLimits limits, WriteRows write,
    TimeProvider time, ILogger<LiveProgress> log) : StandingWork("Progress messages", TimeSpan.FromSeconds(1), time, log)
{
    /// <summary>What is through by then needs no progress: the report says it.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(10);

    /// <summary>A message is rewritten no sooner than this after the last time.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>What goes out for weeks is counted no more often than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The words of the message.</summary>
    internal const string Phrase = "announcement_live";

    /// <summary>The label of its button.</summary>
    internal const string ButtonPhrase = "announcement_live_open";

    private const int MaxAtOnce = 20;
    private const string Later = "UPDATE announcement_live SET next_utc = @next WHERE announcement_id = @id AND next_utc <= @due";
    private const string GiveUp = "UPDATE announcement_live SET outbox_id = NULL WHERE announcement_id = @id AND next_utc <= @due";
    private const string Forget = "DELETE FROM announcement_live WHERE announcement_id = @id AND next_utc <= @due";

    // In between a twentieth of the time it has gone out: what takes an hour is counted every three minutes.
    private const int PartOfAge = 20;

    private readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);

    /// <inheritdoc />
    public override async Task<bool> StepAsync(CancellationToken ct)
    {
        var utcNow = Time.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenAsync(ct);
        await using var db = database.Context(connection);
        var startedBefore = utcNow - FirstAfter;
        var begun = await db.Set<Announcement>().AsNoTracking()
            .Where(row => row.ClosedUtc == null && row.Status == AnnouncementStatus.Running && row.StartedUtc <= startedBefore
                && !db.Set<AnnouncementLive>().Any(live => live.AnnouncementId == row.Id))
            .OrderBy(row => row.Id).Take(MaxAtOnce).ToListAsync(ct);
        foreach (var announcement in begun)
            await BeginAsync(db, announcement, utcNow, ct);
        var due = await db.Set<AnnouncementLive>().AsNoTracking().Where(live => live.NextUtc <= utcNow).OrderBy(live => live.NextUtc).Take(MaxAtOnce).ToListAsync(ct);
        foreach (var live in due)
            await RewriteAsync(db, live, utcNow, ct);
        return false;
    }

    private async Task BeginAsync(KkmpDbContext db, Announcement announcement, DateTime utcNow, CancellationToken ct)
    {
        var count = await AnnouncementLedger.CountAsync(db, announcement.Id, ct);
        await write(async (connection, transaction, inner) =>
        {
            await using var store = new TurnStore(connection);
            var writer = await store.FindPersonAsync(transaction, announcement.CreatedBy, utcNow, inner);
            long? outbox = null;
            if (writer is not null && channels.GetValueOrDefault(writer.Channel) is { CanRewrite: true })
            {
                var (text, buttons) = Compose(announcement, count, writer.PersonId, LanguageOf(writer.State), utcNow);
                var payload = new OutboxPayload(vault.Open(writer.Address), text, buttons, false);
                outbox = (await store.AddOutboxAsync(transaction, writer, OutboxKind.Notice, payload.Seal(vault), 0, utcNow, utcNow, inner)).Id;
            }
            await using var insert = Commands.Command(
                connection, transaction, "INSERT INTO announcement_live (announcement_id, outbox_id, next_utc) VALUES (@id, @outbox, @next) ON CONFLICT DO NOTHING",
                ("id", announcement.Id), ("outbox", outbox), ("next", utcNow + Shortest));
            // Another copy was sooner: its message stands, and this one must not.
            if (await insert.ExecuteNonQueryAsync(inner) == 0 && outbox is { } doubled)
                await WithdrawAsync(connection, transaction, doubled, inner);
        }, ct);
    }

    private async Task RewriteAsync(KkmpDbContext db, AnnouncementLive live, DateTime utcNow, CancellationToken ct)
    {
        var announcement = await db.Set<Announcement>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == live.AnnouncementId, ct);
        var message = await db.Set<OutboxMessage>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == live.OutboxId, ct);
        var isLast = announcement is null or { ClosedUtc: not null };
        if (announcement is null || message is null or { Status: not (OutboxStatus.Pending or OutboxStatus.Sent) })
        {
            await WriteAsync(isLast ? Forget : Later, live, utcNow + Longest, utcNow, ct);
            return;
        }
        var age = utcNow - (announcement.StartedUtc ?? utcNow);
        var pace = TimeSpan.FromTicks(Math.Clamp(age.Ticks / PartOfAge, Shortest.Ticks, Longest.Ticks));
        // Whoever moves the time has the rewriting: of several copies one does it.
        if (!await WriteAsync(Later, live, utcNow + (isLast ? Shortest : pace), utcNow, ct) || message is not { Status: OutboxStatus.Sent, ProviderMessageId: { } providerId })
            return;
        var sent = OutboxPayload.Open(vault, message.Payload);
        var limit = limits.Of(message.Channel);
        if (limit.TryTakeReply(new ReplyAddress(sent.Address)) > TimeSpan.Zero)
            return;
        var language = LanguageOf(await db.Set<Data.Conversation>().Where(row => row.Id == message.ConversationId).Select(row => row.State).SingleOrDefaultAsync(ct));
        var count = await AnnouncementLedger.CountAsync(db, announcement.Id, ct);
        var (text, buttons) = Compose(announcement, count, message.ConversationId, language, utcNow);
        var result = await channels[message.Channel].RewriteAsync(
            new OutboundMessage(message.Id, message.ConversationId, sent.Address, text, buttons), providerId, ct);
        if (result is DeliveryResult.RetryAfter retry)
            limit.Pause(retry, isBulk: false);
        else if (isLast && result is DeliveryResult.Sent)
            await WriteAsync(Forget, live, utcNow, utcNow + Longest, ct);
        else if (result is DeliveryResult.Rejected or DeliveryResult.Blocked)
            await WriteAsync(GiveUp, live, utcNow, utcNow + Longest, ct);
        log.LogDebug("Progress of announcement {Announcement} was rewritten: {Result}", announcement.Id, result.GetType().Name);
    }

    private (string Text, List<OutboundButton> Buttons) Compose(Announcement row, AnnouncementCount count, long personId, string language, DateTime utcNow)
    {
        var context = new TurnContext(new Facts(new Dictionary<string, RecordValue>()), utcNow);
        var text = machine.Phrase(Phrase, language, AnnouncementRecord.LiveOf(row, vault.Open(row.Text), count, utcNow), context);
        return (text, [NewsButtons.Write(tokens, personId, "announcements", machine.Phrase(ButtonPhrase, language, null, context))]);
    }

    private string LanguageOf(byte[]? state) => state is null ? ConversationState.Empty.Language : StoredConversation.Open(vault, state).State.Language;

    // False when another copy was sooner.
    private async Task<bool> WriteAsync(string sql, AnnouncementLive live, DateTime nextUtc, DateTime dueUtc, CancellationToken ct)
    {
        var isOurs = false;
        await write(async (connection, transaction, inner) =>
        {
            (string, object?)[] values = [("id", live.AnnouncementId), ("due", dueUtc), .. sql == Later ? [("next", nextUtc)] : Array.Empty<(string, object?)>()];
            await using var command = Commands.Command(connection, transaction, sql, values);
            isOurs = await command.ExecuteNonQueryAsync(inner) == 1;
        }, ct);
        return isOurs;
    }

    private static async Task WithdrawAsync(DbConnection connection, DbTransaction transaction, long outboxId, CancellationToken ct)
    {
        await using var withdraw = Commands.Command(connection, transaction, "DELETE FROM outbox WHERE id = @id", ("id", outboxId));
        await withdraw.ExecuteNonQueryAsync(ct);
    }
}
