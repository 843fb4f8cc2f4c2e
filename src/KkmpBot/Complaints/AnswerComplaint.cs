using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Complaints;

/// <summary>An officer answers a complaint; the answer reaches the person as news, and the complaint is settled.</summary>
public sealed class AnswerComplaint : ICapability
{
    /// <summary>The notice to the person.</summary>
    internal const string Notice = "complaint_answered";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("complaints.answer")
        .Takes("complaint", DialogType.Text)
        .Takes("answer", DialogType.Text)
        .Gives("answered")
        .Gives("settled_before")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var number = RunningNumber.Read(call.Text("complaint"));
        var answer = turn.Vault.Seal(call.Text("answer"));
        var open = turn.Db.Set<Complaint>()
            .Where(row => row.CooperativeId == cooperativeId && row.Number == number && row.AnsweredUtc == null);
        // Two officers at once: the second finds it settled.
        var rows = await open.ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Answer, answer)
                .SetProperty(row => row.AnsweredUtc, turn.UtcNow)
                .SetProperty(row => row.AnsweredBy, turn.Caller.PersonId),
            ct);
        if (rows == 0)
            return new Outcome("settled_before");
        var complaint = await turn.Db.Set<Complaint>().AsNoTracking()
            .SingleAsync(row => row.CooperativeId == cooperativeId && row.Number == number, ct);
        await Audit.RecordAsync(turn, Description.Name, complaint.Subject, ct);
        turn.Notify(complaint.PersonId, Notice, ComplaintRecord.NewsOf(complaint, call.Text("answer")));
        return new Outcome("answered");
    }
}
