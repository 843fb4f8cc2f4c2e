using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>
/// Locks on rows until the transaction ends. SQLite has one writer at a time and needs none: there, all of this is nothing. Lock before
/// you read what you decide by, first by table and then by rising id, the heads of the chains last: a circle of waiting turns is broken by
/// the database and one of them is run again, which is right but slow.
/// </summary>
public static class RowLocks
{
    /// <summary>Locks rows of one table, in rising order; read them afterwards.</summary>
    /// <typeparam name="T">The table's entity; its key is one number.</typeparam>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="ids">The rows; those that do not exist are passed over.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LockAsync<T>(this KkmpDbContext db, IEnumerable<long> ids, CancellationToken ct)
        where T : class
    {
        long[] rows = [.. ids];
        if (rows.Length == 0 || !db.Database.GetDbConnection().HasRowLocks())
            return;
        var table = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is no table.");
        var key = table.FindPrimaryKey()!.Properties.Single().GetColumnName();
        await ExecuteAsync(db, $"SELECT 1 FROM {table.GetTableName()} WHERE {key} = ANY(@p0) ORDER BY {key} FOR NO KEY UPDATE", rows, ct);
        // What was read before the lock may be old by now.
        foreach (var read in db.ChangeTracker.Entries<T>().Where(entry => entry.State == EntityState.Unchanged).ToList())
            await read.ReloadAsync(ct);
    }

    /// <summary>Locks one row.</summary>
    /// <typeparam name="T">The table's entity; its key is one number.</typeparam>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="id">The row.</param>
    /// <param name="ct">Gives up.</param>
    public static Task LockAsync<T>(this KkmpDbContext db, long id, CancellationToken ct)
        where T : class => db.LockAsync<T>([id], ct);

    /// <summary>Lets nobody else do what has this name until the transaction ends, where no row stands for it.</summary>
    /// <param name="db">A context inside a transaction.</param>
    /// <param name="name">What is done.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LockNameAsync(this KkmpDbContext db, string name, CancellationToken ct)
    {
        if (db.Database.GetDbConnection().HasRowLocks())
            await ExecuteAsync(db, "SELECT pg_advisory_xact_lock(hashtext(@p0))", name, ct);
    }

    /// <summary>True on a database with many writers.</summary>
    /// <param name="connection">Of either database.</param>
    public static bool HasRowLocks(this DbConnection connection) => connection is NpgsqlConnection;

    /// <summary>What a SELECT ends with to take only rows that nobody else is taking at this moment.</summary>
    /// <param name="connection">Of either database.</param>
    public static string SkipLocked(this DbConnection connection) => connection.HasRowLocks() ? "FOR UPDATE SKIP LOCKED" : "";

    private static async Task ExecuteAsync(KkmpDbContext db, string sql, object value, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@p0";
        parameter.Value = value;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(ct);
    }
}
