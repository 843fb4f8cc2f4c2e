using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Corrections;

/// <summary>An officer takes an entry back with a reason; the members it concerns are told. What moved goods or years is put right elsewhere.</summary>
public sealed class ReverseEntry : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("ledger.reverse")
        .Takes("number", DialogType.Whole)
        .Takes("reason", DialogType.Text)
        .Gives("reversed")
        .Gives("before")
        .Gives("elsewhere")
        .Gives("built_on")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var (_, refusal) = await TakeBack.RunAsync(turn, cooperativeId, (int)call.Whole("number"), call.Text("reason"), isOwnUndo: false, ct);
        return new Outcome(refusal switch
        {
            null => "reversed",
            "not_found" => "not_allowed",
            _ => refusal,
        });
    }
}
