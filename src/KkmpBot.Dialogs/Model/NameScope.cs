namespace KkmpBot.Dialogs.Model;

/// <summary>The names that a text, condition or argument may use, with their types: memory first, then facts.</summary>
public sealed class NameScope
{
    private readonly IReadOnlyDictionary<string, DialogType> memory;
    private readonly IReadOnlyDictionary<string, DialogType> facts;
    private readonly DialogType? element;

    /// <summary>A scope over a memory and the facts of every turn.</summary>
    /// <param name="memory">The slots by name.</param>
    /// <param name="facts">The facts by name.</param>
    public NameScope(IReadOnlyDictionary<string, DialogType> memory, IReadOnlyDictionary<string, DialogType> facts)
        : this(memory, facts, null)
    {
    }

    private NameScope(IReadOnlyDictionary<string, DialogType> memory, IReadOnlyDictionary<string, DialogType> facts, DialogType? element)
    {
        this.memory = memory;
        this.facts = facts;
        this.element = element;
    }

    /// <summary>The same names and, before them, the fields of a list's element.</summary>
    /// <param name="of">The element's type.</param>
    public NameScope Inside(DialogType of) => new(memory, facts, of);

    /// <summary>True when the path begins with a field of the element, not with a slot or fact.</summary>
    /// <param name="path">The path.</param>
    public bool IsOfElement(NamePath path) => element?.Fields.ContainsKey(path.Root) == true;

    /// <summary>True when the path begins with a memory slot.</summary>
    /// <param name="path">The path.</param>
    public bool IsOfMemory(NamePath path) => !IsOfElement(path) && memory.ContainsKey(path.Root);

    /// <summary>The type of what a path names; null when it names nothing.</summary>
    /// <param name="path">The path.</param>
    public DialogType? TypeOf(NamePath path)
    {
        var type = TypeOfRoot(path.Root);
        foreach (var field in path.Segments.Skip(1))
        {
            type = type?.Fields.GetValueOrDefault(field);
        }

        return type;
    }

    /// <summary>The names that could have stood where the path went wrong, for a hint; empty when it is right.</summary>
    /// <param name="path">The path.</param>
    /// <param name="unknown">The part of the path that names nothing.</param>
    public IEnumerable<string> NamesInsteadOf(NamePath path, out string unknown)
    {
        unknown = path.Root;
        if (TypeOfRoot(path.Root) is not { } type)
        {
            return memory.Keys.Concat(facts.Keys).Concat(element?.Fields.Keys ?? []);
        }

        foreach (var field in path.Segments.Skip(1))
        {
            unknown = field;
            if (!type.Fields.TryGetValue(field, out var next))
            {
                return type.Fields.Keys;
            }

            type = next;
        }

        return [];
    }

    private DialogType? TypeOfRoot(string root) =>
        element?.Fields.GetValueOrDefault(root) ?? memory.GetValueOrDefault(root) ?? facts.GetValueOrDefault(root);
}
