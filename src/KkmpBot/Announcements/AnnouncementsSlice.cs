using KkmpBot.Conversations;

namespace KkmpBot.Announcements;

/// <summary>What a cooperative tells many at once, and who wants to hear it.</summary>
public static class AnnouncementsSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ShowNews.Type],
        Capabilities = [new StopNews(), new ShowNews(), new ChooseNews()],
    };
}
