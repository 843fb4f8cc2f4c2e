namespace KkmpBot.Dialogs.Model;

/// <summary>An argument of a capability.</summary>
/// <param name="Name">Its name in a state's <c>with</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Optional">True when a state may leave it out.</param>
public sealed record Parameter(string Name, DialogType Type, bool Optional = false);

/// <summary>A way in which a capability can end.</summary>
/// <param name="Name">In snake_case, as the dialog files write it.</param>
/// <param name="Carries">What <c>into</c> receives with this outcome; null for nothing.</param>
public sealed record OutcomeDescription(string Name, DialogType? Carries);

/// <summary>
/// What the dialog language knows of a capability without starting the service: its name, arguments and outcomes. The loader,
/// the checker, the editor's schema and the tests all read this one description.
/// </summary>
public sealed class CapabilityDescription
{
    private readonly List<Parameter> parameters = [];
    private readonly List<OutcomeDescription> outcomes = [];

    /// <summary>Starts a description.</summary>
    /// <param name="name">Noun and verb in snake_case, e.g. <c>orders.place</c>.</param>
    public CapabilityDescription(string name) => Name = name;

    /// <summary>The name used by <c>do:</c> and by <c>choices: { from: … }</c>.</summary>
    public string Name { get; }

    /// <summary>The arguments, in the order declared.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>The outcomes; a dialog must handle every one.</summary>
    public IReadOnlyList<OutcomeDescription> Outcomes => outcomes;

    /// <summary>Adds a required argument.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    public CapabilityDescription Takes(string name, DialogType type)
    {
        parameters.Add(new Parameter(name, type));
        return this;
    }

    /// <summary>Adds an argument that a dialog may leave out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    public CapabilityDescription MayTake(string name, DialogType type)
    {
        parameters.Add(new Parameter(name, type, Optional: true));
        return this;
    }

    /// <summary>Adds an outcome.</summary>
    /// <param name="outcome">Its name.</param>
    /// <param name="carries">What it carries into memory, if anything.</param>
    public CapabilityDescription Gives(string outcome, DialogType? carries = null)
    {
        outcomes.Add(new OutcomeDescription(outcome, carries));
        return this;
    }
}

/// <summary>A call that a dialog wants made: the host runs the capability and resumes the machine with its outcome.</summary>
/// <param name="Name">The capability.</param>
/// <param name="Arguments">Its arguments by name; an optional one may be absent.</param>
public sealed record CapabilityCall(string Name, IReadOnlyDictionary<string, Value> Arguments)
{
    /// <summary>The text of an argument (text, choice, phone, NIK, NIP).</summary>
    public string Text(string name) => ((TextValue)Arguments[name]).Text;

    /// <summary>The text of an optional argument, or null.</summary>
    public string? TextOrNull(string name) => Arguments.TryGetValue(name, out var value) ? ((TextValue)value).Text : null;

    /// <summary>A whole-number argument.</summary>
    public long Whole(string name) => ((WholeValue)Arguments[name]).Number;

    /// <summary>A quantity argument.</summary>
    public decimal Quantity(string name) => ((QuantityValue)Arguments[name]).Amount;

    /// <summary>A money argument in rupiah.</summary>
    public long Rupiah(string name) => ((MoneyValue)Arguments[name]).Rupiah;

    /// <summary>A yes-no argument.</summary>
    public bool YesNo(string name) => ((YesNoValue)Arguments[name]).Yes;

    /// <summary>A record argument.</summary>
    public RecordValue Record(string name) => (RecordValue)Arguments[name];
}

/// <summary>How a capability ended: one of its declared outcomes, with what that outcome carries.</summary>
/// <param name="Name">The outcome, in snake_case.</param>
/// <param name="Carried">The value for <c>into</c>, when the outcome carries one.</param>
public sealed record Outcome(string Name, Value? Carried = null);
