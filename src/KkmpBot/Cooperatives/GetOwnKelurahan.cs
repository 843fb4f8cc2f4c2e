using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Cooperatives;

/// <summary>The kelurahan of the caller's own cooperative; none for somebody who has not applied anywhere.</summary>
public sealed class GetOwnKelurahan : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.mine")
        .Gives("found", KelurahanRecord.Type)
        .Gives("none");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } id)
            return new Outcome("none");
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        return new Outcome("found", KelurahanRecord.Of(cooperative.Code, cooperative.Kelurahan, cooperative.Kecamatan));
    }
}
