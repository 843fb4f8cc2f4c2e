using System.Globalization;
using System.Text;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks;

/// <summary>
/// Compares the dialogs with a record of what was published: who stands in a dialog may not lose their place because its states or memory
/// changed in silence (D050).
/// </summary>
public static class VersionCheck
{
    private const string Code = "D050";
    private const int MaxNamed = 3;
    private const string DialogLine = "dialog";
    private const string StateLine = "state";
    private const string SlotLine = "memory";

    /// <summary>The record of a catalog: for each dialog its version, its states with what each does, and its memory.</summary>
    /// <param name="catalog">The dialogs.</param>
    public static string Record(DialogCatalog catalog)
    {
        var record = new StringBuilder("# What people may stand in and what is remembered of them, by dialog.\n");
        foreach (var dialog in catalog.Dialogs.Values.OrderBy(dialog => dialog.Name, StringComparer.Ordinal))
        {
            record.Append(CultureInfo.InvariantCulture, $"{DialogLine} {dialog.Name} {dialog.Version}\n");
            foreach (var line in Lines(dialog))
            {
                record.Append("  ").Append(line).Append('\n');
            }
        }

        return record.ToString();
    }

    /// <summary>Finds the changes that would lose people: no new version, or a question that is gone and not renamed.</summary>
    /// <param name="catalog">The dialogs as they are now.</param>
    /// <param name="record">What <see cref="Record"/> wrote of the published ones; a line it would not write throws.</param>
    /// <param name="folder">What errors name as the folder.</param>
    public static IReadOnlyList<DialogError> Compare(DialogCatalog catalog, string record, string folder)
    {
        var errors = new ErrorList();
        foreach (var (name, published) in Read(record))
        {
            if (catalog.Dialogs.TryGetValue(name, out var dialog))
            {
                Compare(dialog, published, errors);
            }
        }

        return errors.InOrder(folder);
    }

    private static void Compare(Dialog dialog, Published published, ErrorList errors)
    {
        var now = Lines(dialog).ToHashSet();
        var changed = published.Lines.Except(now).Concat(now.Except(published.Lines)).Order(StringComparer.Ordinal).ToList();
        var next = $"write 'version: {published.Version + 1}'";
        if (dialog.Version < published.Version)
        {
            errors.Add(dialog.Spot, Code, $"version {published.Version} was published, this is {dialog.Version}; {next}");
        }
        else if (dialog.Version == published.Version && changed.Count > 0)
        {
            var few = string.Join(", ", changed.Take(MaxNamed)) + (changed.Count > MaxNamed ? ", …" : "");
            errors.Add(dialog.Spot, Code, $"this changed since version {published.Version} was published: {few}; {next}");
        }

        foreach (var state in published.Questions.Where(state => dialog.States.GetValueOrDefault(state) is not AskState))
        {
            if (!dialog.Renamed.ContainsKey(state))
            {
                errors.Add(dialog.Spot, Code, $"people may stand in '{state}', which is no question any more; add it to 'renamed'");
            }
        }
    }

    private static IEnumerable<string> Lines(Dialog dialog) => dialog.States.Values
        .Select(state => $"{StateLine} {state.Name}: {Kind(state)}")
        .Concat(dialog.Memory.Values.Select(slot => $"{SlotLine} {slot.Name}: {slot.TypeName}"));

    private static string Kind(State state) => state switch
    {
        AskState => "ask",
        DoState => "do",
        SayState => "say",
        _ => throw new InvalidOperationException($"A dialog cannot hold a {state.GetType().Name}."),
    };

    private static Dictionary<string, Published> Read(string record)
    {
        var dialogs = new Dictionary<string, Published>();
        Published? dialog = null;
        foreach (var (i, line) in record.Split('\n').Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split(' ') is [DialogLine, var name, var version]
                && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                dialogs[name] = dialog = new Published(number, []);
            }
            else if (dialog is not null && line.Split(' ') is ["", "", StateLine or SlotLine, _, _])
            {
                dialog.Lines.Add(line.Trim());
            }
            else
            {
                throw new InvalidDataException($"Line {i + 1} of the record of states is none that this program writes.");
            }
        }

        return dialogs;
    }

    private sealed record Published(int Version, HashSet<string> Lines)
    {
        public IEnumerable<string> Questions =>
            Lines.Select(line => line.Split(' ')).Where(parts => parts is [StateLine, _, "ask"]).Select(parts => parts[1].TrimEnd(':'));
    }
}
