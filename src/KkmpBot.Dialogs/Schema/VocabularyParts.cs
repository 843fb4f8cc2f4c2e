using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Schema;

/// <summary>The parts of the schema that come from the vocabulary: what is completed while an author types.</summary>
internal static class VocabularyParts
{
    // One comparison; the sides are for the checks to understand.
    private const string Comparison = @"^\s*[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,4}\s*(==|!=|<=|>=|<|>)\s*[^=<>!\s][^=<>!]*$";

    /// <summary>An argument or limit: a path, or the value itself.</summary>
    public static JsonObject Value(Vocabulary vocabulary) => Parts.Either(
        Parts.OneOf(vocabulary.Facts.SelectMany(fact => Paths(fact.Key, fact.Value)), "a fact"),
        Parts.Pattern(Parts.Path, "a slot of memory, or one of its fields"),
        Parts.Pattern("^('[^']*'|\"[^\"]*\")$", "a text in quotes of its own: \"'cash'\""),
        new JsonObject { ["type"] = new JsonArray("number", "boolean") });

    /// <summary>A condition: a guard or one comparison.</summary>
    public static JsonObject Condition(Vocabulary vocabulary) => Parts.Either(
        Parts.OneOf(vocabulary.Guards.Keys, "a guard"),
        Parts.Pattern(Comparison, "one comparison, such as member.status == active; a choice is compared with its bare key"));

    /// <summary>A type of memory.</summary>
    public static JsonObject Type(Vocabulary vocabulary) =>
        Parts.OneOf(DialogType.Scalars.Keys.Concat(vocabulary.Types.Keys), "a type");

    /// <summary>True when choices may come from the capability.</summary>
    public static bool GivesAList(CapabilityDescription capability) =>
        capability.Outcomes is [{ Name: ListedChoices.Listed, Carries.Kind: TypeKind.List }];

    /// <summary>What a do state must hold when it names this capability.</summary>
    public static JsonObject Call(CapabilityDescription capability)
    {
        var outcomes = new JsonObject
        {
            ["properties"] = Parts.Properties(capability.Outcomes.Select(outcome => (outcome.Name, Parts.Ref("outcome")))),
            ["required"] = Parts.Names(capability.Outcomes.Select(outcome => outcome.Name)),
            ["additionalProperties"] = false,
        };
        return When("do", capability, ("with", With(capability)), ("outcomes", outcomes));
    }

    /// <summary>What a list of choices must hold when it names this capability.</summary>
    public static JsonObject List(CapabilityDescription capability) => When("from", capability, ("with", With(capability)));

    private static JsonObject When(string key, CapabilityDescription capability, params (string Key, JsonObject Schema)[] properties)
    {
        var then = new JsonObject { ["properties"] = Parts.Properties(properties) };
        if (capability.Parameters.Any(parameter => !parameter.Optional))
        {
            then["required"] = new JsonArray("with");
        }

        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = capability.Name } } },
            ["then"] = then,
        };
    }

    private static JsonObject With(CapabilityDescription capability) => new()
    {
        ["properties"] = Parts.Properties(capability.Parameters.Select(parameter => (parameter.Name, Parts.Ref("value")))),
        ["required"] = Parts.Names(capability.Parameters.Where(parameter => !parameter.Optional).Select(parameter => parameter.Name)),
        ["additionalProperties"] = false,
    };

    private static IEnumerable<string> Paths(string path, DialogType type) =>
        type.Kind == TypeKind.Record ? type.Fields.SelectMany(field => Paths($"{path}.{field.Key}", field.Value)) : [path];
}
