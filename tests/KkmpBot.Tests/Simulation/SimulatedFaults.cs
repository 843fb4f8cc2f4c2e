using Microsoft.Data.Sqlite;

namespace KkmpBot.Tests.Simulation;

/// <summary>The process is dead: nothing that it does from now on leaves a trace.</summary>
internal sealed class SimulatedDeath() : IOException("the process is dead");

/// <summary>What is going to happen to a process, and after how many statements to the database or calls to the platform.</summary>
/// <param name="died">Called at the moment of death, while everything is as a power cut would leave it.</param>
internal sealed class SimulatedFaults(Action died)
{
    private const int Busy = 5;
    private const int Full = 13;
    private const int InputOutput = 10;

    /// <summary>Statements and calls until the process dies; null for never.</summary>
    public int? UntilDeath { get; set; }

    /// <summary>Transactions that another connection's lock keeps from beginning.</summary>
    public int BusyTransactions { get; set; }

    /// <summary>Writes that find the disk full.</summary>
    public int WritesOnFullDisk { get; set; }

    /// <summary>Commits that happen and are reported as failed.</summary>
    public int UnknownCommits { get; set; }

    public bool IsDead { get; private set; }

    public void Clear() => (UntilDeath, BusyTransactions, WritesOnFullDisk, UnknownCommits) = (null, 0, 0, 0);

    /// <summary>Before a statement or a call, and after a call.</summary>
    public void Pass()
    {
        if (IsDead)
            throw new SimulatedDeath();
        if (UntilDeath is not { } left)
            return;
        UntilDeath = left - 1;
        if (left > 0)
            return;
        IsDead = true;
        died();
        throw new SimulatedDeath();
    }

    public void PassStatement(string sql)
    {
        // What ends a transaction of a dead process is the machine.
        if (IsDead && sql.StartsWith("ROLLBACK", StringComparison.Ordinal))
            return;
        Pass();
        if (BusyTransactions > 0 && sql.StartsWith("BEGIN", StringComparison.Ordinal))
        {
            BusyTransactions--;
            throw new SqliteException("database is locked", Busy);
        }
        if (WritesOnFullDisk > 0 && (sql.StartsWith("INSERT", StringComparison.Ordinal) || sql.StartsWith("UPDATE", StringComparison.Ordinal) || IsCommit(sql)))
        {
            WritesOnFullDisk--;
            throw new SqliteException("database or disk is full", Full);
        }
    }

    /// <summary>After a statement that went well.</summary>
    /// <returns>True when it is reported as failed all the same.</returns>
    public bool IsLost(string sql)
    {
        if (UnknownCommits == 0 || !IsCommit(sql))
            return false;
        UnknownCommits--;
        return true;
    }

    public static SqliteException LostAnswer() => new("disk I/O error", InputOutput);

    private static bool IsCommit(string sql) => sql.StartsWith("COMMIT", StringComparison.Ordinal);
}
