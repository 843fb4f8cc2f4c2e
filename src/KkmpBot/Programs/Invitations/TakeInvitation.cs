using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Invitations;

/// <summary>
/// Notes through whose invitation the caller came. The code is what a link brought or what they typed: <c>undangan koperasi K7M2QFA</c>. An
/// unknown or old one changes nothing.
/// </summary>
public sealed class TakeInvitation : ICapability
{
    /// <summary>What stands before the code: a word of the dialog that takes it.</summary>
    public const string Words = "undangan koperasi";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("invitations.take")
        .Takes("text", DialogType.Text)
        .Gives("taken", Taken)
        .Gives("unknown");

    /// <summary>The cooperative one is invited to.</summary>
    internal static DialogType Taken { get; } = DialogType.Record("invitation", ("cooperative", DialogType.TextOf(30)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await FindAsync(turn, call.Text("text"), ct) is not { } invitation || invitation.PersonId == turn.Caller.PersonId)
            return new Outcome("unknown");
        await turn.Db.Set<InvitationUse>().Where(row => row.PersonId == turn.Caller.PersonId).ExecuteDeleteAsync(ct);
        turn.Db.Add(new InvitationUse
        {
            InvitationId = invitation.Id,
            CooperativeId = invitation.CooperativeId,
            PersonId = turn.Caller.PersonId,
            AtUtc = turn.UtcNow,
        });
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == invitation.CooperativeId, ct);
        return new Outcome("taken", RecordValue.Of(("cooperative", new TextValue(cooperative.Name))));
    }

    // The last word; what is not as long as a code is none.
    private static async Task<Invitation?> FindAsync(Turn turn, string text, CancellationToken ct)
    {
        var code = text.Split([' ', '-', '_', '.', ','], StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.ToUpperInvariant();
        if (code is not { Length: Invitation.CodeLength })
            return null;
        var since = turn.UtcNow - Invitation.Life;
        return await turn.Db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.Code == code && row.CreatedUtc > since, ct);
    }
}

/// <summary>The kelurahan whose cooperative invited the caller: the registration asks about it instead of asking for one.</summary>
public sealed class FindInvitedKelurahan : ICapability
{
    private const string Inviting = """
        SELECT k.code, k.kelurahan, k.kecamatan FROM invitation_uses u JOIN cooperatives k ON k.id = u.cooperative_id
        WHERE u.person_id = @person AND u.at_utc > @since ORDER BY u.id DESC LIMIT 1
        """;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("invitations.kelurahan")
        .Gives("invited", KelurahanRecord.MatchType)
        .Gives("none");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        await using var command = turn.Statements.Command(Inviting, ("person", turn.Caller.PersonId), ("since", turn.UtcNow - Invitation.Life));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return new Outcome("none");
        var kelurahan = KelurahanRecord.Of(row.GetString(0), row.GetString(1), row.GetString(2));
        return new Outcome("invited", RecordValue.Of(("best", kelurahan), ("all", new ListValue([kelurahan]))));
    }
}
