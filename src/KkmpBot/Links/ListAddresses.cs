using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Links;

/// <summary>Where the person writes from; empty when it is only here, since then there is nothing to take apart.</summary>
public sealed class ListAddresses : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.addresses").Gives("listed", Addresses.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var found = await Addresses.OfCallerAsync(turn, ct);
        return new Outcome("listed", new ListValue(found.Count < 2 ? [] : [.. found.Select(row => Addresses.Of(row, turn))]));
    }
}
