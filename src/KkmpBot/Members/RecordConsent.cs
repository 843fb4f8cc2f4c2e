using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>Records that the person agreed to a text, before anything else of them is stored.</summary>
public sealed class RecordConsent : ICapability
{
    private static readonly Func<KkmpDbContext, long, string, CancellationToken, Task<bool>> LatestWord = EF.CompileAsyncQuery(
        (KkmpDbContext db, long personId, string purpose, CancellationToken ct) => db.Set<Consent>()
            .Where(consent => consent.PersonId == personId && consent.Purpose == purpose)
            .OrderByDescending(consent => consent.Id).Select(consent => consent.Given).FirstOrDefault());

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.record_consent")
        .Takes("purpose", DialogType.Text)
        .Takes("text_version", DialogType.Text)
        .Gives("recorded");

    /// <summary>True while the latest word of a person on a purpose is a yes.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="personId">Who.</param>
    /// <param name="purpose">One of <see cref="ConsentPurpose"/>.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> IsGivenAsync(KkmpDbContext db, long personId, string purpose, CancellationToken ct) =>
        LatestWord(db, personId, purpose, ct);

    /// <summary>True when the latest word of a person on a purpose is a no; who never spoke of it said none.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="personId">Who.</param>
    /// <param name="purpose">One of <see cref="ConsentPurpose"/>.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> IsTakenBackAsync(KkmpDbContext db, long personId, string purpose, CancellationToken ct) =>
        await db.Set<Consent>().Where(consent => consent.PersonId == personId && consent.Purpose == purpose)
            .OrderByDescending(consent => consent.Id).Select(consent => (bool?)consent.Given).FirstOrDefaultAsync(ct) is false;

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        await using var command = turn.Statements.Command(
            "INSERT INTO consents (person_id, purpose, text_version, given, at_utc, channel) VALUES (@person, @purpose, @version, @given, @at, @channel)",
            ("person", turn.Caller.PersonId), ("purpose", call.Text("purpose")), ("version", call.Text("text_version")), ("given", true),
            ("at", turn.UtcNow), ("channel", turn.Caller.Channel));
        await command.ExecuteNonQueryAsync(ct);
        return new Outcome("recorded");
    }
}
