using KkmpBot.Dialogs.Checks.Names;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>Every placeholder can be shown, in a format of its type: D046.</summary>
internal static class FormatChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var text in EveryText.Of(files.Catalog))
        {
            CheckParts(text.Wording.Indonesian.Parts, text.Scope, errors);
        }
    }

    private static void CheckParts(IReadOnlyList<TemplatePart> parts, NameScope scope, ErrorList errors)
    {
        foreach (var part in parts)
        {
            if (part is EachPart each)
            {
                CheckParts(each.Body, scope.Inside(scope.TypeOf(each.List)!.Element!), errors);
            }
            else if (part is PlaceholderPart placeholder)
            {
                CheckPlaceholder(placeholder, scope.TypeOf(placeholder.Path)!, errors);
            }
        }
    }

    private static void CheckPlaceholder(PlaceholderPart placeholder, DialogType type, ErrorList errors)
    {
        var problem = type.Kind switch
        {
            TypeKind.Record => $"is of type {type.Name} and cannot be shown whole; name one of its fields",
            TypeKind.List => $"is a list; show its items with {{each {placeholder.Path}}}…{{end}}",
            TypeKind.Choice => "is a choice, whose key is not for people's eyes; ask for its meaning in a condition",
            _ when placeholder.Format is null => null,
            _ when !ValueFormat.Formats.TryGetValue(placeholder.Format, out _) =>
                $"has no format ':{placeholder.Format}'{NearestName.Hint(placeholder.Format, ValueFormat.Formats.Keys)}",
            _ when ValueFormat.Formats[placeholder.Format] != type.Kind =>
                $"is of type {type.Name}, and ':{placeholder.Format}' is for another type; leave it out",
            _ => null,
        };
        if (problem is not null)
        {
            errors.Add(placeholder.Path.Spot, "D046", $"'{placeholder.Path}' {problem}");
        }
    }
}
