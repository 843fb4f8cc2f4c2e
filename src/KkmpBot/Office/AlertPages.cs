using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>Which prices people follow: counts by article and rule, never who.</summary>
internal static class AlertPages
{
    /// <summary>Shows what <c>alerts.followed</c> lists in the chat.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        var followed = await call.DoAsync("alerts.followed");
        await call.PageAsync<FollowedView, IReadOnlyList<RecordValue>>("Harga yang dipantau", followed.Items());
    }
}
