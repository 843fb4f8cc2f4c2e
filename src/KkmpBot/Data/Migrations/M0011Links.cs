using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Codes that link a person's channels, wrong ones, and numbers that changed.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0011_links")]
public sealed class M0011Links : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "link_codes",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                code_index = table.Column<byte[]>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                used_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_link_codes", row => row.id));
        migrationBuilder.CreateIndex("IX_link_codes_code_index", "link_codes", "code_index");
        migrationBuilder.CreateIndex("IX_link_codes_person_id_created_utc", "link_codes", ["person_id", "created_utc"]);

        migrationBuilder.CreateTable(
            name: "link_tries",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_link_tries", row => row.id));
        migrationBuilder.CreateIndex("IX_link_tries_at_utc", "link_tries", "at_utc");

        migrationBuilder.CreateTable(
            name: "number_changes",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                old_address_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(nullable: false),
                new_address = table.Column<byte[]>(nullable: false),
                new_address_index = table.Column<byte[]>(nullable: false),
                new_phone = table.Column<byte[]>(nullable: true),
                status = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                decided_by = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_number_changes", row => row.id));
        migrationBuilder.CreateIndex("IX_number_changes_person_id", "number_changes", "person_id");
    }
}
