using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>The claims of payment of the officer's own cooperative, as their dialog sees them.</summary>
internal static class Claims
{
    /// <summary>More than this are shown when these are decided.</summary>
    public const int MaxListed = 50;

    private const int NameLength = 24;

    /// <summary>A claim that waits.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "deposit_claim",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(NameLength)),
        ("kind", DialogType.TextOf(20)),
        ("months", DialogType.Whole),
        ("amount", DialogType.Money),
        ("via", DialogType.TextOf(10)),
        ("day", DialogType.Date));

    /// <summary>Those that wait, oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("deposit_claims", Type, MaxListed);

    /// <summary>The claim that a dialog's key names, if the caller may decide on it and it still waits; tracked.</summary>
    public static async Task<DepositClaim?> FindWaitingAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        // Two officers at once: the second reads what the first has decided.
        await turn.Db.LockAsync<DepositClaim>(id, ct);
        return await turn.Db.Set<DepositClaim>().SingleOrDefaultAsync(
            row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == DepositClaim.Waiting, ct);
    }

    /// <summary>The record of a claim.</summary>
    public static RecordValue Record(DepositClaim claim, string name) => RecordValue.Of(
        ("key", new TextValue(claim.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(Short(name))),
        ("kind", new TextValue($"Simpanan {claim.Kind}")),
        ("months", new WholeValue(claim.Months)),
        ("amount", new MoneyValue(claim.Rupiah)),
        ("via", new TextValue(claim.Via == ClaimDeposit.ByTransfer ? "transfer" : "tunai")),
        ("day", new DateValue(Wib.Day(claim.AtUtc))));

    /// <summary>A name as a row of a list holds it.</summary>
    public static string Short(string name) => name.Length <= NameLength ? name : $"{name[..(NameLength - 1)].TrimEnd()}…";
}

/// <summary>The claims that wait for an officer, oldest first.</summary>
public sealed class ListClaims : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.claims").Gives("listed", Claims.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var waiting = await turn.Db.Set<DepositClaim>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status == DepositClaim.Waiting)
            .OrderBy(row => row.Id).Take(Claims.MaxListed)
            .Join(turn.Db.Set<Member>(), claim => claim.MemberId, member => member.Id, (claim, member) => new { claim, member.FullName })
            .ToListAsync(ct);
        if (waiting.Count > 0)
            await Auditing.Audit.RecordAsync(turn, Description.Name, string.Join(' ', waiting.Select(row => MemberRegister.Subject(row.claim.MemberId))), ct);
        return new Outcome("listed", new ListValue([.. waiting.Select(row => Claims.Record(row.claim, turn.Vault.Open(row.FullName)))]));
    }
}
