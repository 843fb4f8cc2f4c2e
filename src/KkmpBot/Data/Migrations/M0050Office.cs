using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Signing in to the pages, the city's officers, and what the city keeps of a cooperative by its date.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0050_office")]
public sealed class M0050Office : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateSignIn(migrationBuilder);
        migrationBuilder.CreateTable(
            name: "milestones",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                kind = table.Column<string>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                note = table.Column<string>(nullable: true),
                by_person_id = table.Column<long>(nullable: true),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_milestones", row => row.id));
        migrationBuilder.CreateIndex("IX_milestones_cooperative_id_kind_day", "milestones", ["cooperative_id", "kind", "day"]);
        migrationBuilder.CreateTable(
            name: "city_as_of",
            columns: table => new
            {
                id = table.Column<int>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_city_as_of", row => row.id));
    }

    private static void CreateSignIn(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "office_links",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                code_index = table.Column<byte[]>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                used_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_office_links", row => row.id));
        migrationBuilder.CreateIndex("IX_office_links_code_index", "office_links", "code_index", unique: true);
        migrationBuilder.CreateIndex("IX_office_links_person_id_created_utc", "office_links", ["person_id", "created_utc"]);

        migrationBuilder.CreateTable(
            name: "office_sessions",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                token_index = table.Column<byte[]>(nullable: false),
                browser_index = table.Column<byte[]>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                seen_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_office_sessions", row => row.id));
        migrationBuilder.CreateIndex("IX_office_sessions_token_index", "office_sessions", "token_index", unique: true);
        migrationBuilder.CreateIndex("IX_office_sessions_person_id", "office_sessions", "person_id");
    }
}
