using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Words;

/// <summary>Says whether a person lets the bot learn from their sentences.</summary>
public sealed class LearningConsent : ICapability
{
    /// <summary>The purpose of the consent.</summary>
    internal const string Purpose = "lexicon";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("words.may_learn").Gives("yes").Gives("not_yet");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await RecordConsent.IsGivenAsync(turn.Db, turn.Caller.PersonId, Purpose, ct) ? "yes" : "not_yet");
}

/// <summary>Takes the consent to learn back; what was noted before names nobody and stays.</summary>
public sealed class StopLearning : ICapability
{
    private const string TextVersion = "lexicon-2026-11";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("words.stop_learning").Gives("stopped");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        turn.Db.Add(new Consent
        {
            PersonId = turn.Caller.PersonId,
            Purpose = LearningConsent.Purpose,
            TextVersion = TextVersion,
            Given = false,
            AtUtc = turn.UtcNow,
            Channel = turn.Caller.Channel,
        });
        return ValueTask.FromResult(new Outcome("stopped"));
    }
}
