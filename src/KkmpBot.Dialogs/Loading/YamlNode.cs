using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>A piece of a YAML file with its place.</summary>
/// <param name="Spot">Where it begins.</param>
public abstract record YamlNode(Spot Spot);

/// <summary>A text, number or word.</summary>
/// <param name="Text">Its content, unquoted.</param>
/// <param name="Spot">Where it begins.</param>
public sealed record ScalarNode(string Text, Spot Spot) : YamlNode(Spot);

/// <summary>A sequence.</summary>
/// <param name="Items">In order.</param>
/// <param name="Spot">Where it begins.</param>
public sealed record ListNode(IReadOnlyList<YamlNode> Items, Spot Spot) : YamlNode(Spot);

/// <summary>A mapping; its keys are unique.</summary>
/// <param name="Entries">In the order written.</param>
/// <param name="Spot">Where it begins.</param>
public sealed record MapNode(IReadOnlyList<(ScalarNode Key, YamlNode Value)> Entries, Spot Spot) : YamlNode(Spot);
