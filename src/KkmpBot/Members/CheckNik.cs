using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Members;

/// <summary>Whether somebody with this NIK has an open application or membership already, in any cooperative. Says nothing of whom.</summary>
public sealed class CheckNik : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.check_nik")
        .Takes("nik", DialogType.Nik)
        .Gives("free")
        .Gives("taken");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await IsTakenAsync(turn.Statements, turn.Vault.Indexes("nik", call.Text("nik")), ct) ? "taken" : "free");

    /// <summary>True when the register holds the number under any key that is known.</summary>
    /// <param name="statements">In the turn's transaction.</param>
    /// <param name="nikIndexes">The blind indexes of the NIK.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<bool> IsTakenAsync(Statements statements, IEnumerable<byte[]> nikIndexes, CancellationToken ct)
    {
        foreach (byte[] index in nikIndexes)
        {
            if (await ApplicationRows.IsNikTakenAsync(statements, index, ct))
                return true;
        }
        return false;
    }
}
