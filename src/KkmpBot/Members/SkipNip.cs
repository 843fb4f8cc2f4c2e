using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>No NIP: for those who have none, and for civil servants who would rather not say.</summary>
public sealed class SkipNip : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.skip_nip").Gives("skipped", DialogType.Nip);

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        ValueTask.FromResult(new Outcome("skipped", new TextValue("")));
}
