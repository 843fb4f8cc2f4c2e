using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Model;

/// <summary>What a question offers.</summary>
/// <param name="Spot">Where it stands.</param>
public abstract record Choices(Spot Spot)
{
    /// <summary>More options than this are shown by the page: ten rows is WhatsApp's list.</summary>
    public const int MaxShown = 10;

    /// <summary>Options on a page when there are several pages; the tenth row turns the page.</summary>
    public const int PageSize = 9;
}

/// <summary>A choice written in the file.</summary>
/// <param name="Key">What conditions compare.</param>
/// <param name="Label">What its button says.</param>
/// <param name="Detail">Its second line in lists; null for none.</param>
/// <param name="When">Its condition; null offers it always.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Pick(string Key, Wording Label, Wording? Detail, Condition? When, Spot Spot)
{
    /// <summary>The longest key.</summary>
    public const int MaxKeyLength = 40;
}

/// <summary>Choices written in the file.</summary>
/// <param name="Picks">In the order shown.</param>
/// <param name="Spot">Where they stand.</param>
public sealed record FixedChoices(IReadOnlyList<Pick> Picks, Spot Spot) : Choices(Spot);

/// <summary>Choices that come from a list in memory or from a capability.</summary>
/// <param name="From">A path to a list, or a capability's name.</param>
/// <param name="Capability">The capability when <paramref name="From"/> names one; null for a list in memory.</param>
/// <param name="With">The capability's arguments.</param>
/// <param name="Label">A template over the element.</param>
/// <param name="Detail">A template over the element; null for none.</param>
/// <param name="Empty">Where an empty list goes; null when <paramref name="Add"/> keeps the question answerable.</param>
/// <param name="Add">Fixed picks shown after the list.</param>
/// <param name="Spot">Where they stand.</param>
public sealed record ListedChoices(
    NamePath From,
    CapabilityDescription? Capability,
    IReadOnlyList<Argument> With,
    Wording Label,
    Wording? Detail,
    Target? Empty,
    IReadOnlyList<Pick> Add,
    Spot Spot) : Choices(Spot)
{
    /// <summary>The outcome that carries the list.</summary>
    public const string Listed = "listed";

    /// <summary>What the slot of <c>pick_into</c> holds when a record of the list was chosen.</summary>
    public const string Item = "item";
}

/// <summary>An argument of a call.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Operand">Its value.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Argument(string Name, Operand Operand, Spot Spot);
