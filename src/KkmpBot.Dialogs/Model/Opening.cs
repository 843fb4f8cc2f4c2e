namespace KkmpBot.Dialogs.Model;

/// <summary>What people want when they write a sentence that opens a dialog.</summary>
/// <param name="Wish">One of <see cref="Understanding.Wishes.All"/>.</param>
/// <param name="Answers">What such a sentence answers beforehand.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Opening(string Wish, IReadOnlyList<HeardAnswer> Answers, Spot Spot);

/// <summary>A question that a sentence answers before it is asked. The answer is read and limited as if it had been typed there.</summary>
/// <param name="State">The question.</param>
/// <param name="Part">The part of the sentence; null for a literal.</param>
/// <param name="Literal">What the wish itself answers, e.g. the pick <c>price</c>; null for a part.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record HeardAnswer(string State, string? Part, string? Literal, Spot Spot);
