using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Data;

/// <summary>
/// A SQLite connection that compiles a statement once and keeps it, as PostgreSQL's driver does: compiling one costs as much as running it, and
/// Entity Framework makes a new command for each.
/// </summary>
/// <param name="connectionString">As Microsoft.Data.Sqlite writes it.</param>
internal sealed class CompilingOnce(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Statements that are kept; at one more all are let go, and those in use come back.</summary>
    public const int MaxKept = 300;

    private readonly Dictionary<string, SqliteCommand> kept = [];

    /// <inheritdoc />
    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            LetGo();
        base.Dispose(disposing);
    }

    private SqliteCommand Take(string sql)
    {
        if (kept.Remove(sql, out var command))
            return command;
        command = CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Keep(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        command.CommandTimeout = DefaultTimeout;
        if (kept.Count == MaxKept)
            LetGo();
        if (State != ConnectionState.Open || !kept.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    private void LetGo()
    {
        foreach (var command in kept.Values)
            command.Dispose();
        kept.Clear();
    }

    // Takes a kept statement when it learns its text, and gives it back when it is disposed.
    private sealed class KeptCommand(CompilingOnce connection) : DbCommand
    {
        private SqliteCommand? command;
        private SqliteTransaction? transaction;

        [AllowNull]
        public override string CommandText
        {
            get => command?.CommandText ?? "";
            set
            {
                if (command is not null)
                {
                    command.CommandText = value;
                    return;
                }
                command = connection.Take(value ?? "");
                command.Transaction = transaction;
            }
        }

        public override int CommandTimeout
        {
            get => Command.CommandTimeout;
            set => Command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set
            {
                if (value != CommandType.Text)
                    throw new NotSupportedException("SQLite has only text.");
            }
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set
            {
                if (value != connection)
                    throw new NotSupportedException("A command stays with its connection.");
            }
        }

        protected override DbParameterCollection DbParameterCollection => Command.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => transaction;
            set
            {
                transaction = (SqliteTransaction?)value;
                command?.Transaction = transaction;
            }
        }

        private SqliteCommand Command => command ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel() => Command.Cancel();

        public override int ExecuteNonQuery() => Command.ExecuteNonQuery();

        public override object? ExecuteScalar() => Command.ExecuteScalar();

        public override void Prepare() => Command.Prepare();

        protected override DbParameter CreateDbParameter() => Command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Command.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing && command is { } done)
            {
                command = null;
                connection.Keep(done);
            }
            base.Dispose(disposing);
        }
    }
}
