using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>An officer asks an applicant back in the chat before deciding; the answer comes through <c>petugas</c> or at the counter.</summary>
internal static class AskApplicant
{
    /// <summary>The longest question.</summary>
    public const int MaxLength = 200;

    /// <summary>The notice to the applicant.</summary>
    public const string Notice = "application_question";

    /// <summary>What it is filled with.</summary>
    public static DialogType Question { get; } = DialogType.Record("application_question_news", ("question", DialogType.TextOf(MaxLength)));

    /// <summary>Asks.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="applicationId">Which application.</param>
    /// <param name="question">In the officer's words.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when it no longer waits for this officer.</returns>
    public static async Task<bool> AskAsync(Turn turn, long applicationId, string question, CancellationToken ct)
    {
        if (!OfficerRole.MayAdmit(turn.Caller))
            return false;
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == applicationId && row.CooperativeId == turn.Caller.CooperativeId && row.Status == MemberStatus.Pending, ct);
        if (member is null)
            return false;
        await Audit.RecordAsync(turn, "members.ask", string.Create(CultureInfo.InvariantCulture, $"member:{applicationId}"), ct);
        turn.Notify(member.PersonId, Notice, RecordValue.Of(("question", new TextValue(question))));
        return true;
    }
}
