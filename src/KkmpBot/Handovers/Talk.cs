using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>
/// A talk of an officer with a person who waited: what either writes reaches the other as news, marked with who says it. It ends when one of
/// them says so, or by silence.
/// </summary>
internal static class Talk
{
    /// <summary>The silence after which a talk is over; whoever was left without an answer waits again.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(30);

    /// <summary>The timed act that looks for silence.</summary>
    public const string Silence = "handover.silence";

    /// <summary>The officer's first words to the person, with how to answer.</summary>
    public const string First = "talk_first";

    /// <summary>The officer's words to a person who is free to answer.</summary>
    public const string Said = "talk_said";

    /// <summary>The officer's words to a person who is in the middle of something else.</summary>
    public const string SaidElsewhere = "talk_said_elsewhere";

    /// <summary>The person's words to the officer.</summary>
    public const string Heard = "talk_heard";

    /// <summary>The person's words to an officer who left the talk meanwhile.</summary>
    public const string HeardElsewhere = "talk_heard_elsewhere";

    /// <summary>Tells the officer that the person has ended it.</summary>
    public const string Left = "talk_left";

    /// <summary>Tells the person that the officer has ended it.</summary>
    public const string Ended = "talk_ended";

    /// <summary>Tells the person that silence has ended it.</summary>
    public const string TimedOut = "talk_timed_out";

    private static readonly string[] PersonsFree = [Dialog.Menu, "talk"];
    private const string OfficersDialog = "handovers";

    /// <summary>The talk that the caller is in, locked and tracked; null for none.</summary>
    /// <param name="turn">Theirs.</param>
    /// <param name="key">The waiting person's key for an officer; null for the person who waited.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Handover?> FindAsync(Turn turn, string? key, CancellationToken ct)
    {
        var me = turn.Caller.PersonId;
        var open = turn.Db.Set<Handover>().Where(row => row.ClosedUtc == null && row.TakenBy != null);
        if (key is null)
        {
            open = open.Where(row => row.PersonId == me);
        }
        else
        {
            if (!OfficerRole.MayAnswer(turn.Caller))
                return null;
            var id = long.Parse(key, CultureInfo.InvariantCulture);
            open = open.Where(row => row.Id == id && row.TakenBy == me && row.CooperativeId == turn.Caller.CooperativeId);
        }
        await turn.Db.LockAsync<Handover>(await open.Select(row => row.Id).ToListAsync(ct), ct);
        return await open.SingleOrDefaultAsync(ct);
    }

    /// <summary>Brings the person's words to the officer who talks with them.</summary>
    /// <param name="turn">The person's.</param>
    /// <param name="talk">Theirs, tracked.</param>
    /// <param name="text">What they said.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PassOnAsync(Turn turn, Handover talk, string text, CancellationToken ct)
    {
        (talk.About, talk.AwaitsOfficer, talk.SpokenUtc) = (turn.Vault.Seal(text), true, turn.UtcNow);
        var officer = talk.TakenBy ?? throw new InvalidOperationException($"Handover {talk.Id} is nobody's talk.");
        var phrase = await OpenDialogAsync(turn.Db, officer, ct) is OfficersDialog ? Heard : HeardElsewhere;
        turn.Notify(officer, phrase, HandoverRecord.SaidOf(await NameAsync(turn, talk.PersonId, HandoverRecord.Unnamed, ct), text));
    }

    /// <summary>Brings the officer's words to the person.</summary>
    /// <param name="turn">The officer's.</param>
    /// <param name="talk">Theirs, tracked.</param>
    /// <param name="text">What they said.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when they wait for the person's next word.</returns>
    public static async Task<bool> AnswerAsync(Turn turn, Handover talk, string text, CancellationToken ct)
    {
        var isFree = await OpenDialogAsync(turn.Db, talk.PersonId, ct) is not { } dialog || PersonsFree.Contains(dialog);
        var phrase = !isFree ? SaidElsewhere : talk.Answer is null ? First : Said;
        (talk.Answer, talk.AwaitsOfficer, talk.SpokenUtc) = (turn.Vault.Seal(text), false, turn.UtcNow);
        turn.Notify(talk.PersonId, phrase, HandoverRecord.SaidOf(await NameAsync(turn, turn.Caller.PersonId, HandoverRecord.UnnamedOfficer, ct), text));
        return turn.Terms.Templates.ContainsKey(phrase) || await ArrivesAsync(turn, talk.PersonId, ct);
    }

    /// <summary>False when nothing reaches the person until they write again: WhatsApp takes no free text for who was silent for a day, and they have no other phone channel.</summary>
    /// <param name="turn">Whoever's.</param>
    /// <param name="personId">Who.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> ArrivesAsync(Turn turn, long personId, CancellationToken ct)
    {
        var addresses = await turn.Db.Set<ChannelAddress>().AsNoTracking().Where(row => row.PersonId == personId && !row.Blocked).ToListAsync(ct);
        return addresses.MaxBy(row => row.LastSeenUtc)?.TakesFreeText(turn.UtcNow) != false
            || addresses.Exists(row => row.Channel is "telegram" or "whatsapp" && row.TakesFreeText(turn.UtcNow));
    }

    /// <summary>Looks for silence again after a while.</summary>
    /// <param name="turn">Whoever's.</param>
    /// <param name="talk">The talk.</param>
    public static void Watch(Turn turn, Handover talk) => turn.Schedule(new TimedAct(
        Silence, (talk.SpokenUtc ?? turn.UtcNow) + LongestSilence, talk.PersonId, talk.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Ends a talk that was silent too long.</summary>
    public static async ValueTask LookAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        await turn.Db.LockAsync<Handover>(id, ct);
        var talk = await turn.Db.Set<Handover>().SingleOrDefaultAsync(row => row.Id == id && row.ClosedUtc == null && row.TakenBy != null, ct);
        if (talk is null)
            return;
        if (talk.SpokenUtc + LongestSilence > turn.UtcNow)
            Watch(turn, talk);
        else if (talk.AwaitsOfficer)
            await ReturnAsync(turn, talk, ct);
        else
            Close(turn, talk);
    }

    /// <summary>Lets the person wait for any officer again.</summary>
    /// <param name="turn">Whoever's.</param>
    /// <param name="talk">The talk, tracked.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task ReturnAsync(Turn turn, Handover talk, CancellationToken ct)
    {
        (talk.TakenBy, talk.SpokenUtc) = (null, null);
        var name = await NameAsync(turn, talk.PersonId, HandoverRecord.Unnamed, ct);
        foreach (var officer in await Colleagues.OfAsync(turn, talk.CooperativeId, ct))
            turn.Notify(officer, RequestHandover.Notice, RecordValue.Of(("name", new TextValue(HandoverRecord.Short(name)))));
    }

    /// <summary>What somebody is called.</summary>
    /// <param name="turn">Whoever's.</param>
    /// <param name="personId">Who.</param>
    /// <param name="unnamed">For somebody who gave no name.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<string> NameAsync(Turn turn, long personId, string unnamed, CancellationToken ct) =>
        await turn.Db.Set<Person>().Where(row => row.Id == personId).Select(row => row.Nickname).SingleOrDefaultAsync(ct) is { } nickname
            ? turn.Vault.Open(nickname) : unnamed;

    private static void Close(Turn turn, Handover talk)
    {
        (talk.ClosedUtc, talk.ClosedBy) = (turn.UtcNow, talk.TakenBy);
        turn.Notify(talk.PersonId, TimedOut);
    }

    private static Task<string?> OpenDialogAsync(KkmpDbContext db, long personId, CancellationToken ct) =>
        db.Set<Conversation>().Where(row => row.Id == personId).Select(row => row.OpenDialog).SingleOrDefaultAsync(ct);
}
