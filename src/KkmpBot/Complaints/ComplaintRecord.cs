using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Complaints;

/// <summary>A complaint as the dialogs and the news know it.</summary>
internal static class ComplaintRecord
{
    /// <summary>The most complaints that one list shows, oldest first.</summary>
    public const int MaxListed = 30;

    /// <summary>The longest answer, and the longest complaint: what an answer to a question may hold.</summary>
    public const int MaxTextLength = 200;

    /// <summary>A complaint: <c>key</c> and <c>no</c> are its number; <c>text</c> is in the person's own words.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "complaint",
        ("key", DialogType.TextOf(10)),
        ("no", DialogType.TextOf(10)),
        ("category", DialogType.TextOf(12)),
        ("filed", DialogType.Date),
        ("text", DialogType.TextOf(MaxTextLength)));

    /// <summary>Complaints.</summary>
    public static DialogType ListType { get; } = DialogType.List("complaints", Type, MaxListed);

    /// <summary>What news about a complaint say of it; <c>answer</c> is empty in the news to officers.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "complaint_news", ("no", DialogType.TextOf(10)), ("answer", DialogType.TextOf(MaxTextLength)));

    /// <summary>The record of a complaint.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="turn">The officer's turn.</param>
    public static RecordValue Of(Complaint complaint, Turn turn) => RecordValue.Of(
        ("key", new TextValue(RunningNumber.Text(complaint.Number))),
        ("no", new TextValue(RunningNumber.Text(complaint.Number))),
        ("category", new TextValue(complaint.Category)),
        ("filed", new DateValue(Wib.Day(complaint.CreatedUtc))),
        ("text", new TextValue(turn.Vault.Open(complaint.Text))));

    /// <summary>The record of news about a complaint.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="answer">The officer's answer, for the person.</param>
    public static RecordValue NewsOf(Complaint complaint, string answer) => RecordValue.Of(
        ("no", new TextValue(RunningNumber.Text(complaint.Number))),
        ("answer", new TextValue(answer)));
}
