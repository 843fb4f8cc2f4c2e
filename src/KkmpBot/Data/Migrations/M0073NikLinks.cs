using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Links to the page where a NIK is written outside the chat.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0073_nik_links")]
public sealed class M0073NikLinks : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "nik_links",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                code_index = table.Column<byte[]>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                used_utc = table.Column<DateTime>(nullable: true),
                tries = table.Column<int>(nullable: false),
                nik = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_nik_links", row => row.id));
        migrationBuilder.CreateIndex("IX_nik_links_code_index", "nik_links", "code_index", unique: true);
        migrationBuilder.CreateIndex("IX_nik_links_person_id_created_utc", "nik_links", ["person_id", "created_utc"]);
    }
}
