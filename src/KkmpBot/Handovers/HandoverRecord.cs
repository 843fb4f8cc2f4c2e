using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Handovers;

/// <summary>A waiting person as the officers' dialogs and the news know them.</summary>
internal static class HandoverRecord
{
    /// <summary>The most waiting people that one list shows, longest wait first.</summary>
    public const int MaxListed = 30;

    /// <summary>The longest question and the longest answer: what an answer in a dialog may hold.</summary>
    public const int MaxTextLength = 200;

    /// <summary>How people are called who gave no name.</summary>
    public const string Unnamed = "Tanpa nama";

    private const int MaxNameLength = 20;

    /// <summary>A waiting person: what they are called, since which day, and what it is about.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "waiting_person",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(MaxNameLength)),
        ("since", DialogType.Date),
        ("about", DialogType.TextOf(MaxTextLength)));

    /// <summary>Waiting people.</summary>
    public static DialogType ListType { get; } = DialogType.List("waiting_people", Type, MaxListed);

    /// <summary>What the officers are told.</summary>
    public static DialogType AskedNews { get; } = DialogType.Record("handover_news", ("name", DialogType.TextOf(MaxNameLength)));

    /// <summary>What the person is told.</summary>
    public static DialogType AnswerNews { get; } = DialogType.Record("handover_answer_news", ("answer", DialogType.TextOf(MaxTextLength)));

    /// <summary>The record of a waiting person.</summary>
    /// <param name="handover">The row.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="about">What it is about; empty when they did not say.</param>
    public static RecordValue Of(Handover handover, string name, string about) => RecordValue.Of(
        ("key", new TextValue(handover.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(Short(name))),
        ("since", new DateValue(Wib.Day(handover.AskedUtc))),
        ("about", new TextValue(about)));

    /// <summary>A name as the lists show it.</summary>
    /// <param name="name">Of any length.</param>
    public static string Short(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength];
}
