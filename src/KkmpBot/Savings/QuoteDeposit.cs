using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// Prices a deposit to be confirmed before it is booked or claimed: an officer's for a payer, or without <c>payer</c> the caller's own.
/// Months of simpanan wajib go in order, oldest first, and some ahead if they like.
/// </summary>
public sealed class QuoteDeposit : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.quote")
        .MayTake("payer", DialogType.Text)
        .Takes("said", DialogType.Text)
        .Gives("quoted", DepositQuote.Type)
        .Gives("disagrees", DepositQuote.Type)
        .Gives("unclear")
        .Gives("too_much")
        .Gives("not_next")
        .Gives("sukarela_off");

    /// <summary>The caller's own membership, tracked; null for strangers and those who left.</summary>
    internal static async Task<Member?> OwnAsync(Turn turn, CancellationToken ct) =>
        turn.Caller.MemberId is { } id
            ? await turn.Db.Set<Member>().SingleOrDefaultAsync(
                row => row.Id == id && (row.Status == MemberStatus.Approved || row.Status == MemberStatus.Active), ct)
            : null;

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var member = call.TextOrNull("payer") is { } payer ? await DepositQuote.FindPayerAsync(turn, payer, ct) : await OwnAsync(turn, ct);
        if (member is null)
            return new Outcome("unclear");
        var quoted = await DepositQuote.ReadAsync(turn, member, call.Text("said"), ct);
        return quoted.Deposit is { } deposit
            ? new Outcome(quoted.Problem ?? "quoted", DepositQuote.Record(turn, member, deposit, quoted.LeftRupiah))
            : new Outcome(quoted.Problem ?? throw new InvalidOperationException("A quote without a deposit names no problem."));
    }
}
