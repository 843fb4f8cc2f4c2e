using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Notes on entries, and officers' acts that can be taken back for a minute.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0012_corrections")]
public sealed class M0012Corrections : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "entry_notes",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                text = table.Column<byte[]>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_entry_notes", row => new { row.cooperative_id, row.number }));

        migrationBuilder.CreateTable(
            name: "officer_acts",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                kind = table.Column<string>(nullable: false),
                subject = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                undone_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_officer_acts", row => row.id));
        migrationBuilder.CreateIndex("IX_officer_acts_person_id_id", "officer_acts", ["person_id", "id"]);
    }
}
