using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Links;

/// <summary>Members who write from another number or account, as officers see them.</summary>
internal static class NumberChanges
{
    /// <summary>Tells the officers; filled with <see cref="News"/>.</summary>
    public const string Notice = "number_changed";

    /// <summary>The most that are listed, oldest first.</summary>
    public const int MaxListed = 9;

    /// <summary>A change: whose, the new number as far as the platform told it, what happened, and since when.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "number_change",
        ("key", DialogType.TextOf(19)), ("name", DialogType.TextOf(24)), ("phone", DialogType.Phone), ("is_new_account", DialogType.YesNo),
        ("day", DialogType.Date));

    /// <summary>Changes.</summary>
    public static DialogType ListType { get; } = DialogType.List("number_changes", Type, MaxListed);

    /// <summary>What the news say.</summary>
    public static DialogType News { get; } = DialogType.Record("number_change_news", ("name", DialogType.TextOf(24)));

    /// <summary>Tells the officers of the member's cooperative.</summary>
    /// <param name="act">Its subject is the change's id.</param>
    /// <param name="turn">The turn's scope.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask TellAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var change = await turn.Db.Set<NumberChange>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        var person = await turn.Db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == change.PersonId, ct);
        if (await CooperativeOfAsync(turn, change.PersonId, ct) is not { } cooperativeId)
            return;
        foreach (var officer in await Colleagues.OfAsync(turn, cooperativeId, ct))
            turn.Notify(officer, Notice, RecordValue.Of(("name", new TextValue(NameOf(person, turn)))));
    }

    /// <summary>The changes that wait, of members of the officer's cooperative.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<(NumberChange Change, Person Person)>> OpenAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var rows = await (
            from change in turn.Db.Set<NumberChange>()
            join person in turn.Db.Set<Person>() on change.PersonId equals person.Id
            where change.Status == NumberChange.Open
                && turn.Db.Set<Member>().Any(member => member.PersonId == change.PersonId && member.CooperativeId == cooperativeId)
            orderby change.Id
            select new { change, person }).Take(MaxListed).ToListAsync(ct);
        return rows.ConvertAll(row => (row.change, row.person));
    }

    /// <summary>The record of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="person">Whose.</param>
    /// <param name="turn">The officer's turn.</param>
    public static RecordValue Of(NumberChange change, Person person, Turn turn) => RecordValue.Of(
        ("key", new TextValue(change.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(NameOf(person, turn))),
        ("phone", new TextValue(change.NewPhone is { } phone ? turn.Vault.Open(phone) : "")),
        ("is_new_account", new YesNoValue(change.Kind == NumberChange.NewAccount)),
        ("day", new DateValue(Wib.Day(change.AtUtc))));

    /// <summary>The record's name of somebody who is not called anything yet.</summary>
    private static string NameOf(Person person, Turn turn) => person.Nickname is { } nickname ? turn.Vault.Open(nickname) : "Anggota";

    private static async Task<int?> CooperativeOfAsync(Turn turn, long personId, CancellationToken ct) =>
        await turn.Db.Set<Member>().Where(member => member.PersonId == personId).OrderByDescending(member => member.Id)
            .Select(member => (int?)member.CooperativeId).FirstOrDefaultAsync(ct);
}
