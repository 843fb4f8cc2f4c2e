using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Pictures of announcements stand beside them. The old columns stay for copies of the version before, and go with the next one.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0075_announcement_pictures")]
public sealed class M0075AnnouncementPictures : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "announcement_pictures",
            columns: table => new
            {
                announcement_id = table.Column<long>(nullable: false),
                mime_type = table.Column<string>(nullable: false),
                bytes = table.Column<byte[]>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_announcement_pictures", row => row.announcement_id);
                table.ForeignKey("FK_announcement_pictures_announcements_announcement_id", row => row.announcement_id, "announcements", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.Sql(
            """
            INSERT INTO announcement_pictures (announcement_id, mime_type, bytes)
            SELECT id, picture_type, picture FROM announcements WHERE picture IS NOT NULL AND picture_type IS NOT NULL;
            """);
    }
}
