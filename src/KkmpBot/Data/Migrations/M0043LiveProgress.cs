using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The messages that are rewritten while an announcement goes out.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0043_live_progress")]
public sealed class M0043LiveProgress : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "announcement_live",
        columns: table => new
        {
            announcement_id = table.Column<long>(nullable: false),
            outbox_id = table.Column<long>(nullable: true),
            next_utc = table.Column<DateTime>(nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_announcement_live", row => row.announcement_id));
}
