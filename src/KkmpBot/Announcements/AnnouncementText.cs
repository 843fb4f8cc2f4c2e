using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Announcements;

/// <summary>What a recipient reads of an announcement: the officer's words, said by the cooperative, with the way to stop them.</summary>
public static class AnnouncementText
{
    /// <summary>The phrase around the words.</summary>
    public const string Phrase = "announcement";

    /// <summary>The phrase around the words of a correction.</summary>
    public const string CorrectionPhrase = "announcement_correction";

    /// <summary>Stands for what the reader is called.</summary>
    public const string NameMark = "{nama}";

    /// <summary>The phrase of a button's label, by the dialog it opens.</summary>
    public const string LabelPrefix = "announcement_open_";

    /// <summary>Stands for a reader without a name.</summary>
    internal const string Unnamed = "Bapak/Ibu";

    /// <summary>Dialogs that an announcement's button may open.</summary>
    public static IReadOnlyList<string> Buttons { get; } = ["order", "prices", "savings", "meeting", "handover"];

    /// <summary>What fills the phrases.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "announcement_news", ("cooperative", DialogType.TextOf(70)), ("text", DialogType.TextOf(Announcement.MaxTextLength + 60)));

    /// <summary>The values of a phrase.</summary>
    /// <param name="cooperative">Who says it, as shown.</param>
    /// <param name="words">The officer's words.</param>
    /// <param name="nickname">What the reader is called; null for no name.</param>
    public static RecordValue Values(string cooperative, string words, string? nickname) => RecordValue.Of(
        ("cooperative", new TextValue(cooperative)),
        ("text", new TextValue(words.Replace(NameMark, nickname ?? Unnamed, StringComparison.OrdinalIgnoreCase))));

    /// <summary>The phrase of an announcement.</summary>
    /// <param name="announcement">Which.</param>
    public static string PhraseOf(Announcement announcement) => announcement.CorrectsId is null ? Phrase : CorrectionPhrase;

    /// <summary>The template that may carry it where the platform takes no free text: its variables are <c>koperasi</c> and <c>isi</c>, in one line.</summary>
    /// <param name="terms">Names the templates.</param>
    /// <param name="announcement">Which.</param>
    /// <param name="cooperative">Who says it.</param>
    /// <param name="words">What it says to this reader.</param>
    public static OutboundTemplate? TemplateOf(MessageTerms terms, Announcement announcement, string cooperative, string words) =>
        terms.Templates.TryGetValue(PhraseOf(announcement), out var name)
            ? new OutboundTemplate(name, "id", [new TemplateValue("koperasi", cooperative), new TemplateValue("isi", InOneLine(words))])
            : null;

    private static string InOneLine(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
