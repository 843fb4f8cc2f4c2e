using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Pictures;

/// <summary>Pictures that officers send in a chat.</summary>
public static class PicturesSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities = [new TakeAnnouncementPicture(), new DropAnnouncementPicture(), new TakeProductPicture()],
        PersonTables = ["sent_pictures"],
        TimedActs = new Dictionary<string, RunTimedAct> { [PictureArrived.Kind] = PictureArrived.RunAsync },
        Notices = new Dictionary<string, DialogType?>
        {
            [PictureArrived.Announced] = null,
            [PictureArrived.Shown] = PictureArrived.News,
            [PictureArrived.Unfit] = null,
            [PictureArrived.Lost] = null,
        },
    };

    /// <summary>Registers what works behind the turns.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddPictures(this IServiceCollection services) => services.AddSingleton<FetchPictures>();
}
