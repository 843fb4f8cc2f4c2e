using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Links;

/// <summary>
/// Takes a code that was shown in another channel: whoever typed it and whoever it was shown to are one person from now on. A membership
/// stays where it is; two memberships are an officer's matter.
/// </summary>
public sealed class RedeemCode : ICapability
{
    private static readonly string[] Held = [MemberStatus.Pending, MemberStatus.Approved, MemberStatus.Active];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.redeem_code")
        .Takes("text", DialogType.Text)
        .Gives("linked").Gives("wrong").Gives("too_many").Gives("own_code").Gives("two_members");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await IsExhaustedAsync(turn, ct))
            return new Outcome("too_many");
        if (await FindAsync(turn, call.Text("text"), ct) is not { } code)
        {
            turn.Db.Add(new LinkTry { PersonId = turn.Caller.PersonId, AtUtc = turn.UtcNow });
            return new Outcome("wrong");
        }
        if (code.PersonId == turn.Caller.PersonId)
            return new Outcome("own_code");
        var (here, there) = (await RankAsync(turn, turn.Caller.PersonId, ct), await RankAsync(turn, code.PersonId, ct));
        if (here == Rank.Member && there == Rank.Member)
            return new Outcome("two_members");
        code.UsedUtc = turn.UtcNow;
        turn.Change(here > there
            ? new PersonChange.Join(turn.Caller.PersonId, code.PersonId)
            : new PersonChange.Join(code.PersonId, turn.Caller.PersonId));
        return new Outcome("linked");
    }

    private static async Task<bool> IsExhaustedAsync(Turn turn, CancellationToken ct)
    {
        var tries = turn.Db.Set<LinkTry>();
        var (hourAgo, lately) = (turn.UtcNow.AddHours(-1), turn.UtcNow - LinkCode.Life);
        return await tries.CountAsync(row => row.PersonId == turn.Caller.PersonId && row.AtUtc > hourAgo, ct) >= LinkTry.MaxAnHour
            || await tries.CountAsync(row => row.AtUtc > lately, ct) >= LinkTry.MaxOfAll;
    }

    private static async Task<LinkCode?> FindAsync(Turn turn, string text, CancellationToken ct)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length != LinkCode.Digits)
            return null;
        var index = IssueCode.IndexOf(turn, digits);
        var since = turn.UtcNow - LinkCode.Life;
        return await turn.Db.Set<LinkCode>()
            .Where(row => row.CodeIndex == index && row.CreatedUtc > since && row.UsedUtc == null)
            .OrderBy(row => row.Id).FirstOrDefaultAsync(ct);
    }

    private static async Task<Rank> RankAsync(Turn turn, long personId, CancellationToken ct)
    {
        var isMember = await turn.Db.Set<Member>().AnyAsync(row => row.PersonId == personId && Held.Contains(row.Status), ct)
            || await turn.Db.Set<Officer>().AnyAsync(row => row.PersonId == personId, ct);
        return isMember ? Rank.Member
            : await turn.Db.Set<Person>().AnyAsync(row => row.Id == personId && row.PhoneIndex != null, ct) ? Rank.Known
            : Rank.Stranger;
    }

    private enum Rank
    {
        Stranger,
        Known,
        Member,
    }
}
