using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

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

    private static readonly Func<KkmpDbContext, long, CancellationToken, Task<bool>> HasOpenMembership = EF.CompileAsyncQuery(
        (KkmpDbContext db, long personId, CancellationToken ct) => db.Set<Member>().Any(
            row => row.PersonId == personId && row.Status != MemberStatus.Rejected && row.Status != MemberStatus.Left));

    private static readonly Func<KkmpDbContext, string, CancellationToken, Task<int>> CooperativeOf = EF.CompileAsyncQuery(
        (KkmpDbContext db, string code, CancellationToken ct) => db.Set<Cooperative>().Where(row => row.Code == code).Select(row => row.Id).Single());

    private static readonly Func<KkmpDbContext, long, CancellationToken, Task<Person>> PersonOf = EF.CompileAsyncQuery(
        (KkmpDbContext db, long personId, CancellationToken ct) => db.Set<Person>().Single(row => row.Id == personId));

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
        if (!await RecordConsent.IsGivenAsync(turn.Db, turn.Caller.PersonId, ConsentPurpose.Membership, ct))
            throw new InvalidOperationException("An application came without the consent that its dialog has to ask for first.");
        if (await HasOpenMembership(turn.Db, turn.Caller.PersonId, ct))
            return new Outcome("already");
        var member = await ApplicationAsync(call, turn, ct);
        if (await CheckNik.IsTakenAsync(turn.Db, member.NikIndex, ct))
            return new Outcome("taken");

        turn.Db.Add(member);
        await GiveNicknameAsync(call, turn, ct);
        if (turn.AutoApprove)
        {
            await turn.Db.SaveChangesAsync(ct);
            turn.Schedule(new TimedAct(
                DemoApproval, turn.UtcNow + DemoDelay, member.PersonId, member.Id.ToString(CultureInfo.InvariantCulture)));
        }
        return new Outcome("submitted");
    }

    private static async Task<Member> ApplicationAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        string code = call.Text("kelurahan");
        string? nip = call.Text("nip") is { Length: > 0 } given ? given : null;
        return new Member
        {
            PersonId = turn.Caller.PersonId,
            CooperativeId = await CooperativeOf(turn.Db, code, ct),
            FullName = turn.Vault.Seal(call.Text("full_name")),
            Nik = turn.Vault.Seal(call.Text("nik")),
            NikIndex = turn.Vault.Index("nik", call.Text("nik")),
            Phone = turn.Vault.Seal(call.Text("phone")),
            Address = turn.Vault.Seal(call.Text("address")),
            IsCivilServant = call.YesNo("civil_servant"),
            Nip = nip is null ? null : turn.Vault.Seal(nip),
            NipIndex = nip is null ? null : turn.Vault.Index("nip", nip),
            AppliedUtc = turn.UtcNow,
        };
    }

    private static async Task GiveNicknameAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var person = await PersonOf(turn.Db, turn.Caller.PersonId, ct);
        if (person.Nickname is null && Nickname.For(call.Text("full_name"), call.Text("nik"), Wib.Day(turn.UtcNow)) is { } nickname)
            person.Nickname = turn.Vault.Seal(nickname);
    }
}
