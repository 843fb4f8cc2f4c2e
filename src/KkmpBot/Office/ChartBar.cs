namespace KkmpBot.Office;

/// <summary>A bar or a point of a chart.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">How long or high.</param>
/// <param name="Text">The value in words.</param>
/// <param name="IsWeak">True for one that needs attention.</param>
public sealed record ChartBar(string Label, double Value, string Text, bool IsWeak = false);
