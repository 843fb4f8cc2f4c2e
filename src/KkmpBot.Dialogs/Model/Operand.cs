namespace KkmpBot.Dialogs.Model;

/// <summary>A value written in a dialog file: a path to one, or the value itself.</summary>
/// <param name="Spot">Where it stands.</param>
public abstract record Operand(Spot Spot);

/// <summary>The value of a slot, a fact or one of their fields.</summary>
/// <param name="Path">Which.</param>
public sealed record PathOperand(NamePath Path) : Operand(Path.Spot);

/// <summary>A number, true, false, or a text in quotes.</summary>
/// <param name="Value">A whole number, quantity, yes-no or text; converted to the type wanted where it is used.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record LiteralOperand(Value Value, Spot Spot) : Operand(Spot);

/// <summary>The bare key of a choice, on the right of a comparison with one.</summary>
/// <param name="Key">The key.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record KeyOperand(string Key, Spot Spot) : Operand(Spot);
