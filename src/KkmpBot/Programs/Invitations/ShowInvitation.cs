using System.Security.Cryptography;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Invitations;

/// <summary>
/// Gives a member or an officer the links by which somebody else comes to their cooperative, with the first of them as a picture, and says how
/// many came. Nothing is booked for it: a reward would need a rule of the articles.
/// </summary>
public sealed class ShowInvitation : ICapability
{
    // No vowels and no digits: a code is never a word or an amount to whoever reads the sentence it comes in.
    private const string Alphabet = "CDFHJKLMNPRTVWX";
    private const int MaxDraws = 20;
    private const int MaxUrlLength = 120;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("invitations.show").Gives("shown", Shown).Gives("not_allowed");

    /// <summary>A way in: where it leads, and its address.</summary>
    internal static DialogType Link { get; } = DialogType.Record(
        "invitation_link", ("key", DialogType.TextOf(10)), ("name", DialogType.TextOf(12)), ("url", DialogType.TextOf(MaxUrlLength)));

    /// <summary>The ways in that there are.</summary>
    internal static DialogType Links { get; } = DialogType.List("invitation_links", Link, 2);

    /// <summary><c>said</c> is what can be typed in place of a link; <c>joined</c> were admitted through the caller's, <c>joined_all</c> through all of the cooperative's.</summary>
    internal static DialogType Shown { get; } = DialogType.Record(
        "own_invitation",
        ("said", DialogType.TextOf(TakeInvitation.Words.Length + 1 + Invitation.CodeLength)),
        ("joined", DialogType.Whole),
        ("joined_all", DialogType.Whole),
        ("links", Links));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId || !await MayInviteAsync(turn, ct))
            return new Outcome("not_allowed");
        var invitation = await OwnAsync(turn, cooperativeId, ct);
        var links = LinksOf(turn.Places, invitation.Code);
        if (links is [var first, ..])
            turn.Attach(new OutboundFile("undangan.png", "image/png", PickupCode.Draw(first.Text("url"))));
        return new Outcome("shown", RecordValue.Of(
            ("said", new TextValue($"{TakeInvitation.Words} {invitation.Code}")),
            ("joined", new WholeValue(await JoinedAsync(turn, use => use.InvitationId == invitation.Id, cooperativeId, ct))),
            ("joined_all", new WholeValue(await JoinedAsync(turn, use => use.CooperativeId == cooperativeId, cooperativeId, ct))),
            ("links", new ListValue([.. links]))));
    }

    /// <summary>The ways in with a code; what is not configured is left out, and the web chat stands in where there is no other.</summary>
    /// <param name="places">Where people find us.</param>
    /// <param name="code">The code.</param>
    public static IReadOnlyList<RecordValue> LinksOf(PublicPlaces places, string code)
    {
        var links = new List<RecordValue>();
        if (places.Telegram() is { } username)
            links.Add(Of("Telegram", $"https://t.me/{username}?start={TakeInvitation.Words.Replace(' ', '-')}-{code}"));
        if (places.WhatsAppNumber is { } number)
            links.Add(Of("WhatsApp", $"https://wa.me/{number}?text={Uri.EscapeDataString($"{TakeInvitation.Words} {code}")}"));
        if (links.Count == 0 && places.Url is { } url)
            links.Add(Of("web", $"{url}/"));
        return [.. links];
    }

    private static RecordValue Of(string name, string url) =>
        RecordValue.Of(("key", new TextValue(name[..Math.Min(10, name.Length)])), ("name", new TextValue(name)), ("url", new TextValue(url)));

    private static async Task<bool> MayInviteAsync(Turn turn, CancellationToken ct) =>
        OfficerRole.MayLook(turn.Caller)
        || await turn.Db.Set<Member>().AnyAsync(row => row.Id == turn.Caller.MemberId && row.Status == MemberStatus.Active, ct);

    private static async Task<Invitation> OwnAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var invitation = await turn.Db.Set<Invitation>()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.CooperativeId == cooperativeId).OrderBy(row => row.Id).FirstOrDefaultAsync(ct);
        if (invitation is null)
        {
            invitation = new Invitation { PersonId = turn.Caller.PersonId, CooperativeId = cooperativeId, Code = await DrawAsync(turn, ct), CreatedUtc = turn.UtcNow };
            turn.Db.Add(invitation);
        }
        else if (turn.UtcNow - invitation.CreatedUtc > Invitation.Life)
        {
            (invitation.Code, invitation.CreatedUtc) = (await DrawAsync(turn, ct), turn.UtcNow);
        }
        await turn.Db.SaveChangesAsync(ct);
        return invitation;
    }

    private static async Task<string> DrawAsync(Turn turn, CancellationToken ct)
    {
        for (int draw = 0; draw < MaxDraws; draw++)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, Invitation.CodeLength);
            if (!await turn.Db.Set<Invitation>().AnyAsync(row => row.Code == code, ct))
                return code;
        }
        throw new InvalidOperationException("Every code drawn is in use.");
    }

    // Admitted is whoever an officer approved, whatever became of them since.
    private static Task<int> JoinedAsync(
        Turn turn, System.Linq.Expressions.Expression<Func<InvitationUse, bool>> through, int cooperativeId, CancellationToken ct) =>
        turn.Db.Set<InvitationUse>().Where(through)
            .Join(turn.Db.Set<Member>().Where(row => row.CooperativeId == cooperativeId
                    && (row.Status == MemberStatus.Approved || row.Status == MemberStatus.Active || row.Status == MemberStatus.Left)),
                use => use.PersonId, member => member.PersonId, (use, member) => new { use.AtUtc, member.AppliedUtc, member.Id })
            .Where(pair => pair.AtUtc <= pair.AppliedUtc).Select(pair => pair.Id).Distinct().CountAsync(ct);
}
