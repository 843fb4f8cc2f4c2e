using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Members' meetings, who was there, and their votes.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0015_meetings")]
public sealed class M0015Meetings : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "meetings",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                place = table.Column<string>(nullable: false),
                is_second = table.Column<bool>(nullable: false),
                status = table.Column<string>(nullable: false),
                called_utc = table.Column<DateTime>(nullable: false),
                motion = table.Column<string>(nullable: true),
                motion_number = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_meetings", row => row.id));
        migrationBuilder.CreateIndex("IX_meetings_cooperative_id", "meetings", "cooperative_id", unique: true, filter: "status IN ('called', 'open')");
        migrationBuilder.CreateTable(
            name: "meeting_attendance",
            columns: table => new
            {
                meeting_id = table.Column<long>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_meeting_attendance", row => new { row.meeting_id, row.member_id }));
        migrationBuilder.CreateTable(
            name: "meeting_votes",
            columns: table => new
            {
                meeting_id = table.Column<long>(nullable: false),
                motion_number = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                choice = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_meeting_votes", row => new { row.meeting_id, row.motion_number, row.member_id }));
    }
}
