using System.Data.Common;

namespace KkmpBot.Conversations;

/// <summary>Commands by hand for the tables of the turn and of delivery.</summary>
internal static class SqlCommands
{
    /// <summary>A command whose parameters are named <c>@p0</c>, <c>@p1</c> and so on.</summary>
    public static DbCommand Command(this DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var value in values)
            command.Add(value);
        return command;
    }

    /// <summary>Adds the next parameter.</summary>
    public static void Add(this DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count}";
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
