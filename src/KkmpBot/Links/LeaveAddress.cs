using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Links;

/// <summary>Takes one of the person's addresses away from them: a lost phone, a shared computer.</summary>
public sealed class LeaveAddress : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.leave")
        .Takes("address", DialogType.Text)
        .Gives("left").Gives("left_here");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var found = await Addresses.OfCallerAsync(turn, ct);
        var isNumber = long.TryParse(call.Text("address"), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        // Somebody took it away meanwhile: then it is as they want it.
        if (!isNumber || found.TrueForAll(row => row.Id != id))
            return new Outcome("left");
        turn.Change(new PersonChange.Leave(id));
        return new Outcome(id == turn.Caller.AddressId ? "left_here" : "left");
    }
}
