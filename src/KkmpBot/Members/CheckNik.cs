using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>Whether somebody with this NIK has an open application or membership already, in any cooperative. Says nothing of whom.</summary>
public sealed class CheckNik : ICapability
{
    private static readonly Func<KkmpDbContext, byte[], CancellationToken, Task<bool>> HoldsNik = EF.CompileAsyncQuery(
        (KkmpDbContext db, byte[] nikIndex, CancellationToken ct) => db.Set<Member>().Any(
            member => member.NikIndex == nikIndex
                && (member.Status == MemberStatus.Pending || member.Status == MemberStatus.Approved || member.Status == MemberStatus.Active)));

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.check_nik")
        .Takes("nik", DialogType.Nik)
        .Gives("free")
        .Gives("taken");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await IsTakenAsync(turn.Db, turn.Vault.Indexes("nik", call.Text("nik")), ct) ? "taken" : "free");

    /// <summary>True when the register holds the number under any key that is known.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="nikIndexes">The blind indexes of the NIK.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<bool> IsTakenAsync(KkmpDbContext db, IEnumerable<byte[]> nikIndexes, CancellationToken ct)
    {
        foreach (byte[] index in nikIndexes)
        {
            if (await IsTakenAsync(db, index, ct))
                return true;
        }
        return false;
    }

    /// <summary>True when the register holds the number.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="nikIndex">The blind index of the NIK.</param>
    /// <param name="ct">Gives up.</param>
    internal static Task<bool> IsTakenAsync(KkmpDbContext db, byte[] nikIndex, CancellationToken ct) => HoldsNik(db, nikIndex, ct);
}
