using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>
/// Hands in an application for membership. Nothing of the person is stored before, but for their consent. It waits for an officer:
/// admission is the board's decision (UU 25/1992 art. 30), and membership begins when simpanan pokok is paid.
/// </summary>
public sealed class SubmitApplication : ICapability
{
    /// <summary>The act that approves by itself in the demo, <see cref="DemoDelay"/> later.</summary>
    public const string DemoApproval = "demo.approve";

    /// <summary>How long the demo officer takes.</summary>
    public static TimeSpan DemoDelay { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.apply")
        .Takes("full_name", DialogType.Text)
        .Takes("nik", DialogType.Nik)
        .Takes("kelurahan", DialogType.Text)
        .Takes("address", DialogType.Text)
        .Takes("phone", DialogType.Phone)
        .Takes("civil_servant", DialogType.YesNo)
        .Takes("nip", DialogType.Nip)
        .Gives("submitted")
        .Gives("already")
        .Gives("taken");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var nikIndex = turn.Vault.Index("nik", call.Text("nik"));
        var standing = await ApplicationRows.ReadAsync(turn.Statements, turn.Caller.PersonId, call.Text("kelurahan"), nikIndex, ct);
        if (!standing.HasConsented)
            throw new InvalidOperationException("An application came without the consent that its dialog has to ask for first.");
        if (standing.HasOpenMembership)
            return new Outcome("already");
        // Only while keys are renewed is there another index to look under.
        bool isTaken = standing.IsNikTaken || await CheckNik.IsTakenAsync(turn.Statements, turn.Vault.Indexes("nik", call.Text("nik")).Skip(1), ct);
        if (isTaken)
            return new Outcome("taken");

        var applicant = new Applicant(
            new PersonName(call.Text("full_name")), new NikNumber(call.Text("nik")), new PhoneNumber(call.Text("phone")), call.Text("address"), call.YesNo("civil_servant"),
            call.Text("nip") is { Length: > 0 } nip ? nip : null);
        long id = await ApplicationRows.AddAsync(turn.Statements, applicant.Apply(turn, turn.Caller.PersonId, standing.CooperativeId), ct);
        if (!standing.HasNickname && applicant.SuggestNickname(turn) is { } nickname)
            await ApplicationRows.GiveNicknameAsync(turn.Statements, turn.Caller.PersonId, nickname, ct);
        if (turn.AutoApprove)
            turn.Schedule(new TimedAct(DemoApproval, turn.UtcNow + DemoDelay, turn.Caller.PersonId, id.ToString(CultureInfo.InvariantCulture)));
        return new Outcome("submitted");
    }
}
