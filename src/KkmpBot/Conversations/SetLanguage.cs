using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>Changes the language that the bot speaks with this person, from the next sentence on.</summary>
public sealed class SetLanguage : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } =
        new CapabilityDescription("conversation.set_language").Takes("language", DialogType.Choice).Gives("changed");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        turn.Language = call.Text("language");
        return ValueTask.FromResult(new Outcome("changed"));
    }
}
