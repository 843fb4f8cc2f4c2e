using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Handovers;

/// <summary>A waiting person as the officers' dialogs and the news know them.</summary>
internal static class HandoverRecord
{
    /// <summary>The most waiting people that one list shows, longest wait first.</summary>
    public const int MaxListed = 30;

    /// <summary>The longest question and the longest message: what a long answer in a dialog may hold.</summary>
    public const int MaxTextLength = 600;

    /// <summary>How people are called who gave no name.</summary>
    public const string Unnamed = "Tanpa nama";

    /// <summary>How officers are called who gave no name.</summary>
    public const string UnnamedOfficer = "Petugas";

    private const int MaxNameLength = 20;

    private static readonly DialogType Officer = DialogType.Record("talking_officer", ("name", DialogType.TextOf(MaxNameLength)));

    /// <summary>A waiting person: what they are called, since which day, what it is about, and under <c>by</c> the officer who talks with them, if any.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "waiting_person",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(MaxNameLength)),
        ("since", DialogType.Date),
        ("about", DialogType.TextOf(MaxTextLength)),
        ("by", DialogType.List("talking_officers", Officer, 1)));

    /// <summary>Waiting people.</summary>
    public static DialogType ListType { get; } = DialogType.List("waiting_people", Type, MaxListed);

    /// <summary>What the officers are told.</summary>
    public static DialogType AskedNews { get; } = DialogType.Record("handover_news", ("name", DialogType.TextOf(MaxNameLength)));

    /// <summary>What the person is told.</summary>
    public static DialogType AnswerNews { get; } = DialogType.Record("handover_answer_news", ("answer", DialogType.TextOf(MaxTextLength)));

    /// <summary>Something said in a talk, with who says it.</summary>
    public static DialogType TalkNews { get; } = DialogType.Record(
        "talk_news", ("name", DialogType.TextOf(MaxNameLength)), ("text", DialogType.TextOf(MaxTextLength)));

    /// <summary>The record of a waiting person.</summary>
    /// <param name="handover">The row.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="about">What it is about; empty when they did not say.</param>
    /// <param name="officer">Who talks with them; null for nobody.</param>
    public static RecordValue Of(Handover handover, string name, string about, string? officer) => RecordValue.Of(
        ("key", new TextValue(handover.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(Short(name))),
        ("since", new DateValue(Wib.Day(handover.AskedUtc))),
        ("about", new TextValue(about)),
        ("by", new ListValue(officer is null ? [] : [RecordValue.Of(("name", new TextValue(Short(officer))))])));

    /// <summary>The record of something said.</summary>
    /// <param name="name">Who says it.</param>
    /// <param name="text">What.</param>
    public static RecordValue SaidOf(string name, string text) => RecordValue.Of(("name", new TextValue(Short(name))), ("text", new TextValue(text)));

    /// <summary>A name as the lists show it.</summary>
    /// <param name="name">Of any length.</param>
    public static string Short(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength];
}
