using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Data;

/// <summary>
/// Contexts for turns. Making one costs more than the rest of a turn together, so those of turns that went well are used again, emptied; one
/// that met an exception is thrown away.
/// </summary>
/// <param name="database">Makes them.</param>
public sealed class TurnContexts(Database database)
{
    /// <summary>Contexts that are kept.</summary>
    public const int MaxIdle = 32;

    private readonly ConcurrentBag<KkmpDbContext> idle = [];

    /// <summary>An empty context over a connection, inside its transaction.</summary>
    /// <param name="connection">Stays open afterwards.</param>
    /// <param name="transaction">What is saved belongs to it.</param>
    public KkmpDbContext Rent(DbConnection connection, DbTransaction transaction)
    {
        if (!idle.TryTake(out var context))
            return database.Context(connection, transaction);
        context.Database.SetDbConnection(connection);
        context.Database.UseTransaction(transaction);
        return context;
    }

    /// <summary>Takes one back whose turn went well; everything else is disposed by whoever rented it.</summary>
    /// <param name="context">Saved, and not used any more.</param>
    public void Return(KkmpDbContext context)
    {
        context.ChangeTracker.Clear();
        context.Database.UseTransaction(null);
        if (idle.Count < MaxIdle)
            idle.Add(context);
        else
            context.Dispose();
    }
}
