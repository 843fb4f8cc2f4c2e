using System.Data.Common;
using System.Text.RegularExpressions;
using KkmpBot.Data;

namespace KkmpBot.Tests.Data;

/// <summary>The hand-written migrations and the model describe the same schema.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public async Task Migrated_sqlite_schema_equals_the_model()
    {
        await using var migrated = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("kkmp-model-");
        try
        {
            var model = Database.Sqlite(Path.Combine(folder.FullName, "model.db"));
            await using (DbConnection connection = await model.OpenAsync(CancellationToken.None))
            await using (var context = model.Context(connection))
                await context.Database.EnsureCreatedAsync();
            Assert.Equal(await SchemaAsync(model), await SchemaAsync(migrated.Database));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> SchemaAsync(Database database)
    {
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        // Triggers are the migrations' own: the model knows none.
        command.CommandText =
            """
            SELECT sql FROM sqlite_master
            WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE '__EF%' AND name NOT LIKE 'sqlite_%' ORDER BY name
            """;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(string.Join('\n', Columns(reader.GetString(0))));
        return string.Join("\n\n", lines);
    }

    // The order of columns in a table carries no meaning; a migration adds them at the end.
    private static IEnumerable<string> Columns(string sql) =>
        LineBreaks().Split(sql).Select(line => line.Trim().TrimEnd(',', ')')).Where(line => line.Length > 0).Order(StringComparer.Ordinal);

    // SQLite writes an added column behind the last line: ', "low_milli" INTEGER NULL)'.
    [GeneratedRegex(@"\r?\n|, (?="")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineBreaks();
}
