using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Complaints;

/// <summary>Takes down what a person is not content with, gives it a number and tells the officers.</summary>
public sealed class FileComplaint : ICapability
{
    /// <summary>The notice to the officers.</summary>
    internal const string Notice = "complaint_filed";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("complaints.file")
        .Takes("category", DialogType.Choice)
        .Takes("text", DialogType.Text)
        .Gives("filed", ComplaintRecord.Type)
        .Gives("no_cooperative");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("no_cooperative");
        if (await turn.Db.Set<Complaint>().SingleOrDefaultAsync(row => row.ActKey == turn.ActKey, ct) is { } before)
            return new Outcome("filed", ComplaintRecord.Of(before, turn));
        var complaint = new Complaint
        {
            CooperativeId = cooperativeId,
            Number = await RunningNumber.NextAsync(turn.Db, cooperativeId, "complaint", ct),
            PersonId = turn.Caller.PersonId,
            Category = call.Text("category"),
            Text = turn.Vault.Seal(call.Text("text")),
            CreatedUtc = turn.UtcNow,
            ActKey = turn.ActKey,
        };
        turn.Db.Add(complaint);
        await turn.Db.SaveChangesAsync(ct);
        foreach (var officer in await Colleagues.OfAsync(turn, cooperativeId, ct))
            turn.Notify(officer, Notice, ComplaintRecord.NewsOf(complaint, answer: ""));
        return new Outcome("filed", ComplaintRecord.Of(complaint, turn));
    }
}
