using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// Something the cooperative can do, called by a dialog's <c>do:</c>. One class an operation, stateless: all it needs comes with the
/// <see cref="Turn"/>. It runs inside the turn's transaction, does no network I/O and touches no memory that outlives the turn, so
/// a turn may be run again. A refusal is one of its declared outcomes; an exception is a failure of the turn.
/// </summary>
public interface ICapability
{
    /// <summary>Its name, arguments and outcomes; available without a database.</summary>
    CapabilityDescription Description { get; }

    /// <summary>Runs it.</summary>
    /// <param name="call">The arguments, already of their declared types.</param>
    /// <param name="turn">The turn: who asks, the database, the time, and news for others.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>One of the outcomes of <see cref="Description"/>.</returns>
    ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct);
}
