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

    /// <summary>A command beside a context, in the transaction it is in: where Entity Framework would cost several times the statement.</summary>
    /// <param name="db">The context.</param>
    /// <param name="sql">The text, with <c>@name</c> for each value.</param>
    /// <param name="values">Names and values; null is NULL.</param>
    public static DbCommand Command(this KkmpDbContext db, string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        db.Database.GetDbConnection().Command(db.Database.CurrentTransaction?.GetDbTransaction(), sql, values);
}
