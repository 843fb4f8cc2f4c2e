using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Charges;

/// <summary>How the cooperative's latest messages reached people whose window was closed: as a template, elsewhere, or kept for their next word.</summary>
public sealed class ListHandOvers : ICapability
{
    private const int MaxListed = 9;

    /// <summary>A message: to whom, on which day, and how; <c>how</c> is template, other_channel or held with its detail in words.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "hand_over", ("key", DialogType.TextOf(19)), ("name", DialogType.TextOf(24)), ("day", DialogType.Date), ("how", DialogType.TextOf(60)));

    /// <summary>Messages, the latest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("hand_overs", Type, MaxListed);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("charges.hand_overs").Gives("found", ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("found", new ListValue([]));
        var rows = await (
            from choice in turn.Db.Set<HandOverChoice>().AsNoTracking()
            join person in turn.Db.Set<Person>() on choice.PersonId equals person.Id
            where choice.CooperativeId == cooperativeId
            orderby choice.AtUtc descending, choice.OutboxId descending
            select new { choice, person.Nickname }).Take(MaxListed).ToListAsync(ct);
        if (rows.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"hand_overs:{rows.Count}"), ct);
        return new Outcome("found", new ListValue([.. rows.Select(row => RecordValue.Of(
            ("key", new TextValue(row.choice.OutboxId.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(row.Nickname is { } nickname ? turn.Vault.Open(nickname) : "Bapak/Ibu")),
            ("day", new DateValue(Wib.Day(row.choice.AtUtc))),
            ("how", new TextValue(HowOf(row.choice)))))]));
    }

    private static string HowOf(HandOverChoice choice) => (choice.Choice, choice.Detail) switch
    {
        (HandOverChoice.Template, var name) => name.Length > 40 ? "templat" : $"templat {name}",
        (HandOverChoice.OtherChannel, var channel) => $"lewat {channel}",
        (_, "budget") => "disimpan, anggaran habis",
        (_, "tier") => "disimpan, batas harian Meta tercapai",
        _ => "disimpan sampai ia menulis lagi",
    };
}
