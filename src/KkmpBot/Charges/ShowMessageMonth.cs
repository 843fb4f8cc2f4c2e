using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Charges;

/// <summary>What WhatsApp cost the officer's cooperative this month. Counts only, so no look at anybody's data.</summary>
public sealed class ShowMessageMonth : ICapability
{
    // No cooperative has this id: whoever is no officer sees noughts.
    private const int Nobody = 0;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } =
        new CapabilityDescription("charges.month").Gives("counted", MessageCharges.Month);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new("counted", await MessageCharges.CountAsync(turn, OfficerRole.MayLook(turn.Caller) ? turn.Caller.CooperativeId ?? Nobody : Nobody, ct));
}
