using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Pictures uploaded in the web chat, held for an hour.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0077_web_files")]
public sealed class M0077WebFiles : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "web_files",
            columns: table => new
            {
                conversation_id = table.Column<string>(nullable: false),
                sequence = table.Column<long>(nullable: false),
                content = table.Column<byte[]>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_web_files", row => new { row.conversation_id, row.sequence }));
        migrationBuilder.CreateIndex("IX_web_files_at_utc", "web_files", "at_utc");
    }
}
