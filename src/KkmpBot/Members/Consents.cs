using KkmpBot.Conversations;

namespace KkmpBot.Members;

/// <summary>Gives and takes back consents, each purpose for itself; what is so already is not written twice.</summary>
public static class Consents
{
    /// <summary>The caller agrees to a purpose.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="purpose">One of <see cref="ConsentPurpose"/>.</param>
    /// <param name="textVersion">The version of the words they were shown.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task GiveAsync(Turn turn, string purpose, string textVersion, CancellationToken ct)
    {
        if (!await RecordConsent.IsGivenAsync(turn.Db, turn.Caller.PersonId, purpose, ct))
            turn.Db.Add(Act(turn, purpose, textVersion, given: true));
    }

    /// <summary>The caller does not want it any more. A no is recorded even where there was no yes: it must outlast whatever is asked later.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="purpose">One of <see cref="ConsentPurpose"/>.</param>
    /// <param name="textVersion">What they said it to.</param>
    public static void TakeBack(Turn turn, string purpose, string textVersion) => turn.Db.Add(Act(turn, purpose, textVersion, given: false));

    private static Consent Act(Turn turn, string purpose, string textVersion, bool given) => new()
    {
        PersonId = turn.Caller.PersonId,
        Purpose = purpose,
        TextVersion = textVersion,
        Given = given,
        AtUtc = turn.UtcNow,
        Channel = turn.Caller.Channel,
    };
}
