using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>The applications that wait for a decision in the officer's cooperative, oldest first.</summary>
public sealed class ListPending : ICapability
{
    /// <summary>More than this are shown when these are decided.</summary>
    public const int MaxListed = 50;

    private const int NameLength = 24;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } =
        new CapabilityDescription("members.pending").Gives("listed", Applications.ApplicationList);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var waiting = await turn.Db.Set<Member>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status == MemberStatus.Pending)
            .OrderBy(row => row.AppliedUtc).ThenBy(row => row.Id).Take(MaxListed).ToListAsync(ct);
        if (waiting.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', waiting.Select(row => MemberRegister.Subject(row.Id))), ct);
        return new Outcome("listed", new ListValue([.. waiting.Select(row => Record(row.Id, turn.Vault.Open(row.FullName), row.AppliedUtc))]));
    }

    /// <summary>An application in a list.</summary>
    /// <param name="id">Which.</param>
    /// <param name="name">The applicant's name, cut to what a list shows.</param>
    /// <param name="appliedUtc">When it was handed in.</param>
    internal static RecordValue Record(long id, string name, DateTime appliedUtc) => RecordValue.Of(
        ("key", new TextValue(id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(name.Length <= NameLength ? name : $"{name[..(NameLength - 1)].TrimEnd()}…")),
        ("day", new DateValue(Wib.Day(appliedUtc))));
}
