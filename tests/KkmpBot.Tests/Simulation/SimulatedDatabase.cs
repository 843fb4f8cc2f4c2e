using System.Data;
using System.Data.Common;
using KkmpBot.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Simulation;

/// <summary>A real SQLite database in a file, whose connections let the faults look at each statement before and after it is run.</summary>
internal sealed class SimulatedDatabase(string path, SimulatedFaults faults) : Database
{
    public override int MaxParallelTurns => 1;

    public string Path => path;

    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new Connection(path, faults);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        // A power cut is a copy of the files here, so nothing has to reach a disk.
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;";
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    public override async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var context = Context(connection);
        await context.Database.MigrateAsync(ct);
    }

    public override Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Use(DbContextOptionsBuilder options) => options.UseSqlite();

    private sealed class Connection(string path, SimulatedFaults faults)
        : SqliteConnection($"Data Source={path};Foreign Keys=True;Pooling=False;Default Timeout=1")
    {
        /// <summary>The transaction is over though its owner was told otherwise: there is nothing to roll back.</summary>
        public bool IsCommittedUnknown { get; set; }

        public SimulatedFaults Faults => faults;

        public override SqliteCommand CreateCommand() => new Command(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };
    }

    private sealed class Command : SqliteCommand
    {
        private readonly Connection connection;

        public Command(Connection connection)
        {
            this.connection = connection;
            Connection = connection;
        }

        public override int ExecuteNonQuery()
        {
            if (connection.IsCommittedUnknown && CommandText.StartsWith("ROLLBACK", StringComparison.Ordinal))
            {
                connection.IsCommittedUnknown = false;
                return 0;
            }
            var rows = base.ExecuteNonQuery();
            if (!connection.Faults.IsLost(CommandText))
                return rows;
            connection.IsCommittedUnknown = true;
            throw SimulatedFaults.LostAnswer();
        }

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            connection.Faults.PassStatement(CommandText);
            return base.ExecuteReader(behavior);
        }
    }
}
