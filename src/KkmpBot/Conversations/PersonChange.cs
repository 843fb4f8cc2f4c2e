namespace KkmpBot.Conversations;

/// <summary>
/// A capability wants addresses to belong to another person. The runner does it, within the turn, since what is open in the
/// conversations of both has to be brought together or kept apart.
/// </summary>
public abstract record PersonChange
{
    private PersonChange() { }

    /// <summary>Two people are one: all addresses of the second become the first's, what was open there is parked here.</summary>
    /// <param name="Winner">Who stays.</param>
    /// <param name="Loser">Who was the same all the time.</param>
    public sealed record Join(long Winner, long Loser) : PersonChange;

    /// <summary>An address stops being the person's: whoever writes from it is a stranger from now on.</summary>
    /// <param name="AddressId">The address.</param>
    public sealed record Leave(long AddressId) : PersonChange;

    /// <summary>The caller was erased: whoever writes from their address is a stranger from now on, who takes along nothing but the end of this dialog.</summary>
    /// <param name="AddressId">The address that the caller writes from.</param>
    public sealed record Forget(long AddressId) : PersonChange;
}
