using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Charges;

/// <summary>What WhatsApp cost the officer's cooperative this month. Counts only, so no look at anybody's data.</summary>
public sealed class ShowMessageMonth : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } =
        new CapabilityDescription("charges.month").Gives("counted", MessageCharges.Month).Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        OfficerRole.MayLook(turn.Caller) && turn.Caller.CooperativeId is { } cooperativeId
            ? new Outcome("counted", await MessageCharges.CountAsync(turn, cooperativeId, ct))
            : new Outcome("not_allowed");
}
