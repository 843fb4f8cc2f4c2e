using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>The applications of the officer's own cooperative: nobody reaches another's by guessing an id.</summary>
internal static class Applications
{
    /// <summary>The types that officers' dialogs use for them.</summary>
    public static DialogType Application { get; } = DialogType.Record(
        "application", ("key", DialogType.TextOf(19)), ("name", DialogType.TextOf(24)), ("day", DialogType.Date));

    /// <summary>Those that wait, oldest first.</summary>
    public static DialogType ApplicationList { get; } = DialogType.List("applications", Application, ListPending.MaxListed);

    /// <summary>The application that a dialog's key names, if the caller may see it and it still waits; tracked and locked: of two officers the
    /// second finds it decided.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="key">The id as text.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Member?> FindPendingAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        await turn.Db.LockAsync<Member>(id, ct);
        return await turn.Db.Set<Member>().SingleOrDefaultAsync(
            row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == MemberStatus.Pending, ct);
    }
}
