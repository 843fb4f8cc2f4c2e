using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>The facts that every dialog may use without asking; loaded with the conversation in one round trip.</summary>
public static class TurnFacts
{
    /// <summary>So much of a sentence is kept as a fact.</summary>
    public const int MaxSaidLength = 200;

    /// <summary>Who is talking, as a member. <c>status</c> is one of stranger, pending, approved, active, rejected, left.</summary>
    public static DialogType Member { get; } = DialogType.Record(
        "member",
        ("status", DialogType.Choice),
        ("nickname", DialogType.TextOf(24)),
        ("number", DialogType.TextOf(10)),
        ("is_civil_servant", DialogType.YesNo));

    /// <summary>The cooperative of the membership or office; <c>known</c> is false for a stranger, and the texts are then empty.</summary>
    public static DialogType Cooperative { get; } = DialogType.Record(
        "cooperative",
        ("known", DialogType.YesNo),
        ("name", DialogType.TextOf(70)),
        ("kelurahan", DialogType.TextOf(30)),
        ("kecamatan", DialogType.TextOf(30)),
        ("address", DialogType.TextOf(120)),
        ("hours", DialogType.TextOf(120)),
        ("pokok", DialogType.Money),
        ("wajib", DialogType.Money),
        ("takes_sukarela", DialogType.YesNo));

    /// <summary>The person and the moment: channel (telegram, whatsapp, web, console), office and its role, whether an officer talks with them, and whether the demo approves by itself.</summary>
    public static DialogType Person { get; } = DialogType.Record(
        "person",
        ("channel", DialogType.Choice),
        ("is_officer", DialogType.YesNo),
        ("role", DialogType.Choice),
        ("in_talk", DialogType.YesNo),
        ("auto_approve", DialogType.YesNo));

    /// <summary>What was written in this turn, empty for a button; for dialogs that are opened by a sentence with more in it.</summary>
    public static DialogType Message { get; } = DialogType.Record("message", ("text", DialogType.TextOf(MaxSaidLength)));

    /// <summary>The facts by name, for the vocabulary.</summary>
    public static IReadOnlyDictionary<string, DialogType> Types { get; } =
        new[] { Member, Cooperative, Person, Message }.ToDictionary(type => type.Name);
}
