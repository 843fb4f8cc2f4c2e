using System.Globalization;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads one dialog file into a <see cref="Dialog"/>.</summary>
/// <param name="vocabulary">Types, facts and capabilities.</param>
/// <param name="texts">Reads texts; its errors receive those of the whole file.</param>
internal sealed class DialogReader(Vocabulary vocabulary, WordingReader texts)
{
    /// <summary>The highest version.</summary>
    public const int MaxVersion = 10_000;

    private const int MaxExpiryDays = 90;

    private readonly ErrorList errors = texts.Errors;

    /// <summary>Reads a file; null when it cannot be read, which is then reported.</summary>
    /// <param name="root">Its content.</param>
    public Dialog? Read(YamlNode root)
    {
        if (MapReader.Open(root, Shape.Dialog, errors) is not { } map)
        {
            return null;
        }

        var named = map.Name("dialog");
        var file = Path.GetFileNameWithoutExtension(root.Spot.File);
        if (named is not null && named.Text != file)
        {
            errors.Add(named.Spot, "D004", $"the file is called '{file}' and its dialog '{named.Text}'; give both one name");
        }

        var memory = Memory(map);
        var scope = new NameScope(
            memory.Values.Where(slot => slot.Type is not null).ToDictionary(slot => slot.Name, slot => slot.Type!),
            vocabulary.Facts);
        var states = States(map, new StateReader(file, scope, vocabulary, texts));
        var version = map.Whole("version", 1, MaxVersion);
        var title = map.Node("title") is { } node ? texts.ReadPlain(node, $"{file}.title") : null;
        var initial = RouteReader.State(map, "initial");
        var (starts, opens) = (Words(map, "starts_with", errors), new OpeningReader(errors).Read(map));
        var (requires, expiry, renamed) = (Requires(map), Expiry(map), Renamed(map));
        return named is null || version is null || title is null || initial is null
            ? null
            : new Dialog(file, version.Value, title, starts, opens, requires, expiry, memory, Said(map), Hears(map), initial, renamed, states, scope, named.Spot);
    }

    /// <summary>Reads a list of words that open or interrupt.</summary>
    /// <param name="map">Where they stand.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="errors">Receives D005.</param>
    public static IReadOnlyList<Word> Words(MapReader map, string key, ErrorList errors)
    {
        var words = new List<Word>();
        foreach (var node in map.Items(key))
        {
            if (map.TextOf(node, key) is not { } word)
            {
                continue;
            }

            var folded = Folding.Fold(word.Text);
            if (folded.Length == 0)
            {
                errors.Add(word.Spot, "D005", $"'{word.Text}' holds no letter or digit that a person could type");
            }

            words.Add(new Word(word.Text, folded, word.Spot));
        }

        return words;
    }

    private static Listening? Hears(MapReader map) => map.Name("hears_when") is { } guard ? new Listening(guard.Text, guard.Spot) : null;

    private static SlotName? Said(MapReader map) => map.Name("said") is { } slot ? new SlotName(slot.Text, slot.Spot) : null;

    private Dictionary<string, Slot> Memory(MapReader map)
    {
        var slots = new Dictionary<string, Slot>();
        foreach (var (name, node) in map.Entries("memory"))
        {
            if (map.NameOf(name, "memory") is not null && map.NameOf(node, name.Text) is { } type)
            {
                var known = DialogType.Scalars.GetValueOrDefault(type.Text) ?? vocabulary.Types.GetValueOrDefault(type.Text);
                slots[name.Text] = new Slot(name.Text, type.Text, known, name.Spot);
            }
        }

        return slots;
    }

    private Dictionary<string, State> States(MapReader map, StateReader reader)
    {
        var states = new Dictionary<string, State>();
        foreach (var (name, node) in map.Entries("states"))
        {
            if (reader.Read(name, node) is { } state)
            {
                states[state.Name] = state;
            }
        }

        return states;
    }

    private List<Requirement> Requires(MapReader map)
    {
        var read = new List<Requirement>();
        foreach (var node in map.Items("requires"))
        {
            if (MapReader.Open(node, Shape.Requirement, errors) is not { } line)
            {
                continue;
            }

            if (line.Name("guard") is { } guard && RouteReader.State(line, "otherwise") is { } otherwise)
            {
                read.Add(new Requirement(guard.Text, otherwise, guard.Spot));
            }
        }

        return read;
    }

    private Dictionary<string, Target> Renamed(MapReader map)
    {
        var renamed = new Dictionary<string, Target>();
        foreach (var (old, node) in map.Entries("renamed"))
        {
            if (map.NameOf(node, old.Text) is { } now)
            {
                renamed[old.Text] = new Target(now.Text, LeavesDialog: false, now.Spot);
            }
        }

        return renamed;
    }

    private TimeSpan Expiry(MapReader map)
    {
        if (map.Text("expires_after") is not { } text)
        {
            return Dialog.DefaultExpiry;
        }

        if (int.TryParse(text.Text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000)
        {
            TimeSpan? span = text.Text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            };
            if (span is { } expiry && expiry <= TimeSpan.FromDays(MaxExpiryDays))
            {
                return expiry;
            }
        }

        errors.Add(text.Spot, "D005", $"'{text.Text}' must be a number with m, h or d, such as 2h, and at most {MaxExpiryDays}d");
        return Dialog.DefaultExpiry;
    }
}
