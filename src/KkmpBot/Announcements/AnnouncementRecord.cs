using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Announcements;

/// <summary>Announcements as the officers' dialogs and the news know them.</summary>
internal static class AnnouncementRecord
{
    /// <summary>Announcements that one list shows, the latest first.</summary>
    public const int MaxListed = 9;

    private const int AboutLength = 24;
    private const int MaxPreview = Announcement.MaxTextLength + 200;

    private static readonly DialogType Number = DialogType.Record("announcement_number", ("number", DialogType.Whole));
    private static readonly DialogType Numbers = DialogType.List("announcement_numbers", Number, 1);

    private static readonly DialogType Reason = DialogType.Record("announcement_cause", ("why", DialogType.TextOf(60)), ("number", DialogType.Whole));
    private static readonly DialogType Reasons = DialogType.List("announcement_causes", Reason, AnnouncementLedger.MaxCauses);

    /// <summary>Who hears it: the line that can be read and written.</summary>
    public static DialogType Audience { get; } = DialogType.Record("announcement_audience", ("query", DialogType.TextOf(Announcements.Audience.MaxLength)));

    private static readonly DialogType Cost = DialogType.Record("announcement_cost", ("cost", DialogType.Money));
    private static readonly DialogType Costs = DialogType.List("announcement_costs", Cost, 1);

    private static readonly DialogType Progressed = DialogType.Record(
        "announcement_counted", ("people", DialogType.Whole), ("reached", DialogType.Whole), ("read", DialogType.Whole), ("queued", DialogType.Whole));

    private static readonly DialogType Counted = DialogType.List("announcement_counts", Progressed, 1);

    // What nobody met is not told of.
    private static readonly (string Name, DialogType Type)[] Rest =
    [
        ("counted", Counted), ("preparing", Numbers), ("some_held", Numbers), ("some_failed", Numbers), ("some_blocked", Numbers), ("some_unknown", Numbers),
        ("some_skipped", Numbers), ("some_withdrawn", Numbers),
    ];

    /// <summary>
    /// A draft with its audience counted; <c>charged</c> has an item where WhatsApp carries some of it, <c>slow</c> where WhatsApp's daily tier makes days of it,
    /// <c>kept</c> where people hear it with their next word.
    /// </summary>
    public static DialogType Draft { get; } = DialogType.Record(
        "announcement_draft",
        ("key", DialogType.TextOf(20)), ("audience", DialogType.TextOf(Announcements.Audience.MaxLength)), ("people", DialogType.Whole),
        ("telegram", DialogType.Whole), ("open", DialogType.Whole), ("closed", DialogType.Whole), ("whatsapp", DialogType.Whole), ("other", DialogType.Whole),
        ("cost", DialogType.Money), ("charged", Costs), ("minutes", DialogType.Whole), ("slow", Numbers), ("kept", Numbers), ("second", Numbers),
        ("text", DialogType.TextOf(MaxPreview)), ("text_jv", DialogType.TextOf(MaxPreview)), ("text_en", DialogType.TextOf(MaxPreview)));

    /// <summary>
    /// How far an announcement is. Of <c>waiting</c>, <c>scheduled</c>, <c>running</c>, <c>paused</c>, <c>stopped</c> and <c>done</c> exactly one has an item; the
    /// rest are counts of people, and the choices that there are now.
    /// </summary>
    public static DialogType Progress { get; } = DialogType.Record(
        "announcement_progress",
        [("key", DialogType.TextOf(20)), ("about", DialogType.TextOf(AboutLength)), ("day", DialogType.Date),
        ("waiting", Numbers), ("scheduled", Numbers), ("running", Numbers), ("paused", Numbers), ("stopped", Numbers), ("done", Numbers),
        ("people", DialogType.Whole), ("queued", DialogType.Whole), ("reached", DialogType.Whole), ("read", DialogType.Whole), ("failed", DialogType.Whole),
        ("blocked", DialogType.Whole), ("unknown", DialogType.Whole), ("held", DialogType.Whole), ("skipped", DialogType.Whole), ("withdrawn", DialogType.Whole),
        ("causes", Reasons),
        ("may_approve", DialogType.YesNo), ("may_pause", DialogType.YesNo), ("may_resume", DialogType.YesNo), ("may_stop", DialogType.YesNo), ("may_correct", DialogType.YesNo),
        .. Rest]);

    /// <summary>Announcements, the latest first.</summary>
    public static DialogType List { get; } = DialogType.List("announcements_list", Progress, MaxListed);

    /// <summary>The final report.</summary>
    public static DialogType Report { get; } = DialogType.Record("announcement_report_news", [("about", DialogType.TextOf(AboutLength)), .. Rest]);

    /// <summary>What the message says that is rewritten while an announcement goes out; <c>clock</c> is its time in WIB.</summary>
    public static DialogType Live { get; } = DialogType.Record(
        "announcement_live_news",
        [("about", DialogType.TextOf(AboutLength)), ("running", Numbers), ("paused", Numbers), ("stopped", Numbers), ("done", Numbers), ("clock", DialogType.TextOf(5)), .. Rest]);

    /// <summary>The record of the message that is rewritten.</summary>
    public static RecordValue LiveOf(Announcement row, string words, AnnouncementCount count, DateTime utcNow)
    {
        ListValue Is(string status) => When(row.Status == status, count.People);
        return RecordValue.Of(
        [
            ("about", new TextValue(AnnouncementDesk.Short(words, AboutLength))),
            ("running", Is(AnnouncementStatus.Running)), ("paused", Is(AnnouncementStatus.Paused)), ("stopped", Is(AnnouncementStatus.Stopped)),
            ("done", Is(AnnouncementStatus.Done)), ("clock", new TextValue(Wib.Clock(utcNow))), .. RestOf(row, count),
        ]);
    }

    /// <summary>The record of a draft.</summary>
    public static RecordValue DraftOf(Announcement draft, AudienceCount count, IReadOnlyDictionary<string, string> previews, MessageTerms terms) => RecordValue.Of(
        ("key", Key(draft.Id)), ("audience", new TextValue(FeedAnnouncement.AudienceOf(draft).Words())), ("people", new WholeValue(count.People)),
        ("telegram", new WholeValue(count.Telegram)), ("open", new WholeValue(count.WhatsAppOpen)), ("closed", new WholeValue(count.WhatsAppClosed)),
        ("whatsapp", new WholeValue(count.WhatsAppOpen + count.WhatsAppClosed)), ("other", new WholeValue(count.Other)), ("cost", new MoneyValue(count.CostRupiah)),
        ("charged", new ListValue(count.WhatsAppOpen + count.WhatsAppClosed > 0 ? [RecordValue.Of(("cost", new MoneyValue(count.CostRupiah)))] : [])),
        ("minutes", new WholeValue(Math.Max(1, count.Minutes))),
        ("slow", When(count.Days > 0, count.Days)), ("kept", When(count.WhatsAppClosed > 0 && !terms.Templates.ContainsKey(AnnouncementText.Phrase), count.WhatsAppClosed)),
        ("second", When(count.People > terms.AloneUpTo, count.People)),
        ("text", new TextValue(previews["id"])), ("text_jv", new TextValue(previews["jv"])), ("text_en", new TextValue(previews["en"])));

    /// <summary>The record of how far one is.</summary>
    public static RecordValue ProgressOf(Turn turn, Announcement row, AnnouncementCount count, IReadOnlyList<(string Cause, int Count)> causes)
    {
        ListValue Is(string status) => When(row.Status == status, count.People);
        var isOpen = row.ClosedUtc is null && row.Status is not (AnnouncementStatus.Draft or AnnouncementStatus.Stopped or AnnouncementStatus.Done);
        return RecordValue.Of(
        [
            ("key", Key(row.Id)), ("about", new TextValue(AnnouncementDesk.AboutOf(turn, row, AboutLength))),
            ("day", new DateValue(Wib.Day(row.StartUtc ?? row.StartedUtc ?? row.CreatedUtc))),
            ("waiting", Is(AnnouncementStatus.Waiting)), ("scheduled", Is(AnnouncementStatus.Scheduled)), ("running", Is(AnnouncementStatus.Running)),
            ("paused", Is(AnnouncementStatus.Paused)), ("stopped", Is(AnnouncementStatus.Stopped)), ("done", Is(AnnouncementStatus.Done)),
            ("people", new WholeValue(count.People)), ("queued", new WholeValue(count.Queued + count.Sending)), ("reached", new WholeValue(count.Reached)),
            ("read", new WholeValue(count.Read)), ("failed", new WholeValue(count.Failed)), ("blocked", new WholeValue(count.Blocked)),
            ("unknown", new WholeValue(count.Unknown)), ("held", new WholeValue(count.Held)), ("skipped", new WholeValue(count.Skipped)),
            ("withdrawn", new WholeValue(count.Withdrawn)),
            ("causes", new ListValue([.. causes.Select(cause => RecordValue.Of(("why", new TextValue(Cut(cause.Cause, 60))), ("number", new WholeValue(cause.Count))))])),
            ("may_approve", new YesNoValue(row.Status == AnnouncementStatus.Waiting && row.CreatedBy != turn.Caller.PersonId)),
            ("may_pause", new YesNoValue(row.Status == AnnouncementStatus.Running && isOpen)),
            ("may_resume", new YesNoValue(row.Status == AnnouncementStatus.Paused)),
            ("may_stop", new YesNoValue(isOpen)),
            ("may_correct", new YesNoValue(row is { StartedUtc: not null, CorrectsId: null })),
            .. RestOf(row, count),
        ]);
    }

    /// <summary>The record of a report.</summary>
    public static RecordValue ReportOf(Turn turn, Announcement row, AnnouncementCount count) =>
        RecordValue.Of([("about", new TextValue(AnnouncementDesk.AboutOf(turn, row, AboutLength))), .. RestOf(row, count)]);

    private static (string Name, Value Value)[] RestOf(Announcement row, AnnouncementCount count)
    {
        var isFilled = count.People > 0 || row.ClosedUtc is not null;
        RecordValue[] counted =
        [
            RecordValue.Of(
                ("people", new WholeValue(count.People)), ("reached", new WholeValue(count.Reached)), ("read", new WholeValue(count.Read)),
                ("queued", new WholeValue(count.Queued + count.Sending))),
        ];
        ListValue Some(int number) => When(number > 0, number);
        return
        [
            ("counted", new ListValue(isFilled ? counted : [])), ("preparing", When(!isFilled && row.Status == AnnouncementStatus.Running, 0)),
            ("some_held", Some(count.Held)), ("some_failed", Some(count.Failed)), ("some_blocked", Some(count.Blocked)), ("some_unknown", Some(count.Unknown)),
            ("some_skipped", Some(count.Skipped)), ("some_withdrawn", Some(count.Withdrawn)),
        ];
    }

    private static TextValue Key(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static ListValue When(bool holds, int number) => new(holds ? [RecordValue.Of(("number", new WholeValue(number)))] : []);
}
