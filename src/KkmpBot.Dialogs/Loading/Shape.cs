namespace KkmpBot.Dialogs.Loading;

/// <summary>A mapping of the dialog format: the keys it must have and those it may have. Any other key is a mistake.</summary>
/// <param name="What">How an error calls it, e.g. <c>an ask state</c>.</param>
/// <param name="Needed">Their absence is D003.</param>
/// <param name="Optional">What else may stand there.</param>
public sealed record Shape(string What, IReadOnlyList<string> Needed, IReadOnlyList<string> Optional)
{
    /// <summary>A dialog file.</summary>
    public static Shape Dialog { get; } = new(
        "a dialog",
        ["dialog", "version", "title", "initial", "states"],
        ["starts_with", "opens", "requires", "expires_after", "memory", "said", "hears_when", "renamed"]);

    /// <summary>A line of <c>requires</c>.</summary>
    public static Shape Requirement { get; } = new("a line of requires", ["guard", "otherwise"], []);

    /// <summary>A state that asks.</summary>
    public static Shape Ask { get; } = new(
        "an ask state", ["ask", "expect", "next"], ["choices", "pick_into", "otherwise", "retry", "uninterruptible", "contact", "picture"]);

    /// <summary>A state that calls a capability.</summary>
    public static Shape Do { get; } = new("a do state", ["do", "outcomes"], ["with", "into"]);

    /// <summary>A state that says something; it has exactly one of <c>next</c> and <c>end</c>.</summary>
    public static Shape Say { get; } = new("a say state", ["say"], ["next", "end", "offer"]);

    /// <summary>What an answer must keep to.</summary>
    public static Shape Expect { get; } = new("expect", ["into"], ["min", "max", "attempts", "give_up", "amount"]);

    /// <summary>Where a sentence goes that is none of the choices.</summary>
    public static Shape Otherwise { get; } = new("otherwise", ["into", "to"], ["only", "all"]);

    /// <summary>Where a picture goes that is sent in answer to a question.</summary>
    public static Shape Picture { get; } = new("picture", ["into", "to"], []);

    /// <summary>Choices that come from a list.</summary>
    public static Shape Listed { get; } = new("a list of choices", ["from", "label"], ["with", "detail", "empty", "add"]);

    /// <summary>A choice written in the file.</summary>
    public static Shape Pick { get; } = new("a choice", ["pick", "label"], ["detail", "when"]);

    /// <summary><c>next</c> without a condition; it has exactly one of <c>to</c> and <c>start</c>.</summary>
    public static Shape Next { get; } = new("next", [], ["to", "start"]);

    /// <summary>A line of <c>next</c>; it has exactly one of <c>to</c> and <c>start</c>.</summary>
    public static Shape Line { get; } = new("a line of next", [], ["when", "to", "start"]);

    /// <summary>What follows an outcome; it has exactly one of <c>to</c> and <c>start</c>.</summary>
    public static Shape Outcome { get; } = new("an outcome", [], ["to", "start", "say"]);

    /// <summary>Words understood everywhere; beside its policy it has <c>to</c> or <c>say</c>.</summary>
    public static Shape Interruption { get; } = new("an interruption", ["words", "then"], ["to", "say"]);

    /// <summary>Every key, the needed ones first.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. Needed, .. Optional];
}
