namespace KkmpBot.Dialogs.Model;

/// <summary>What a <c>when</c> or <c>requires</c> asks: one comparison, or a guard by name.</summary>
/// <param name="Spot">Where it stands.</param>
public abstract record Condition(Spot Spot);

/// <summary>How two values are compared.</summary>
public enum Comparator
{
    /// <summary><c>==</c></summary>
    Equal,
    /// <summary><c>!=</c></summary>
    NotEqual,
    /// <summary><c>&lt;</c></summary>
    Less,
    /// <summary><c>&lt;=</c></summary>
    AtMost,
    /// <summary><c>&gt;</c></summary>
    Greater,
    /// <summary><c>&gt;=</c></summary>
    AtLeast,
}

/// <summary>One comparison, e.g. <c>member.voluntary >= cart.total</c>.</summary>
/// <param name="Left">A slot, a fact or a field.</param>
/// <param name="Comparator">How.</param>
/// <param name="Right">What it is compared with.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Comparison(NamePath Left, Comparator Comparator, Operand Right, Spot Spot) : Condition(Spot);

/// <summary>A guard of the vocabulary.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record GuardCondition(string Guard, Spot Spot) : Condition(Spot);

/// <summary>A text that is no condition; the names phase reports it (D035).</summary>
/// <param name="Text">As written.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record MalformedCondition(string Text, Spot Spot) : Condition(Spot);
