using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Corrections;

/// <summary>
/// Takes back the officer's own last act, up to a minute after it: money by a reversing entry, the rest by putting it back. What was
/// booked stays to be seen. <c>built_on</c>: somebody has gone on from there, so it is no longer theirs alone.
/// </summary>
/// <param name="undos">How each kind of act is taken back.</param>
public sealed class UndoLastAct(IReadOnlyDictionary<string, UndoAct> undos) : ICapability
{
    /// <summary>How long one word suffices.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("corrections.undo")
        .Gives("undone", Undone)
        .Gives("nothing")
        .Gives("too_late")
        .Gives("built_on");

    /// <summary>What was taken back, in words.</summary>
    internal static DialogType Undone { get; } = DialogType.Record("undone", ("what", DialogType.TextOf(120)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: not null, CooperativeId: { } cooperativeId })
            return new Outcome("nothing");
        var act = await turn.Db.Set<OfficerAct>()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.CooperativeId == cooperativeId && row.UndoneUtc == null)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (act is null)
            return new Outcome("nothing");
        if (turn.UtcNow - act.AtUtc > Window)
            return new Outcome("too_late");
        if (await undos[act.Kind](act.Subject, turn, ct) is not { } what)
            return new Outcome("built_on");
        act.UndoneUtc = turn.UtcNow;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{act.Kind}:{act.Id}"), ct);
        return new Outcome("undone", RecordValue.Of(("what", new TextValue(what))));
    }
}
