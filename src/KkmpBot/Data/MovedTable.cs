using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>One table on its way from SQLite to PostgreSQL: read in the order of SQLite's row numbers, written by COPY.</summary>
internal sealed class MovedTable
{
    /// <summary>Rows copied in one transaction.</summary>
    public const int MaxRows = 5000;

    private readonly List<MovedColumn> columns;
    private readonly string names;

    private MovedTable(string name, List<MovedColumn> columns, IReadOnlyList<string> needs)
    {
        Name = name;
        Needs = needs;
        this.columns = columns;
        names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
    }

    /// <summary>As in the database.</summary>
    public string Name { get; }

    /// <summary>The tables whose rows its rows point to.</summary>
    public IReadOnlyList<string> Needs { get; }

    /// <summary>All tables of the model, each after those it points to.</summary>
    /// <param name="postgres">A context over PostgreSQL, for its types.</param>
    public static IReadOnlyList<MovedTable> InOrder(KkmpDbContext postgres)
    {
        var left = postgres.Model.GetRelationalModel().Tables.Select(Of).OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<MovedTable>();
        while (left.Count > 0)
        {
            var ready = left.Where(table => table.Needs.All(need => ordered.Exists(other => other.Name == need))).ToList();
            if (ready.Count == 0)
                throw new InvalidOperationException($"Tables point to each other in a circle: {string.Join(", ", left.Select(table => table.Name))}");
            ordered.AddRange(ready);
            left.RemoveAll(ready.Contains);
        }
        return ordered;
    }

    /// <summary>Copies the next rows.</summary>
    /// <param name="from">SQLite.</param>
    /// <param name="to">PostgreSQL, in a transaction.</param>
    /// <param name="after">The last row number that is there already.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The last row number copied and how many were; none when the table is done.</returns>
    public async Task<(long Last, int Rows)> CopyNextAsync(DbConnection from, NpgsqlConnection to, long after, CancellationToken ct)
    {
        await using var read = from.Command(null, $"SELECT rowid, {names} FROM \"{Name}\" WHERE rowid > @after ORDER BY rowid LIMIT {MaxRows}", ("after", after));
        await using var rows = (SqliteDataReader)await read.ExecuteReaderAsync(ct);
        await using var import = await to.BeginBinaryImportAsync($"COPY \"{Name}\" ({names}) FROM STDIN (FORMAT BINARY)", ct);
        var (last, count) = (after, 0);
        for (; await rows.ReadAsync(ct); count++)
        {
            last = rows.GetInt64(0);
            await import.StartRowAsync(ct);
            for (var i = 0; i < columns.Count; i++)
                await columns[i].WriteAsync(rows, i + 1, import, ct);
        }
        await import.CompleteAsync(ct);
        return (last, count);
    }

    /// <summary>What has to be equal on both sides: the number of rows, and the sum of every column of whole numbers.</summary>
    /// <param name="connection">Either side.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string> SumsAsync(DbConnection connection, CancellationToken ct)
    {
        var sums = columns.Where(column => column.IsWhole).Select(column => $", COALESCE(SUM(\"{column.Name}\"), 0)");
        await using var command = connection.Command(null, $"SELECT COUNT(*){string.Concat(sums)} FROM \"{Name}\"");
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => Convert.ToDecimal(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Goes on numbering after the rows that were copied.</summary>
    /// <param name="to">PostgreSQL.</param>
    /// <param name="ct">Gives up.</param>
    public async Task NumberOnAsync(NpgsqlConnection to, CancellationToken ct)
    {
        foreach (var column in columns.Where(column => column.IsNumbered))
        {
            await using var command = to.Command(
                null, $"SELECT setval(pg_get_serial_sequence('\"{Name}\"', '{column.Name}'), GREATEST((SELECT MAX(\"{column.Name}\") FROM \"{Name}\"), 1))");
            await command.ExecuteScalarAsync(ct);
        }
    }

    private static MovedTable Of(ITable table) => new(
        table.Name,
        [.. table.Columns.Select(MovedColumn.Of).OrderBy(column => column.Name, StringComparer.Ordinal)],
        [.. table.ForeignKeyConstraints.Select(key => key.PrincipalTable.Name).Where(name => name != table.Name).Distinct()]);
}

/// <summary>A column: how SQLite's value is read, and PostgreSQL's type.</summary>
internal sealed record MovedColumn(string Name, Type Type, string StoreType, bool IsNumbered)
{
    public bool IsWhole => Type == typeof(long) || Type == typeof(int) || Type == typeof(short);

    public static MovedColumn Of(IColumn column)
    {
        var mapping = column.StoreTypeMapping;
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        var isNumbered = column.PropertyMappings.Any(mapped => mapped.Property.IsPrimaryKey() && mapped.Property.ValueGenerated == ValueGenerated.OnAdd)
            && (type == typeof(long) || type == typeof(int));
        return new MovedColumn(column.Name, Nullable.GetUnderlyingType(type) ?? type, column.StoreType, isNumbered);
    }

    public async Task WriteAsync(SqliteDataReader row, int at, NpgsqlBinaryImporter import, CancellationToken ct)
    {
        if (row.IsDBNull(at))
            await import.WriteNullAsync(ct);
        else if (Type == typeof(long))
            await import.WriteAsync(row.GetInt64(at), StoreType, ct);
        else if (Type == typeof(int))
            await import.WriteAsync(row.GetInt32(at), StoreType, ct);
        else if (Type == typeof(short))
            await import.WriteAsync(row.GetInt16(at), StoreType, ct);
        else if (Type == typeof(string))
            await import.WriteAsync(row.GetString(at), StoreType, ct);
        else if (Type == typeof(bool))
            await import.WriteAsync(row.GetBoolean(at), StoreType, ct);
        else if (Type == typeof(byte[]))
            await import.WriteAsync(row.GetFieldValue<byte[]>(at), StoreType, ct);
        else if (Type == typeof(DateTime))
            await import.WriteAsync(DateTime.SpecifyKind(row.GetDateTime(at), DateTimeKind.Utc), StoreType, ct);
        else if (Type == typeof(DateOnly))
            await import.WriteAsync(row.GetFieldValue<DateOnly>(at), StoreType, ct);
        else if (Type == typeof(TimeOnly))
            await import.WriteAsync(row.GetFieldValue<TimeOnly>(at), StoreType, ct);
        else if (Type == typeof(double))
            await import.WriteAsync(row.GetDouble(at), StoreType, ct);
        else
            throw new InvalidOperationException($"Column {Name} has a type that cannot be moved yet: {Type}.");
    }
}
