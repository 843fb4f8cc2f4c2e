using System.Text;

namespace KkmpBot.Dialogs.Flow;

/// <summary>The pictures of all dialogs as the last section of <c>dialogs/README.md</c>.</summary>
public static class DialogPictures
{
    /// <summary>The line that begins the section; everything after it is drawn from the files.</summary>
    public const string Heading = "## Pictures";

    /// <summary>The section: each dialog's drawing under its name and title, by name.</summary>
    /// <param name="catalog">The dialogs.</param>
    public static string Section(DialogCatalog catalog)
    {
        var section = new StringBuilder(Heading)
            .Append("\n\nDrawn from the files by `dialogs draw`; do not edit. A question ends in `?`, a capability stands in brackets.\n");
        foreach (var dialog in catalog.Dialogs.Values.OrderBy(dialog => dialog.Name, StringComparer.Ordinal))
        {
            section.Append('\n').Append("### ").Append(dialog.Name).Append(": ").Append(dialog.Title.Indonesian.Source).Append("\n\n");
            section.Append("```mermaid\n").Append(DialogDrawing.Draw(dialog)).Append("```\n");
        }

        return section.ToString();
    }

    /// <summary>A README with its section of pictures as it has to be: replaced, or added at the end.</summary>
    /// <param name="readme">The README as it stands.</param>
    /// <param name="catalog">The dialogs.</param>
    public static string Renew(string readme, DialogCatalog catalog)
    {
        var at = readme.IndexOf($"\n{Heading}\n", StringComparison.Ordinal);
        var rest = at < 0 ? readme.TrimEnd() + "\n" : readme[..at];
        return $"{rest}\n{Section(catalog)}";
    }
}
