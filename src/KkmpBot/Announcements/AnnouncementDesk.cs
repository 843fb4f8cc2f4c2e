using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Pictures;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>
/// Everything an officer does with announcements, for the chat and the office's pages alike. Each act checks the officer's role and
/// cooperative, is recorded, and refuses with false or null what is not theirs or not possible any more.
/// </summary>
public static class AnnouncementDesk
{
    /// <summary>An announcement of the officer's cooperative, tracked; null for anybody else's.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Announcement?> FindAsync(Turn turn, long id, CancellationToken ct) => OfficerRole.MayLook(turn.Caller)
        ? await turn.Db.Set<Announcement>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct)
        : null;

    /// <summary>Clears the desk: of the officer's last draft that was not sent nothing shall come along with the next one.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task BeginAsync(Turn turn, CancellationToken ct)
    {
        if (await OwnDraftAsync(turn, ct) is not { } draft)
            return;
        await AnnouncementPicture.PutAsync(turn.Db, draft, null, ct);
        await SentPicture.DropAsync(turn.Db, SentPicture.OfAnnouncement, draft.Id, ct);
    }

    /// <summary>Writes a draft, in place of the officer's last one that was not sent; a picture that this one had stays.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="words">What it says, 1 to <see cref="Announcement.MaxTextLength"/> characters.</param>
    /// <param name="audience">Who hears it.</param>
    /// <param name="button">One of <see cref="AnnouncementText.Buttons"/>; null for none.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when the officer may not.</returns>
    public static async Task<Announcement?> DraftAsync(Turn turn, string words, Audience audience, string? button, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || audience.CooperativeId != cooperativeId)
            return null;
        if (words.Length is 0 or > Announcement.MaxTextLength || (button is not null && !AnnouncementText.Buttons.Contains(button)))
            throw new ArgumentException("An announcement has words of a bounded length and a button that is known.", nameof(words));
        var draft = await OwnDraftAsync(turn, ct);
        if (draft is null)
            turn.Db.Add(draft = new Announcement { CreatedBy = turn.Caller.PersonId, Text = turn.Vault.Seal(words), Audience = "" });
        (draft.CooperativeId, draft.Text, draft.Audience, draft.Button) = (cooperativeId, turn.Vault.Seal(words), audience.ToString(), button);
        draft.CreatedUtc = turn.UtcNow;
        await turn.Db.SaveChangesAsync(ct);
        return draft;
    }

    /// <summary>Gives an officer's draft a picture, or takes it away.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="picture">A PNG or JPEG of at most <see cref="Announcement.MaxPictureBytes"/>; null for none.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when it is no draft of theirs, or the file is no such picture.</returns>
    public static async Task<bool> SetPictureAsync(Turn turn, long id, byte[]? picture, CancellationToken ct)
    {
        var kind = picture is null ? null : OutboundFile.PictureKindOf(picture);
        if (picture is not null && (kind is null || picture.Length > Announcement.MaxPictureBytes))
            return false;
        if (await FindDraftAsync(turn, id, ct) is not { } draft)
            return false;
        await SentPicture.DropAsync(turn.Db, SentPicture.OfAnnouncement, id, ct);
        await AnnouncementPicture.PutAsync(turn.Db, draft, picture is null ? null : OutboundFile.Picture("pengumuman", kind!, picture), ct);
        return true;
    }

    /// <summary>A draft of the officer, tracked; null for anything else.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Announcement?> FindDraftAsync(Turn turn, long id, CancellationToken ct) =>
        OfficerRole.MayAnswer(turn.Caller) && await FindAsync(turn, id, ct) is { Status: AnnouncementStatus.Draft } draft && draft.CreatedBy == turn.Caller.PersonId
            ? draft
            : null;

    /// <summary>What people of each language would read, with the name of somebody who is in the audience.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="announcement">Which.</param>
    /// <param name="count">The audience.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, string>> PreviewAsync(Turn turn, Announcement announcement, AudienceCount count, CancellationToken ct)
    {
        var (name, words) = (await FeedAnnouncement.NameAsync(turn.Db, announcement.CooperativeId, ct), turn.Vault.Open(announcement.Text));
        string Of(string language)
        {
            var nickname = count.Samples.GetValueOrDefault(language)?.Nickname ?? count.Samples.Values.FirstOrDefault()?.Nickname;
            return turn.Phrase(AnnouncementText.PhraseOf(announcement), language, AnnouncementText.Values(name, words, nickname is null ? null : turn.Vault.Open(nickname)));
        }
        return new[] { "id", "jv", "en" }.ToDictionary(language => language, Of);
    }

    /// <summary>Sends it to the officer only.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="announcement">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task TestAsync(Turn turn, Announcement announcement, CancellationToken ct)
    {
        var name = await FeedAnnouncement.NameAsync(turn.Db, announcement.CooperativeId, ct);
        turn.Notify(
            turn.Caller.PersonId, AnnouncementText.PhraseOf(announcement), AnnouncementText.Values(name, turn.Vault.Open(announcement.Text), null),
            await AnnouncementPicture.OfAsync(turn.Db, announcement, ct));
    }

    /// <summary>Sends a draft off, now or at its moment; a large one waits for a second officer first.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="draft">A draft of theirs.</param>
    /// <param name="people">Its audience, counted just now.</param>
    /// <param name="startUtc">When; null for at once.</param>
    /// <param name="repeat">One of <see cref="AnnouncementRepeat"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Where it stands now: running, scheduled or waiting.</returns>
    public static async Task<string> SubmitAsync(Turn turn, Announcement draft, int people, DateTime? startUtc, string repeat, CancellationToken ct)
    {
        if (draft.Status != AnnouncementStatus.Draft || draft.CreatedBy != turn.Caller.PersonId)
            throw new InvalidOperationException($"Announcement {draft.Id} is no draft of this officer.");
        (draft.StartUtc, draft.Repeat) = (startUtc, repeat);
        if (people > turn.Terms.AloneUpTo)
        {
            draft.Status = AnnouncementStatus.Waiting;
            foreach (var colleague in await Colleagues.OfAsync(turn, draft.CooperativeId, ct))
                turn.Notify(colleague, ApproveAnnouncement.Notice, ApproveAnnouncement.NewsOf(people));
        }
        else
        {
            Release(draft, turn.UtcNow);
        }
        await Audit.RecordAsync(turn, "announcements.send", SubjectOf(draft.Id), ct);
        return draft.Status;
    }

    /// <summary>A second officer agrees.</summary>
    /// <param name="turn">Their turn.</param>
    /// <param name="announcement">Which, tracked.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when it does not wait, or they wrote it themselves.</returns>
    public static async Task<bool> ApproveAsync(Turn turn, Announcement announcement, CancellationToken ct)
    {
        await turn.Db.LockAsync<Announcement>(announcement.Id, ct);
        if (!OfficerRole.MayAnswer(turn.Caller) || announcement.Status != AnnouncementStatus.Waiting || announcement.CreatedBy == turn.Caller.PersonId)
            return false;
        announcement.ApprovedBy = turn.Caller.PersonId;
        Release(announcement, turn.UtcNow);
        await Audit.RecordAsync(turn, "announcements.approve", SubjectOf(announcement.Id), ct);
        return true;
    }

    /// <summary>Halts it; what waits in the outbox waits on.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> PauseAsync(Turn turn, long id, CancellationToken ct) =>
        MoveAsync(turn, id, [AnnouncementStatus.Running], AnnouncementStatus.Paused, "announcements.pause", ct);

    /// <summary>Lets it go on.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> ResumeAsync(Turn turn, long id, CancellationToken ct) =>
        MoveAsync(turn, id, [AnnouncementStatus.Paused], AnnouncementStatus.Running, "announcements.resume", ct);

    /// <summary>Ends it for good: what waits, also for people's next word, is not sent any more.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="id">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> StopAsync(Turn turn, long id, CancellationToken ct)
    {
        string[] open = [AnnouncementStatus.Running, AnnouncementStatus.Paused, AnnouncementStatus.Scheduled, AnnouncementStatus.Waiting];
        if (!await MoveAsync(turn, id, open, AnnouncementStatus.Stopped, "announcements.stop", ct))
            return false;
        await WithdrawAsync(turn.Db, id, ct);
        return true;
    }

    /// <summary>
    /// Says that it was wrong, to exactly those who got it; whoever has it still to come is spared it. A correction waits for nobody, and is
    /// bound by no week.
    /// </summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="wrong">What was wrong; it has begun to go out.</param>
    /// <param name="words">What is right.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The correction, running; null when the officer may not, or nobody got it.</returns>
    public static async Task<Announcement?> CorrectAsync(Turn turn, Announcement wrong, string words, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || wrong.StartedUtc is null || wrong.CorrectsId is not null)
            return null;
        await StopAsync(turn, wrong.Id, ct);
        await WithdrawAsync(turn.Db, wrong.Id, ct);
        var correction = new Announcement
        {
            CooperativeId = wrong.CooperativeId,
            CreatedBy = turn.Caller.PersonId,
            Text = turn.Vault.Seal(words),
            Audience = wrong.Audience,
            CorrectsId = wrong.Id,
            CreatedUtc = turn.UtcNow,
        };
        Run(correction, turn.UtcNow);
        turn.Db.Add(correction);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, "announcements.correct", SubjectOf(wrong.Id), ct);
        return correction;
    }

    /// <summary>The first words of an announcement, for lists.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="announcement">Which.</param>
    /// <param name="length">At most so many characters.</param>
    public static string AboutOf(Turn turn, Announcement announcement, int length) => Short(turn.Vault.Open(announcement.Text), length);

    /// <summary>The first words of a text, in one line.</summary>
    internal static string Short(string text, int length)
    {
        var words = text.ReplaceLineEndings(" ").Replace(AnnouncementText.NameMark, AnnouncementText.Unnamed, StringComparison.OrdinalIgnoreCase);
        return words.Length <= length ? words : $"{words[..(length - 1)]}…";
    }

    /// <summary>Lets it go out.</summary>
    internal static void Run(Announcement announcement, DateTime utcNow) => (announcement.Status, announcement.StartedUtc) = (AnnouncementStatus.Running, utcNow);

    /// <summary>The next time of one that comes back.</summary>
    internal static Announcement NextOf(Announcement done, DateTime startUtc, DateTime utcNow) => new()
    {
        CooperativeId = done.CooperativeId,
        CreatedBy = done.CreatedBy,
        ApprovedBy = done.ApprovedBy,
        Status = AnnouncementStatus.Scheduled,
        Text = done.Text,
        Button = done.Button,
        Audience = done.Audience,
        Repeat = done.Repeat,
        StartUtc = startUtc,
        CreatedUtc = utcNow,
    };

    /// <summary>Takes back what of it waits.</summary>
    internal static Task WithdrawAsync(KkmpDbContext db, long id, CancellationToken ct) => db.Set<OutboxMessage>()
        .Where(row => row.AnnouncementId == id && (row.Status == OutboxStatus.Pending || row.Status == OutboxStatus.Held))
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, OutboxStatus.Withdrawn).SetProperty(row => row.Reason, "the announcement was ended"), ct);

    private static Task<Announcement?> OwnDraftAsync(Turn turn, CancellationToken ct) => turn.Db.Set<Announcement>()
        .Where(row => row.CreatedBy == turn.Caller.PersonId && row.Status == AnnouncementStatus.Draft).OrderBy(row => row.Id).FirstOrDefaultAsync(ct);

    private static void Release(Announcement announcement, DateTime utcNow)
    {
        if (announcement.StartUtc is { } start && start > utcNow)
            announcement.Status = AnnouncementStatus.Scheduled;
        else
            Run(announcement, utcNow);
    }

    // One conditional statement: of two officers at once, one moves it.
    private static async Task<bool> MoveAsync(Turn turn, long id, string[] from, string to, string act, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller))
            return false;
        var moved = await turn.Db.Set<Announcement>()
            .Where(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && from.Contains(row.Status) && row.ClosedUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, to), ct);
        await AnnouncementLive.SoonAsync(turn.Db, id, turn.UtcNow, ct);
        if (moved == 1)
            await Audit.RecordAsync(turn, act, SubjectOf(id), ct);
        return moved == 1;
    }

    private static string SubjectOf(long id) => string.Create(CultureInfo.InvariantCulture, $"announcement:{id}");
}
