using System.Data.Common;

namespace KkmpBot.Channels;

/// <summary>Runs a write that is no turn behind the waiting turns, in a transaction of its own; again when others were in its way.</summary>
/// <param name="write">At most 500 rows; only its last run counts.</param>
/// <param name="ct">Gives up waiting; a write that was taken still runs.</param>
public delegate Task WriteRows(Func<DbConnection, DbTransaction, CancellationToken, Task> write, CancellationToken ct);
