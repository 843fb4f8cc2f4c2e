using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>
/// Whose slips somebody may write: a volunteer their own, an officer who acts those of any volunteer of the cooperative. The slip belongs to the
/// volunteer either way, so that the same paper written by both books once.
/// </summary>
internal static class SlipWriter
{
    /// <summary>The volunteer whose slips are written; null when the caller may not write them.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="number">The volunteer's register number; null for the caller's own slips.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<WasteVolunteer?> FindAsync(Turn turn, string? number, CancellationToken ct)
    {
        var own = await turn.Db.Set<WasteVolunteer>().SingleOrDefaultAsync(row => row.PersonId == turn.Caller.PersonId, ct);
        if (number is null)
            return own;
        var cooperativeId = OfficerRole.MayAnswer(turn.Caller) ? turn.Caller.CooperativeId : own?.CooperativeId;
        if (cooperativeId is not { } where || await ByNumber.FindAsync(turn, where, number, ct) is not { } member)
            return null;
        var volunteer = await turn.Db.Set<WasteVolunteer>().SingleOrDefaultAsync(row => row.PersonId == member.PersonId && row.CooperativeId == where, ct);
        return volunteer?.PersonId == turn.Caller.PersonId || OfficerRole.MayAnswer(turn.Caller) ? volunteer : null;
    }
}

/// <summary>Whether the caller writes slips, and whose: a volunteer, with their own register number, or an officer, who has to say whose.</summary>
public sealed class ShowSlipWriter : ICapability
{
    private const int NumberLength = 10;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.slip_writer")
        .Gives("volunteer", DialogType.TextOf(NumberLength)).Gives("officer").Gives("neither");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await SlipWriter.FindAsync(turn, null, ct) is not null && await ByNumber.CallerAsync(turn, ct) is { } member)
            return new Outcome("volunteer", new TextValue(MemberRegister.Text(member.Number)));
        return new Outcome(OfficerRole.MayAnswer(turn.Caller) ? "officer" : "neither");
    }
}

/// <summary>Whether a register number is that of a volunteer whose slips the caller may write.</summary>
public sealed class FindVolunteer : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.find_volunteer")
        .Takes("number", DialogType.Text).Gives("found").Gives("none");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await SlipWriter.FindAsync(turn, call.Text("number"), ct) is null ? "none" : "found");
}
