using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Complaints;

/// <summary>The complaints that wait for an answer in the officer's cooperative, oldest first; empty for anybody who is no officer.</summary>
public sealed class ListComplaints : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("complaints.open").Gives("listed", ComplaintRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var open = await turn.Db.Set<Complaint>().AsNoTracking()
            .Where(complaint => complaint.CooperativeId == cooperativeId && complaint.AnsweredUtc == null)
            .OrderBy(complaint => complaint.Number)
            .Take(ComplaintRecord.MaxListed)
            .ToListAsync(ct);
        if (open.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', open.Select(complaint => complaint.Subject)), ct);
        return new Outcome("listed", new ListValue([.. open.Select(complaint => ComplaintRecord.Of(complaint, turn))]));
    }
}
