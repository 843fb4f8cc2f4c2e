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
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        turn.Db.Add(new Consent
        {
            PersonId = turn.Caller.PersonId,
            Purpose = call.Text("purpose"),
            TextVersion = call.Text("text_version"),
            Given = true,
            AtUtc = turn.UtcNow,
            Channel = turn.Caller.Channel,
        });
        return ValueTask.FromResult(new Outcome("recorded"));
    }
}
