using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>What the dialogs know of consents within a household.</summary>
internal static class HouseholdRecord
{
    /// <summary>The notice to a member who is asked.</summary>
    public const string AskedNotice = "household_asked";

    /// <summary>The notice to whoever asked: agreed.</summary>
    public const string GivenNotice = "household_given";

    private const int MaxNameLength = 24;
    private const int MaxListed = 8;

    /// <summary>What a notice says: the other's name.</summary>
    public static DialogType News { get; } = DialogType.Record("household_news", ("name", DialogType.TextOf(MaxNameLength)));

    /// <summary>Somebody who asked, or was allowed, to order for the caller.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "household_request", ("key", DialogType.TextOf(20)), ("name", DialogType.TextOf(MaxNameLength)), ("given", DialogType.YesNo));

    /// <summary>All of them.</summary>
    public static DialogType ListType { get; } = DialogType.List("household_requests", Type, MaxListed);

    /// <summary>The links of a member that wait for an answer or were agreed to.</summary>
    /// <param name="turn">The member's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<ListValue> OpenAsync(Turn turn, CancellationToken ct)
    {
        var rows = await turn.Db.Set<HouseholdLink>().AsNoTracking()
            .Where(link => link.MemberId == turn.Caller.MemberId && link.Status != HouseholdStatus.Refused)
            .OrderBy(link => link.Id).Take(MaxListed).ToListAsync(ct);
        var listed = new List<RecordValue>();
        foreach (var link in rows)
        {
            listed.Add(RecordValue.Of(
                ("key", new TextValue(link.Id.ToString(CultureInfo.InvariantCulture))),
                ("name", new TextValue(await NameAsync(turn, link.PersonId, ct))),
                ("given", new YesNoValue(link.Status == HouseholdStatus.Given))));
        }

        return new ListValue(listed);
    }

    /// <summary>A person's name as a member, shortened.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="personId">Who.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<string> NameAsync(Turn turn, long personId, CancellationToken ct)
    {
        var sealedName = await turn.Db.Set<Member>().Where(row => row.PersonId == personId && row.Status == MemberStatus.Active)
            .Select(row => row.FullName).FirstOrDefaultAsync(ct);
        var name = sealedName is null ? "Anggota" : turn.Vault.Open(sealedName);
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }
}

/// <summary>
/// The caller asks another member of the cooperative, by register number, to be allowed to order for them. The answer is the same whether
/// the number exists or not: nobody learns who is a member.
/// </summary>
public sealed class AskHousehold : ICapability
{
    // A member is not pestered: the same person may ask again after a day.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("household.ask")
        .Takes("number", DialogType.Text)
        .Gives("asked")
        .Gives("no_number");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (RunningNumber.Read(call.Text("number")) is not { } number)
            return new Outcome("no_number");
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == turn.Caller.CooperativeId && row.Number == number && row.Status == MemberStatus.Active, ct);
        if (member is null || member.Id == turn.Caller.MemberId)
            return new Outcome("asked");
        var link = await turn.Db.Set<HouseholdLink>().SingleOrDefaultAsync(row => row.MemberId == member.Id && row.PersonId == turn.Caller.PersonId, ct);
        if (link is { Status: HouseholdStatus.Given } || link?.AskedUtc + AskAgainAfter > turn.UtcNow)
            return new Outcome("asked");
        if (link is null)
        {
            link = new HouseholdLink { MemberId = member.Id, PersonId = turn.Caller.PersonId };
            turn.Db.Add(link);
        }

        (link.Status, link.AskedUtc) = (HouseholdStatus.Asked, turn.UtcNow);
        await turn.Db.SaveChangesAsync(ct);
        turn.Notify(member.PersonId, HouseholdRecord.AskedNotice, await NewsAsync(turn, ct));
        return new Outcome("asked");
    }

    private static async Task<RecordValue> NewsAsync(Turn turn, CancellationToken ct) =>
        RecordValue.Of(("name", new TextValue(await HouseholdRecord.NameAsync(turn, turn.Caller.PersonId, ct))));
}

/// <summary>Who asked, or was allowed, to order for the caller.</summary>
public sealed class ListHouseholdRequests : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("household.requests").Gives("listed", HouseholdRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new("listed", turn.Caller.MemberId is null ? new ListValue([]) : await HouseholdRecord.OpenAsync(turn, ct));
}

/// <summary>The caller agrees that somebody orders for them, or refuses or takes it back. Both are recorded as consents.</summary>
public sealed class DecideHousehold : ICapability
{
    private const string TextVersion = "household-1";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("household.decide")
        .Takes("request", DialogType.Text)
        .Takes("answer", DialogType.Choice)
        .Gives("given")
        .Gives("refused");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("request"), CultureInfo.InvariantCulture);
        var link = await turn.Db.Set<HouseholdLink>().SingleAsync(row => row.Id == id && row.MemberId == turn.Caller.MemberId, ct);
        var isGiven = call.Text("answer") == "agree";
        (link.Status, link.DecidedUtc) = (isGiven ? HouseholdStatus.Given : HouseholdStatus.Refused, turn.UtcNow);
        turn.Db.Add(new Consent
        {
            PersonId = turn.Caller.PersonId,
            Purpose = ConsentPurpose.HouseholdOrders,
            TextVersion = TextVersion,
            Given = isGiven,
            AtUtc = turn.UtcNow,
            Channel = turn.Caller.Channel,
        });
        await turn.Db.SaveChangesAsync(ct);
        if (!isGiven)
            return new Outcome("refused");
        var name = await HouseholdRecord.NameAsync(turn, turn.Caller.PersonId, ct);
        turn.Notify(link.PersonId, HouseholdRecord.GivenNotice, RecordValue.Of(("name", new TextValue(name))));
        return new Outcome("given");
    }
}
