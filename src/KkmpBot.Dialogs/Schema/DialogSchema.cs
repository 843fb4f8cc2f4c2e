using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Schema;

/// <summary>
/// Writes the JSON schema (draft 7) of the dialog files, for editors: the keys of the format, and the names that the vocabulary knows. It
/// lets an author complete and see mistakes while typing; what really holds is for <c>dialogs check</c> to say.
/// </summary>
public static class DialogSchema
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema; the same vocabulary always gives the same text.</summary>
    /// <param name="vocabulary">What the dialogs may name.</param>
    public static string Write(Vocabulary vocabulary)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A dialog of the bot",
            ["$ref"] = "#/definitions/dialog",
            ["definitions"] = new JsonObject
            {
                ["name"] = Parts.Pattern("^[a-z][a-z0-9_]*$", "a name in small letters, digits and underscores"),
                ["text"] = Parts.Text("what the bot says; placeholders such as {slot.field}, {fact.field:rp}, {each list}…{end}"),
                ["value"] = VocabularyParts.Value(vocabulary),
                ["condition"] = VocabularyParts.Condition(vocabulary),
                ["type"] = VocabularyParts.Type(vocabulary),
                ["dialog"] = Dialog(vocabulary),
                ["state"] = new JsonObject { ["oneOf"] = new JsonArray(Parts.Ref("ask"), Parts.Ref("do"), Parts.Ref("say")) },
                ["ask"] = Ask(),
                ["do"] = Do(vocabulary),
                ["say"] = Say(),
                ["expect"] = Expect(),
                ["choices"] = Parts.Either(Parts.ListOf(Parts.Ref("pick"), "choices written here"), Parts.Ref("listed")),
                ["pick"] = Pick(),
                ["listed"] = Listed(vocabulary),
                ["next"] = Next(),
                ["outcome"] = Parts.Either(Parts.Ref("name"), Outcome()),
            },
        };
        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonObject Dialog(Vocabulary vocabulary) => Parts.Of(
        Shape.Dialog,
        ("dialog", Parts.Named("the dialog's name; the file's")),
        ("version", Parts.Whole(1, DialogReader.MaxVersion, "raised when states or memory change")),
        ("title", Parts.Text("how the bot names it: on the menu, in \"Lanjutkan …?\"; at most 24 characters")),
        ("starts_with", Parts.ListOf(Parts.Text("a word"), "words that open it when nothing else is open")),
        ("opens", Parts.Wishes()),
        ("requires", Parts.ListOf(
            Parts.Of(
                Shape.Requirement,
                ("guard", Parts.OneOf(vocabulary.Guards.Keys, "a guard")),
                ("otherwise", Parts.Named("the state entered when it does not hold"))),
            "guards at the door; the first that fails sends to its state")),
        ("expires_after", Parts.Pattern("^[0-9]{1,5}[mhd]$", "of silence, such as 30m, 2h, 3d; what was answered is forgotten then")),
        ("memory", Parts.MapOf(Parts.Ref("type"), "the slots, each with its type")),
        ("said", Parts.Named("the slot of type text that receives the sentence that opened it; empty when a button did")),
        ("hears_when", Parts.OneOf(vocabulary.Guards.Keys, "a guard; while it holds, words that open nothing else answer this dialog's first question")),
        ("initial", Parts.Named("the state it begins in")),
        ("renamed", Parts.MapOf(Parts.Ref("name"), "old state: new state, for people who stand in it")),
        ("states", Parts.MapOf(Parts.Ref("state"), "each state asks, does or says exactly one thing")));

    private static JsonObject Ask() => Parts.Of(
        Shape.Ask,
        ("ask", Parts.Ref("text")),
        ("expect", Parts.Ref("expect")),
        ("next", Parts.Ref("next")),
        ("choices", Parts.Ref("choices")),
        ("pick_into", Parts.Named("a slot of type choice that tells which choice was taken, or item for one of the list")),
        ("otherwise", Parts.Of(
            Shape.Otherwise,
            ("into", Parts.Named("a slot of type text")),
            ("to", Parts.Named("the state that looks into the sentence")),
            ("only", Parts.OneOf([OtherwiseRoute.Goods], "only sentences that name goods")),
            ("all", Parts.Flag("true when numbers and other dialogs' words go there too")))),
        ("retry", Parts.Ref("text")),
        ("uninterruptible", Parts.Flag("true when interruption words are answers here")),
        ("contact", Parts.Flag("true to offer sharing one's own phone number")),
        ("picture", Parts.Of(
            Shape.Picture,
            ("into", Parts.Named("a slot of type text; what the channel fetches the picture by, empty when it is none we can use")),
            ("to", Parts.Named("the state that takes the picture")))));

    private static JsonObject Do(Vocabulary vocabulary)
    {
        var state = Parts.Of(
            Shape.Do,
            ("do", Parts.OneOf(vocabulary.Capabilities.Keys, "a capability of the service")),
            ("outcomes", Parts.MapOf(Parts.Ref("outcome"), "every outcome of the capability, and what follows")),
            ("with", Parts.MapOf(Parts.Ref("value"), "arguments")),
            ("into", Parts.Named("the slot for what the outcome carries")));
        state["allOf"] = new JsonArray([.. vocabulary.Capabilities.Values.Select(VocabularyParts.Call)]);
        return state;
    }

    private static JsonObject Say()
    {
        var state = Parts.Of(
            Shape.Say,
            ("say", Parts.Ref("text")),
            ("next", Parts.Ref("next")),
            ("end", Parts.Named("the reason of the end")),
            ("offer", Parts.ListOf(Parts.Named("a dialog"), "dialogs offered as buttons")));
        state["oneOf"] = new JsonArray(Parts.Requires("next"), Parts.Requires("end"));
        return state;
    }

    private static JsonObject Expect() => Parts.Of(
        Shape.Expect,
        ("into", Parts.Named("the slot of memory; its type says what may be answered")),
        ("min", Parts.Ref("value")),
        ("max", Parts.Ref("value")),
        ("attempts", Parts.Whole(1, AnswerLimits.MaxAttempts, "unreadable answers until give_up")),
        ("give_up", Parts.Named("the state that too many unreadable answers lead to")),
        ("amount", Parts.Flag("true for a text that holds an amount: a sentence that wants something else is no answer")));

    private static JsonObject Pick() => Parts.Of(
        Shape.Pick,
        ("pick", Parts.Named("what conditions compare")),
        ("label", Parts.Ref("text")),
        ("detail", Parts.Ref("text")),
        ("when", Parts.Ref("condition")));

    private static JsonObject Listed(Vocabulary vocabulary)
    {
        var lists = vocabulary.Capabilities.Values.Where(VocabularyParts.GivesAList).ToList();
        var choices = Parts.Of(
            Shape.Listed,
            ("from", Parts.Either(
                Parts.OneOf(lists.Select(capability => capability.Name), "a capability that gives a list"),
                Parts.Pattern(Parts.Path, "a list in memory"))),
            ("label", Parts.Ref("text")),
            ("with", Parts.MapOf(Parts.Ref("value"), "arguments of the capability")),
            ("detail", Parts.Ref("text")),
            ("empty", Parts.Named("the state for an empty list")),
            ("add", Parts.ListOf(Parts.Ref("pick"), "choices after the list")));
        choices["allOf"] = new JsonArray([.. lists.Select(VocabularyParts.List)]);
        return choices;
    }

    private static JsonObject Next() => Parts.Either(
        Parts.Ref("name"),
        Goal(Shape.Next, []),
        Parts.ListOf(
            Parts.Either(Parts.Ref("name"), Goal(Shape.Line, [("when", Parts.Ref("condition"))])),
            "the first line that holds; the last has no 'when'"));

    private static JsonObject Outcome() => Goal(Shape.Outcome, [("say", Parts.Ref("text"))]);

    private static JsonObject Goal(Shape shape, (string Key, JsonObject Schema)[] besides)
    {
        var goal = Parts.Of(shape, [("to", Parts.Named("a state")), ("start", Parts.Named("another dialog")), .. besides]);
        goal["oneOf"] = new JsonArray(Parts.Requires("to"), Parts.Requires("start"));
        return goal;
    }
}
