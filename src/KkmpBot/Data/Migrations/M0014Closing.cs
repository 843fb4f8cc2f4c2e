using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Closed months and years, and what was counted in the drawer.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0014_closing")]
public sealed class M0014Closing : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "closed_months",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                month = table.Column<DateOnly>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                by_person_id = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_closed_months", row => new { row.cooperative_id, row.month }));
        migrationBuilder.CreateTable(
            name: "closed_years",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                year = table.Column<int>(nullable: false),
                result_rupiah = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                by_person_id = table.Column<long>(nullable: false),
                shared_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_closed_years", row => new { row.cooperative_id, row.year }));
        migrationBuilder.CreateTable(
            name: "cash_counts",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                by_person_id = table.Column<long>(nullable: false),
                counted_rupiah = table.Column<long>(nullable: false),
                book_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_cash_counts", row => row.id));
        migrationBuilder.CreateIndex("IX_cash_counts_cooperative_id_at_utc", "cash_counts", ["cooperative_id", "at_utc"]);
        migrationBuilder.CreateIndex("IX_journal_entries_cooperative_id_booked_on", "journal_entries", ["cooperative_id", "booked_on"]);
    }
}
