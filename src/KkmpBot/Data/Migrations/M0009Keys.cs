using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The mark of the master key.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0009_keys")]
public sealed class M0009Keys : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "key_marks",
        columns: table => new
        {
            id = table.Column<int>(nullable: false),
            mark = table.Column<byte[]>(nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_key_marks", row => row.id));
}
