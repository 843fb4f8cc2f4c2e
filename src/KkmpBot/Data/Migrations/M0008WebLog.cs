using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The web chat's conversations and their stored activities.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0008_web_log")]
public sealed class M0008WebLog : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "web_conversations",
            columns: table => new
            {
                id = table.Column<string>(nullable: false),
                user_index = table.Column<byte[]>(nullable: false),
                user = table.Column<byte[]>(nullable: false),
                last_sequence = table.Column<long>(nullable: false),
                last_stamp = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_web_conversations", row => row.id));
        migrationBuilder.CreateIndex("IX_web_conversations_user_index", "web_conversations", "user_index");

        migrationBuilder.CreateTable(
            name: "web_activities",
            columns: table => new
            {
                conversation_id = table.Column<string>(nullable: false),
                sequence = table.Column<long>(nullable: false),
                activity = table.Column<byte[]>(nullable: false),
                client_key = table.Column<byte[]>(nullable: true),
                outbox_id = table.Column<long>(nullable: true),
                pending = table.Column<int>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_web_activities", row => new { row.conversation_id, row.sequence }));
        migrationBuilder.CreateIndex(
            "IX_web_activities_conversation_id_client_key", "web_activities", ["conversation_id", "client_key"], unique: true);
        migrationBuilder.CreateIndex("IX_web_activities_outbox_id", "web_activities", "outbox_id", unique: true);
        migrationBuilder.CreateIndex("IX_web_activities_pending", "web_activities", "pending", filter: "pending = 1");
        migrationBuilder.CreateIndex("IX_web_activities_at_utc", "web_activities", "at_utc");
    }
}
