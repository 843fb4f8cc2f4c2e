using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Announcements, who they go to, and which message in the outbox belongs to which.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0041_announcements")]
public sealed class M0041Announcements : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "announcements",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                created_by = table.Column<long>(nullable: false),
                approved_by = table.Column<long>(nullable: true),
                status = table.Column<string>(nullable: false),
                text = table.Column<byte[]>(nullable: false),
                button = table.Column<string>(nullable: true),
                picture = table.Column<byte[]>(nullable: true),
                picture_type = table.Column<string>(nullable: true),
                audience = table.Column<string>(nullable: false),
                corrects_id = table.Column<long>(nullable: true),
                cursor = table.Column<long>(nullable: false),
                fed_utc = table.Column<DateTime>(nullable: true),
                start_utc = table.Column<DateTime>(nullable: true),
                repeat = table.Column<string>(nullable: false, defaultValue: "none"),
                created_utc = table.Column<DateTime>(nullable: false),
                started_utc = table.Column<DateTime>(nullable: true),
                closed_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_announcements", row => row.id));
        migrationBuilder.CreateIndex("IX_announcements_cooperative_id_id", "announcements", ["cooperative_id", "id"]);
        migrationBuilder.CreateIndex("IX_announcements_status", "announcements", "status", filter: "closed_utc IS NULL");
        migrationBuilder.CreateTable(
            name: "announcement_recipients",
            columns: table => new
            {
                announcement_id = table.Column<long>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                channel = table.Column<string>(nullable: false),
                skipped = table.Column<string>(nullable: true),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_announcement_recipients", row => new { row.announcement_id, row.person_id }));
        migrationBuilder.CreateIndex("IX_announcement_recipients_person_id_at_utc", "announcement_recipients", ["person_id", "at_utc"]);
        migrationBuilder.AddColumn<long>("announcement_id", "outbox", nullable: true);
        migrationBuilder.CreateIndex(
            "IX_outbox_announcement_id_conversation_id", "outbox", ["announcement_id", "conversation_id"], filter: "announcement_id IS NOT NULL");
        migrationBuilder.CreateIndex("IX_outbox_announced_open", "outbox", "announcement_id", filter: "status IN (0, 5) AND announcement_id IS NOT NULL");
    }
}
