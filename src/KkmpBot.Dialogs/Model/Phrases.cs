using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Model;

/// <summary>Something the bot says by itself.</summary>
/// <param name="Name">Its name in <c>phrases.yaml</c>.</param>
/// <param name="Text">What is said.</param>
/// <param name="Spot">Where its name stands.</param>
public sealed record Phrase(string Name, Wording Text, Spot Spot);

/// <summary>The phrases that the machine itself needs in <c>phrases.yaml</c>, with what fills their placeholders.</summary>
public static class MachinePhrases
{
    /// <summary>Said before the menu when the words mean nothing.</summary>
    public const string NotUnderstood = "not_understood";

    /// <summary>The open dialog was silent too long; <c>{title}</c>.</summary>
    public const string Expired = "expired";

    /// <summary>Offers to go on with an interrupted dialog; <c>{title}</c>.</summary>
    public const string ResumeOffer = "resume_offer";

    /// <summary>The label that goes on.</summary>
    public const string ResumeYes = "resume_yes";

    /// <summary>The label that does not.</summary>
    public const string ResumeNo = "resume_no";

    /// <summary>Said when the person does not want to go on; <c>{title}</c>.</summary>
    public const string ResumeForgotten = "resume_forgotten";

    /// <summary>The dialog changed under the person and starts again; <c>{title}</c>.</summary>
    public const string DialogChanged = "dialog_changed";

    /// <summary>The dialog no longer exists.</summary>
    public const string DialogGone = "dialog_gone";

    /// <summary>The person's own number was received where no question asked for it.</summary>
    public const string ContactLinked = "contact_linked";

    /// <summary>A button that no longer means anything.</summary>
    public const string StaleButton = "stale_button";

    /// <summary>A photo, sticker or voice message for which no phrase of its own exists.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The label that turns the page.</summary>
    public const string More = "more";

    /// <summary>The label of yes.</summary>
    public const string Yes = "yes";

    /// <summary>The label of no.</summary>
    public const string No = "no";

    /// <summary>Above the least and below the most are both missed: <c>{min}</c>, <c>{max}</c>.</summary>
    public const string RetryRange = "retry_range";

    /// <summary>Only a least was demanded: <c>{min}</c>.</summary>
    public const string RetryMin = "retry_min";

    /// <summary>Only a most was demanded: <c>{max}</c>.</summary>
    public const string RetryMax = "retry_max";

    /// <summary>Asks which dialog an unclear sentence meant; the dialogs follow as buttons.</summary>
    public const string DidYouMean = "did_you_mean";

    /// <summary>The person asks for something clear that no dialog does.</summary>
    public const string NoSuchDialog = "no_such_dialog";

    /// <summary>Asks which of a few goods was meant: <c>{first}</c> (all but one), <c>{last}</c>.</summary>
    public const string WhichOne = "which_one";

    /// <summary>Begins every phrase that explains an unreadable answer: <c>retry_phone</c>, <c>retry_nik_length</c>.</summary>
    public const string RetryPrefix = "retry_";

    /// <summary>The labels among the phrases: they stand on buttons.</summary>
    public static IReadOnlyList<string> Labels { get; } = [Yes, No, More, ResumeYes, ResumeNo];

    /// <summary>What fills a phrase about a dialog.</summary>
    public static DialogType About { get; } = DialogType.Record("phrase_about_dialog", ("title", DialogType.TextOf(24)));

    /// <summary>What fills a phrase about limits: the limits as written for people.</summary>
    public static DialogType Limits { get; } =
        DialogType.Record("phrase_limits", ("min", DialogType.TextOf(28)), ("max", DialogType.TextOf(28)));

    /// <summary>What fills a question between a few names.</summary>
    public static DialogType Alternatives { get; } =
        DialogType.Record("phrase_alternatives", ("first", DialogType.TextOf(78)), ("last", DialogType.TextOf(24)));

    /// <summary>Every phrase the machine needs, with the record that fills it (null: no placeholders).</summary>
    public static IReadOnlyDictionary<string, DialogType?> All { get; } = Build();

    /// <summary>The phrase for an answer that is none of a type; texts of every length share one.</summary>
    /// <param name="type">What was asked for.</param>
    public static string RetryOf(DialogType type) => RetryPrefix + (type.Kind == TypeKind.Text ? DialogType.Text : type).Name;

    private static Dictionary<string, DialogType?> Build()
    {
        var all = new Dictionary<string, DialogType?>
        {
            [NotUnderstood] = null,
            [Expired] = About,
            [ResumeOffer] = About,
            [ResumeYes] = null,
            [ResumeNo] = null,
            [ResumeForgotten] = About,
            [DialogChanged] = About,
            [DialogGone] = null,
            [ContactLinked] = null,
            [StaleButton] = null,
            [Unreadable] = null,
            [More] = null,
            [Yes] = null,
            [No] = null,
            [DidYouMean] = null,
            [NoSuchDialog] = null,
            [WhichOne] = Alternatives,
            [RetryRange] = Limits,
            [RetryMin] = Limits,
            [RetryMax] = Limits,
        };
        foreach (var type in DialogType.Scalars.Values)
        {
            all[RetryOf(type)] = null;
        }

        return all;
    }
}
