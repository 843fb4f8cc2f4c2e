using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace KkmpBot.Data.Migrations;

/// <summary>Column shapes that both databases share, so that a migration is written once.</summary>
internal static class Columns
{
    /// <summary>A key that the database counts up.</summary>
    /// <param name="columns">The table's columns.</param>
    public static OperationBuilder<AddColumnOperation> Identity(this ColumnsBuilder columns) =>
        columns.Column<long>(name: "id", nullable: false)
            .Annotation("Sqlite:Autoincrement", true)
            .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
