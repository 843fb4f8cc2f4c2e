using System.Diagnostics;
using KkmpBot.Tests.Data;
using Npgsql;

namespace KkmpBot.Tests.Processes.Copies;

/// <summary>The tests' PostgreSQL as a process.</summary>
internal static class TestPostgres
{
    /// <summary>Ends it in the middle of everything and starts it again.</summary>
    public static async Task RestartAsync()
    {
        var folder = Path.GetDirectoryName(await FolderAsync())!;
        NpgsqlConnection.ClearAllPools();
        // Its server inherits no pipe of ours, or waiting for the script's output would be waiting for the server.
        using var run = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "postgres.sh"), ["restart", folder]))!;
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task<string> FolderAsync()
    {
        await using var connection = new NpgsqlConnection(DatabaseTemplate.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SHOW data_directory", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
