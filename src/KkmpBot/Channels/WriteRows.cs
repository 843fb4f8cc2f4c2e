using System.Data.Common;

namespace KkmpBot.Channels;

<<<<<<< HEAD
/// <summary>Runs a write that is no turn in the one writer's order, behind waiting turns, in a transaction of its own.</summary>
/// <param name="write">At most 500 rows.</param>
/// <param name="ct">Gives up waiting; a write that was taken still runs.</param>
=======
/// <summary>
/// Queues a write with the one writer and waits for its commit. A write may be run again after a rollback, so it sets its results anew
/// each time; throws when the database fails.
/// </summary>
/// <param name="write">What is written, on the writer's connection and inside its transaction.</param>
/// <param name="ct">Gives up waiting for a place in the queue.</param>
>>>>>>> webchat
public delegate Task WriteRows(Func<DbConnection, DbTransaction, CancellationToken, Task> write, CancellationToken ct);
