using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Links;

/// <summary>Members of the officer's cooperative who write from another number; empty for anybody who is no officer.</summary>
public sealed class ListNumberChanges : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.number_changes").Gives("listed", NumberChanges.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var open = await NumberChanges.OpenAsync(turn, cooperativeId, ct);
        if (open.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', open.Select(row => string.Create(CultureInfo.InvariantCulture, $"number_change:{row.Change.Id}"))), ct);
        return new Outcome("listed", new ListValue([.. open.Select(row => NumberChanges.Of(row.Change, row.Person, turn))]));
    }
}
