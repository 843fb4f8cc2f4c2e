using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Privacy;

/// <summary>Sends a person everything that is held about them and who looked at it, as a PDF or as JSON, with the reply (UU 27/2022 art. 32).</summary>
public sealed class GiveOwnData : ICapability
{
    private const int MaxLooks = 200;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.give").Takes("form", DialogType.Choice).Gives("given");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var sections = await new HeldReader(turn.Db, turn.Vault, ct).ReadAsync(turn.Caller.PersonId);
        var file = new DataFile(sections, await Looks.OfPersonAsync(turn, turn.Caller.PersonId, MaxLooks, ct), turn.UtcNow);
        turn.Attach(call.Text("form") == "json"
            ? new OutboundFile("data-saya.json", "application/json", file.ToJson())
            : new OutboundFile("data-saya.pdf", "application/pdf", file.ToPdf()));
        return new Outcome("given");
    }
}

/// <summary>Tells a person in short what is held about them: the kinds and how many of each.</summary>
public sealed class SummariseOwnData : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.summary").Gives("shown", Kinds);

    /// <summary>A kind of data and how much of it there is.</summary>
    internal static DialogType Kind { get; } = DialogType.Record("held_kind", ("title", DialogType.TextOf(40)), ("count", DialogType.Whole));

    /// <summary>The kinds.</summary>
    internal static DialogType Kinds { get; } = DialogType.List("held_kinds", Kind, HeldData.All.Count);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new("shown", new ListValue([.. (await new HeldReader(turn.Db, turn.Vault, ct).ReadAsync(turn.Caller.PersonId)).Select(section =>
            RecordValue.Of(("title", new TextValue(section.Kind.Title)), ("count", new WholeValue(section.Count))))]));
}

/// <summary>Tells a person who looked at their data.</summary>
public sealed class ShowLooks : ICapability
{
    /// <summary>What fits on a small screen; the PDF has more.</summary>
    public const int MaxListed = 8;

    private const int MaxWho = 30;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.looked").Gives("some", ListType).Gives("nobody");

    /// <summary>A look: when, who, what.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "look", ("when", DialogType.TextOf(18)), ("who", DialogType.TextOf(MaxWho)), ("what", DialogType.TextOf(ActWords.MaxLength)));

    /// <summary>Looks, the newest first.</summary>
    internal static DialogType ListType { get; } = DialogType.List("looks", Type, MaxListed);

    /// <summary>Looks as dialogs show them.</summary>
    internal static ListValue Record(IEnumerable<Look> looks) => new([.. looks.Select(look => RecordValue.Of(
        ("when", new TextValue(HeldReader.Moment(look.AtUtc))),
        ("who", new TextValue(look.Who.Length <= MaxWho ? look.Who : $"{look.Who[..(MaxWho - 1)]}…")),
        ("what", new TextValue(look.What))))]);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var looks = await Looks.OfPersonAsync(turn, turn.Caller.PersonId, MaxListed, ct);
        return looks.Count == 0 ? new Outcome("nobody") : new Outcome("some", Record(looks));
    }
}

/// <summary>Shows a chair or a supervisor what the officers of their cooperative did and looked at; empty for everybody else.</summary>
public sealed class ShowAuditLog : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.audit_log").Gives("some", ShowLooks.ListType).Gives("nothing").Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: Members.OfficerRole.Chair or Members.OfficerRole.Supervisor, CooperativeId: { } cooperativeId })
            return new Outcome("not_allowed");
        var looks = await Looks.OfCooperativeAsync(turn, cooperativeId, ShowLooks.MaxListed, ct);
        return looks.Count == 0 ? new Outcome("nothing") : new Outcome("some", ShowLooks.Record(looks));
    }
}
