using System.Data.Common;

namespace KkmpBot.Channels;

/// <summary>Runs a write that is no turn in the one writer's order, behind waiting turns, in a transaction of its own.</summary>
/// <param name="write">At most 500 rows.</param>
/// <param name="ct">Gives up waiting; a write that was taken still runs.</param>
public delegate Task WriteRows(Func<DbConnection, DbTransaction, CancellationToken, Task> write, CancellationToken ct);
