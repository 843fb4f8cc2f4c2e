using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Announcements;

/// <summary>What a cooperative tells many at once, and who wants to hear it.</summary>
public static class AnnouncementsSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ShowNews.Type, AnnouncementRecord.Audience, AnnouncementRecord.Draft, AnnouncementRecord.Progress, AnnouncementRecord.List],
        Capabilities =
        [
            new StopNews(), new ShowNews(), new ChooseNews(),
            new BeginAnnouncement(), new ChooseAudience(), new ReadAudience(), new PrepareAnnouncement(), new TestAnnouncement(), new SendAnnouncement(),
            new ListAnnouncements(), new ShowAnnouncement(), new SteerAnnouncement(), new CorrectAnnouncement(),
        ],
        Notices = new Dictionary<string, DialogType?>(
            AnnouncementText.Buttons.Select(dialog => KeyValuePair.Create<string, DialogType?>(AnnouncementText.LabelPrefix + dialog, null)))
        {
            [AnnouncementText.Phrase] = AnnouncementText.News,
            [AnnouncementText.CorrectionPhrase] = AnnouncementText.News,
            [ApproveAnnouncement.Notice] = ApproveAnnouncement.News,
            [LiveProgress.Phrase] = AnnouncementRecord.Live,
            [LiveProgress.ButtonPhrase] = null,
            [ReportAnnouncement.Notice] = AnnouncementRecord.Report,
        },
        TimedActs = new Dictionary<string, RunTimedAct> { [ReportAnnouncement.Kind] = ReportAnnouncement.RunAsync },
    };

    /// <summary>Registers what works behind the turns.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddAnnouncements(this IServiceCollection services)
    {
        services.AddSingleton<FeedAnnouncement>();
        services.AddSingleton<AnnouncementWork>();
        services.AddSingleton<LiveProgress>();
        return services;
    }
}
