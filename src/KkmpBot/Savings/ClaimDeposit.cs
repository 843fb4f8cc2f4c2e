using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>A member says that they have paid: the treasurer is asked to look, and nothing is booked before.</summary>
public sealed class ClaimDeposit : ICapability
{
    /// <summary>The member says that they paid by transfer.</summary>
    public const string ByTransfer = "transfer";

    /// <summary>Tells the officers who take money.</summary>
    public const string Notice = "claim_filed";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.claim")
        .Takes("kind", DialogType.Choice)
        .Takes("months", DialogType.Whole)
        .Takes("from", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Takes("via", DialogType.Choice)
        .Gives("filed")
        .Gives("waiting_already")
        .Gives("changed");

    /// <summary>What the officers read.</summary>
    internal static DialogType News { get; } = DialogType.Record("claim_news", ("name", DialogType.TextOf(24)), ("amount", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await QuoteDeposit.OwnAsync(turn, ct) is not { } member)
            return new Outcome("changed");
        await turn.Db.LockAsync<Member>(member.Id, ct);
        if (await DepositQuote.AgainAsync(turn, member, call, ct) is not { } deposit)
            return new Outcome("changed");
        if (await turn.Db.Set<DepositClaim>().AnyAsync(row => row.MemberId == member.Id && row.Status == DepositClaim.Waiting, ct))
            return new Outcome("waiting_already");
        turn.Db.Add(new DepositClaim
        {
            CooperativeId = member.CooperativeId,
            MemberId = member.Id,
            Kind = deposit.Kind,
            Rupiah = deposit.Rupiah,
            Months = deposit.Months,
            FirstMonth = deposit.Months == 0 ? null : deposit.FirstMonth,
            Via = call.Text("via"),
            AtUtc = turn.UtcNow,
        });
        var news = RecordValue.Of(
            ("name", new TextValue(Claims.Short(turn.Vault.Open(member.FullName)))), ("amount", new MoneyValue(deposit.Rupiah)));
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, member.CooperativeId, ct))
            turn.Notify(officer, Notice, news);
        return new Outcome("filed");
    }
}
