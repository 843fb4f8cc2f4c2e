using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Links;

/// <summary>Takes one of the person's addresses away from them: a lost phone, a shared computer. Their last one stays.</summary>
public sealed class LeaveAddress : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.leave")
        .Takes("address", DialogType.Text)
        .Gives("left").Gives("left_here").Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var found = await Addresses.OfCallerAsync(turn, ct);
        var isNumber = long.TryParse(call.Text("address"), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        if (!isNumber || found.Count < 2 || found.TrueForAll(row => row.Id != id))
            return new Outcome("gone");
        turn.Change(new PersonChange.Leave(id));
        return new Outcome(id == turn.Caller.AddressId ? "left_here" : "left");
    }
}
