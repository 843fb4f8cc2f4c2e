using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>The members whom the caller may order for, because they agreed.</summary>
public sealed class ListHousehold : ICapability
{
    /// <summary>No household is larger.</summary>
    public const int MaxPeople = 8;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.household").Gives("listed", ListType);

    /// <summary>Members of a household.</summary>
    internal static DialogType ListType { get; } = DialogType.List("household_members", CartRecord.Person, MaxPeople);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var members = await (
            from link in turn.Db.Set<HouseholdLink>()
            where link.PersonId == turn.Caller.PersonId && link.Status == HouseholdStatus.Given
            join member in turn.Db.Set<Member>() on link.MemberId equals member.Id
            where member.Status == MemberStatus.Active && member.CooperativeId == turn.Caller.CooperativeId
            orderby link.Id
            select new { member.Id, member.FullName }).Take(MaxPeople).ToListAsync(ct);
        return new Outcome("listed", new ListValue(
            [.. members.Select(member => CartRecord.PersonOf(member.Id.ToString(CultureInfo.InvariantCulture), turn.Vault.Open(member.FullName)))]));
    }
}

/// <summary>
/// The caller's cart is for a member of their household from now on, with that member's limits and rules; with no <c>member</c> for
/// themselves again.
/// </summary>
public sealed class BuyForMember : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.buy_for")
        .MayTake("member", DialogType.Text)
        .Gives("changed")
        .Gives("not_agreed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart || turn.Caller.MemberId is not { } ownId)
            return new Outcome("not_agreed");
        var self = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == ownId, ct);
        var other = call.TextOrNull("member") is { } key ? long.Parse(key, CultureInfo.InvariantCulture) : ownId;
        if ((other == ownId ? self : await Cart.HouseholdMemberAsync(turn, self, other, ct)) is not { } buyer)
            return new Outcome("not_agreed");
        await cart.BuyForAsync(buyer, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("changed");
    }
}
