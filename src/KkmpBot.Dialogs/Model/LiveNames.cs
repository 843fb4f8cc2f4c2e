namespace KkmpBot.Dialogs.Model;

/// <summary>A value with the type that tells how it is shown and compared.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The value.</param>
public readonly record struct TypedValue(DialogType Type, Value Value);

/// <summary>What the names of a <see cref="NameScope"/> stand for in one turn.</summary>
/// <param name="Scope">Their types.</param>
/// <param name="Memory">The slots set so far.</param>
/// <param name="Facts">The facts of the turn.</param>
/// <param name="Element">The item of a list whose fields are named bare; null outside lists.</param>
public sealed record LiveNames(NameScope Scope, IReadOnlyDictionary<string, Value> Memory, Facts Facts, RecordValue? Element = null)
{
    /// <summary>The same names inside a list.</summary>
    /// <param name="type">The element's type.</param>
    /// <param name="item">The item.</param>
    public LiveNames Inside(DialogType type, RecordValue item) => this with { Scope = Scope.Inside(type), Element = item };

    /// <summary>The value of a path. The checks made sure that it is known and set; anything else is a bug and throws.</summary>
    /// <param name="path">The path.</param>
    public TypedValue Resolve(NamePath path)
    {
        var type = Scope.TypeOf(path) ?? throw new InvalidOperationException($"'{path}' names nothing here.");
        var value = Root(path);
        foreach (var field in path.Segments.Skip(1))
        {
            value = ((RecordValue)value).Fields[field];
        }

        return new TypedValue(type, value);
    }

    private Value Root(NamePath path)
    {
        if (Scope.IsOfElement(path))
        {
            return Element!.Fields[path.Root];
        }

        if (!Scope.IsOfMemory(path))
        {
            return Facts.Records[path.Root];
        }

        return Memory.TryGetValue(path.Root, out var value)
            ? value
            : throw new InvalidOperationException($"The slot '{path.Root}' is read before it is set.");
    }
}
