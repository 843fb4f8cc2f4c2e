using System.Data.Common;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Data;

/// <summary>The hand-written migrations and the model describe the same schema.</summary>
public sealed class SchemaTests
{
    // Triggers are the migrations' own: the model knows none.
    private const string SqliteSchema =
        """
        SELECT sql FROM sqlite_master
        WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE '__EF%' AND name NOT LIKE 'sqlite_%' ORDER BY name
        """;

    private const string PostgresSchema =
        """
        SELECT format('%s.%s %s %s default %s identity %s', table_name, column_name, data_type, is_nullable, column_default, identity_generation)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
        ORDER BY 1
        """;

    [Fact]
    public async Task The_migrated_schema_equals_the_model()
    {
        await using var migrated = await TestDatabase.CreateAsync();
        await using var model = await TestDatabase.CreateEmptyAsync();
        await using (DbConnection connection = await model.Database.OpenAsync(CancellationToken.None))
        await using (var context = model.Database.Context(connection))
            await context.Database.EnsureCreatedAsync();
        var schema = await SchemaAsync(model.Database);
        Assert.Contains("journal_lines", schema, StringComparison.Ordinal);
        Assert.Equal(schema, await SchemaAsync(migrated.Database));
    }

    [Fact]
    public async Task Copies_that_start_at_once_migrate_once()
    {
        await using var test = await TestDatabase.CreateEmptyAsync();
        await Task.WhenAll(Enumerable.Range(0, DatabaseTemplate.Postgres is null ? 1 : 4).Select(_ => test.Database.MigrateAsync(CancellationToken.None)));
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var context = test.Database.Context(connection);
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    private static async Task<string> SchemaAsync(Database database)
    {
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = DatabaseTemplate.Postgres is null ? SqliteSchema : PostgresSchema;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(string.Join('\n', Columns(reader.GetString(0))));
        return string.Join("\n\n", lines);
    }

    // The order of columns in a table carries no meaning, nor do line breaks: what a migration adds stands at the end of one line.
    private static IEnumerable<string> Columns(string sql)
    {
        var parts = new List<string>();
        var (begin, depth) = (0, 0);
        for (var i = 0; i < sql.Length; i++)
        {
            var isBetween = sql[i] switch
            {
                '(' => ++depth == 1,
                ')' => --depth == 0,
                ',' => depth == 1,
                _ => false,
            };
            if (!isBetween)
                continue;
            parts.Add(sql[begin..i].Trim());
            begin = i + 1;
        }
        return parts.Append(sql[begin..].Trim()).Order(StringComparer.Ordinal);
    }
}
