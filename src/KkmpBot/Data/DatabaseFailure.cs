using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>Another turn was in the way; the same turn run again goes through.</summary>
/// <param name="what">What happened, without personal data.</param>
public sealed class TurnConflictException(string what) : Exception(what);

/// <summary>
/// Tells a failure of the database or the disk, which acknowledges nothing, from a turn that fails for a reason of its own, and both from
/// two turns that were in each other's way.
/// </summary>
public static class DatabaseFailure
{
    // https://www.sqlite.org/rescode.html: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, protocol, not a database.
    private static readonly HashSet<int> SqliteCodes = [5, 6, 7, 8, 10, 11, 13, 14, 15, 26];

    // https://www.postgresql.org/docs/15/errcodes-appendix.html: connection, resources, shutdown and cancelled statements, system, internal,
    // a standby, no such database, no access.
    private static readonly string[] PostgresClasses = ["08", "53", "57", "58", "XX", "25006", "28", "3D000", "55P03"];

    // Serialization failure, deadlock: what the database asks to be run again.
    private static readonly string[] PostgresConflicts = ["40001", "40P01"];

    // Two turns wrote the same thing at the same instant, such as a first message by two copies; the second finds it when run again.
    private const string PostgresUniqueViolation = "23505";

    /// <summary>True when the database, the disk or the stopping process is at fault, or a conflict that did not end.</summary>
    /// <param name="failure">What was thrown, possibly wrapped by Entity Framework.</param>
    public static bool Is(Exception failure) => failure switch
    {
        OperationCanceledException => true,
        SqliteException sqlite => SqliteCodes.Contains(sqlite.SqliteErrorCode),
        PostgresException postgres => PostgresClasses.Concat(PostgresConflicts).Any(code => postgres.SqlState.StartsWith(code, StringComparison.Ordinal)),
        DbException database => database.IsTransient,
        IOException => true,
        _ => failure.InnerException is { } inner && Is(inner),
    };

    /// <summary>True when the transaction was certainly rolled back because another was in its way: run again, it goes through.</summary>
    /// <param name="failure">What was thrown, possibly wrapped by Entity Framework.</param>
    public static bool IsConflict(Exception failure) => failure switch
    {
        TurnConflictException => true,
        PostgresException postgres => PostgresConflicts.Contains(postgres.SqlState) || postgres.SqlState == PostgresUniqueViolation,
        _ => failure.InnerException is { } inner && IsConflict(inner),
    };

    /// <summary>The exception's types and the place it came from: no message, since a message may hold personal data.</summary>
    /// <param name="failure">What was thrown.</param>
    public static string Describe(Exception failure)
    {
        var code = failure switch
        {
            SqliteException sqlite => $" {sqlite.SqliteExtendedErrorCode}",
            PostgresException postgres => $" {postgres.SqlState}",
            _ => "",
        };
        var cause = failure.InnerException is { } inner ? $" < {Describe(inner)}" : $" at {Place(failure)}";
        return $"{failure.GetType().Name}{code}{cause}";
    }

    private static string Place(Exception failure)
    {
        var trace = failure.StackTrace ?? "";
        var own = trace.Split('\n').FirstOrDefault(line => line.Contains("KkmpBot", StringComparison.Ordinal)) ?? "";
        var method = own.Trim().Replace("at ", "", StringComparison.Ordinal);
        var end = method.IndexOf('(', StringComparison.Ordinal);
        return end > 0 ? method[..end] : "an unknown place";
    }
}
