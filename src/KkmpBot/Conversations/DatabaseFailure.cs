using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Conversations;

/// <summary>Tells a failure of the database or the disk, which acknowledges nothing, from a turn that fails for a reason of its own.</summary>
public static class DatabaseFailure
{
    // https://www.sqlite.org/rescode.html: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, protocol, not a database.
    private static readonly HashSet<int> SqliteCodes = [5, 6, 7, 8, 10, 11, 13, 14, 15, 26];

    /// <summary>True when the database, the disk or the stopping process is at fault.</summary>
    /// <param name="failure">What was thrown, possibly wrapped by Entity Framework.</param>
    public static bool Is(Exception failure) => failure switch
    {
        OperationCanceledException => true,
        SqliteException sqlite => SqliteCodes.Contains(sqlite.SqliteErrorCode),
        DbException database => database.IsTransient,
        IOException => true,
        _ => failure.InnerException is { } inner && Is(inner),
    };

    /// <summary>The exception's types and the place it came from: no message, since a message may hold personal data.</summary>
    /// <param name="failure">What was thrown.</param>
    public static string Describe(Exception failure)
    {
        var code = failure is SqliteException sqlite ? $" {sqlite.SqliteExtendedErrorCode}" : "";
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
