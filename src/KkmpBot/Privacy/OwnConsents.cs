using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Privacy;

/// <summary>The consents of a person that hold: the latest word on each purpose, where it is a yes.</summary>
internal static class Given
{
    /// <summary>What somebody agrees to when they have their data restricted (UU 27/2022 art. 41): that nothing is done with it unasked.</summary>
    public const string Restriction = "restriction";

    private const string Version = "privacy-2026-11";

    /// <summary>Reads them, the oldest first.</summary>
    public static async Task<IReadOnlyList<Consent>> OfAsync(KkmpDbContext db, long personId, CancellationToken ct)
    {
        var acts = await db.Set<Consent>().AsNoTracking().Where(row => row.PersonId == personId).OrderBy(row => row.Id).ToListAsync(ct);
        return [.. acts.GroupBy(act => act.Purpose).Select(purpose => purpose.Last()).Where(act => act.Given).OrderBy(act => act.Id)];
    }

    /// <summary>The act of taking one back.</summary>
    public static Consent TakenBack(Turn turn, string purpose) => Act(turn, purpose, given: false);

    /// <summary>The act of giving one.</summary>
    public static Consent Agreed(Turn turn, string purpose) => Act(turn, purpose, given: true);

    private static Consent Act(Turn turn, string purpose, bool given) => new()
    {
        PersonId = turn.Caller.PersonId,
        Purpose = purpose,
        TextVersion = Version,
        Given = given,
        AtUtc = turn.UtcNow,
        Channel = turn.Caller.Channel,
    };
}

/// <summary>What a person has agreed to, and since when.</summary>
public sealed class ListOwnConsents : ICapability
{
    private const int MaxListed = 20;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.consents").Gives("listed", ListType);

    /// <summary>A consent that holds; <c>key</c> is its purpose.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "consent", ("key", DialogType.TextOf(40)), ("purpose", DialogType.TextOf(24)), ("since", DialogType.Date));

    /// <summary>Consents, the oldest first.</summary>
    internal static DialogType ListType { get; } = DialogType.List("consents", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var given = await Given.OfAsync(turn.Db, turn.Caller.PersonId, ct);
        return new Outcome("listed", new ListValue([.. given.Where(act => act.Purpose != Given.Restriction).Take(MaxListed).Select(act => RecordValue.Of(
            ("key", new TextValue(act.Purpose)),
            ("purpose", new TextValue(Title(act.Purpose))),
            ("since", new DateValue(Wib.Day(act.AtUtc)))))]));
    }

    private static string Title(string purpose)
    {
        string words = HeldWords.Of(purpose);
        string title = $"{char.ToUpperInvariant(words[0])}{words[1..]}";
        return title.Length <= 24 ? title : $"{title[..23]}…";
    }
}

/// <summary>
/// Takes a consent back; it holds no more from this moment (UU 27/2022 art. 40). <c>membership</c>: that one is what everything else rests on, so
/// erasure is the way.
/// </summary>
public sealed class WithdrawConsent : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.withdraw").Takes("purpose", DialogType.Text).Gives("withdrawn").Gives("membership");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        string purpose = call.Text("purpose");
        if (purpose == ConsentPurpose.Membership)
            return new Outcome("membership");
        if ((await Given.OfAsync(turn.Db, turn.Caller.PersonId, ct)).Any(act => act.Purpose == purpose))
            turn.Db.Add(Given.TakenBack(turn, purpose));
        return new Outcome("withdrawn");
    }
}

/// <summary>
/// Restricts what is done with a person's data to what they ask for themselves (UU 27/2022 art. 41), at once: every consent but the membership's is
/// taken back. Asked again, it lifts the restriction; what was taken back is given anew one by one.
/// </summary>
public sealed class RestrictOwnData : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.restrict").Takes("on", DialogType.Choice).Gives("restricted").Gives("lifted");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var given = await Given.OfAsync(turn.Db, turn.Caller.PersonId, ct);
        bool isOn = given.Any(act => act.Purpose == Given.Restriction);
        if (call.Text("on") != "restrict")
        {
            if (isOn)
                turn.Db.Add(Given.TakenBack(turn, Given.Restriction));
            return new Outcome("lifted");
        }
        foreach (var act in given.Where(act => act.Purpose is not (ConsentPurpose.Membership or Given.Restriction)))
            turn.Db.Add(Given.TakenBack(turn, act.Purpose));
        if (!isOn)
            turn.Db.Add(Given.Agreed(turn, Given.Restriction));
        return new Outcome("restricted");
    }
}
