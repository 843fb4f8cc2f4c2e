using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace KkmpBot.Data;

/// <summary>Commands with named values on either database.</summary>
public static class Commands
{
    /// <summary>A command with its values.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction; null to read outside of one.</param>
    /// <param name="sql">The text, with <c>@name</c> for each value.</param>
    /// <param name="values">Names and values; null is NULL.</param>
    public static DbCommand Command(
        this DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Statements beside a context, in the transaction it is in.</summary>
    /// <param name="db">The context.</param>
    public static Statements Statements(this KkmpDbContext db) => new(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());
}

/// <summary>Statements by hand, where Entity Framework would cost several times what they do.</summary>
/// <param name="Connection">Where they run.</param>
/// <param name="Transaction">What they belong to; null outside of one.</param>
public readonly record struct Statements(DbConnection Connection, DbTransaction? Transaction)
{
    /// <summary>A statement with its values.</summary>
    /// <param name="sql">The text, with <c>@name</c> for each value.</param>
    /// <param name="values">Names and values; null is NULL.</param>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Connection.Command(Transaction, sql, values);
}
