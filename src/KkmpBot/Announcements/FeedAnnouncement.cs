using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>
/// Brings an announcement to its audience: page by page a row for each person and their message in the outbox, with the place reached, in one
/// transaction. A crash between two pages repeats nothing, and nobody can stand in it twice.
/// </summary>
public sealed class FeedAnnouncement(DialogMachine machine, Vault vault, ButtonTokens tokens, TurnSettings settings)
{
    /// <summary>Announcements that a person is sent in seven days; a correction comes in any case.</summary>
    public const int MaxPerWeek = 3;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly BulkMessages bulk = new(vault);

    /// <summary>Writes the next page.</summary>
    /// <param name="db">A context inside a transaction of its own.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when there is nothing more to write.</returns>
    public async Task<bool> StepAsync(
        KkmpDbContext db, DbConnection connection, DbTransaction transaction, long announcementId, DateTime utcNow, CancellationToken ct)
    {
        await db.LockAsync<Announcement>(announcementId, ct);
        var announcement = await db.Set<Announcement>().SingleAsync(row => row.Id == announcementId, ct);
        if (announcement is not { Status: AnnouncementStatus.Running, FedUtc: null })
            return false;
        var reader = new AudienceReader(db, vault, utcNow);
        var page = announcement.CorrectsId is { } wrong
            ? await reader.ReadRecipientsAsync(wrong, announcement.Cursor, ct)
            : await reader.ReadAsync(AudienceOf(announcement), announcement.Cursor, ct);
        if (page.Last is not { } last)
        {
            announcement.FedUtc = utcNow;
            await db.SaveChangesAsync(ct);
            return false;
        }
        announcement.Cursor = last;
        var full = announcement.CorrectsId is null ? await WeekFullAsync(db, page, utcNow, ct) : [];
        db.AddRange(page.People.Select(person => new AnnouncementRecipient
        {
            AnnouncementId = announcementId,
            PersonId = person.PersonId,
            Channel = person.Channel,
            Skipped = full.Contains(person.PersonId) ? AnnouncementRecipient.WeekFull : null,
            AtUtc = utcNow,
        }));
        await db.SaveChangesAsync(ct);
        var (name, words) = (await NameAsync(db, announcement.CooperativeId, ct), vault.Open(announcement.Text));
        var messages = page.People.Where(person => !full.Contains(person.PersonId)).Select(person => Message(announcement, person, name, words, utcNow)).ToList();
        if (messages.Count > 0)
            await bulk.AddAsync(announcement.CooperativeId, announcementId, messages, connection, transaction, utcNow, ct);
        return true;
    }

    /// <summary>How a cooperative calls itself.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<string> NameAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct) =>
        $"KKMP {await db.Set<Cooperative>().Where(row => row.Id == cooperativeId).Select(row => row.Kelurahan).SingleAsync(ct)}";

    /// <summary>Who hears an announcement.</summary>
    /// <param name="announcement">Which.</param>
    public static Audience AudienceOf(Announcement announcement) => Audience.Read(announcement.Audience, new Audience { CooperativeId = announcement.CooperativeId })
        ?? throw new InvalidOperationException($"The audience of announcement {announcement.Id} cannot be read.");

    private BulkMessage Message(Announcement announcement, AudienceMember person, string cooperative, string words, DateTime utcNow)
    {
        var context = new TurnContext(new Facts(new Dictionary<string, RecordValue>()), utcNow);
        var values = AnnouncementText.Values(cooperative, words, person.Nickname is null ? null : vault.Open(person.Nickname));
        var text = machine.Phrase(AnnouncementText.PhraseOf(announcement), person.Language, values, context);
        List<OutboundButton> buttons = announcement.Button is not { } dialog ? []
            : [NewsButtons.Write(tokens, person.PersonId, dialog, machine.Phrase(AnnouncementText.LabelPrefix + dialog, person.Language, null, context))];
        var template = AnnouncementText.TemplateOf(settings.Terms, announcement, cooperative, values.Text("text"));
        var payload = new OutboxPayload(vault.Open(person.Address), text, buttons, false, Template: template);
        return new BulkMessage(person.PersonId, person.AddressId, person.Channel, payload);
    }

    private static async Task<HashSet<long>> WeekFullAsync(KkmpDbContext db, AudiencePage page, DateTime utcNow, CancellationToken ct)
    {
        var (ids, since) = (page.People.Select(person => person.PersonId).ToList(), utcNow - Week);
        return [.. await db.Set<AnnouncementRecipient>()
            .Where(row => ids.Contains(row.PersonId) && row.AtUtc > since && row.Skipped == null)
            .GroupBy(row => row.PersonId).Where(own => own.Count() >= MaxPerWeek).Select(own => own.Key).ToListAsync(ct)];
    }
}
