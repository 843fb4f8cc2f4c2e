using System.Reflection;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace KkmpBot.Tests.House;

/// <summary>
/// While copies of the program are replaced one after the other, the first new one has migrated and the old ones still write: a migration takes nothing
/// away that the version before uses, and asks nothing of it that it does not know. What is to go, goes a version later.
/// </summary>
public sealed class RollingMigrationTests
{
    // The last one that was written before several copies had to be replaced while they serve.
    private const string LastAlone = "0072";

    public static TheoryData<string> Migrations => [.. All().Select(migration => migration.Name)];

    [Theory]
    [MemberData(nameof(Migrations))]
    public void Leaves_the_version_before_at_work(string name)
    {
        var migration = (Migration)Activator.CreateInstance(All().Single(type => type.Name == name))!;
        foreach (string provider in new[] { "Microsoft.EntityFrameworkCore.Sqlite", "Npgsql.EntityFrameworkCore.PostgreSQL" })
        {
            migration.ActiveProvider = provider;
            Assert.Empty(migration.UpOperations.Where(TakesAway).Select(operation => operation.GetType().Name));
        }
    }

    private static bool TakesAway(MigrationOperation operation) => operation switch
    {
        DropTableOperation or DropColumnOperation or RenameTableOperation or RenameColumnOperation or AlterColumnOperation => true,
        AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null } => true,
        SqlOperation { Sql: var sql } => new[] { "DROP TABLE", "DROP COLUMN", "RENAME", "SET NOT NULL" }.Any(word => sql.Contains(word, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static IEnumerable<Type> All() => typeof(KkmpDbContext).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<MigrationAttribute>() is { } named && string.CompareOrdinal(named.Id[..4], LastAlone) > 0)
        .OrderBy(type => type.Name, StringComparer.Ordinal);
}
