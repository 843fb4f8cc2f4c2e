using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Programs.Instructed;

/// <summary>How far the instructed have joined: for the city of all kelurahan, for a chair of the own one. Counts only.</summary>
public sealed class ShowInstructed : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("instructed.show").Gives("shown", Count);

    /// <summary><c>missing</c> is who did not join yet; <c>outside</c> who lives elsewhere and is not meant.</summary>
    internal static DialogType Count { get; } = DialogType.Record(
        "instructed_count", ("inside", DialogType.Whole), ("joined", DialogType.Whole), ("missing", DialogType.Whole), ("outside", DialogType.Whole));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        bool isCity = OfficerRole.MayServeCity(turn.Caller);
        if (!isCity && !OfficerRole.MayAdmit(turn.Caller))
            throw new InvalidOperationException("The instructed are counted for the city and for who admits members; its dialogs have to see to that.");
        var count = await InstructedCount.OfAsync(turn.Db, isCity ? null : turn.Caller.CooperativeId, ct);
        return new Outcome("shown", RecordValue.Of(
            ("inside", new WholeValue(count.Inside)), ("joined", new WholeValue(count.Joined)),
            ("missing", new WholeValue(count.Inside - count.Joined)), ("outside", new WholeValue(count.Outside))));
    }
}
