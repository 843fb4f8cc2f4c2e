using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>What WhatsApp tells of our messages, how messages found their way past a closed window, and what a month may cost.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0010_whatsapp")]
public sealed class M0010WhatsApp : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "deliveries",
            columns: table => new
            {
                message_key = table.Column<byte[]>(nullable: false),
                outbox_id = table.Column<long>(nullable: true),
                progress = table.Column<int>(nullable: false),
                error_code = table.Column<int>(nullable: true),
                category = table.Column<string>(nullable: true),
                billable = table.Column<bool>(nullable: false),
                cooperative_id = table.Column<int>(nullable: true),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_deliveries", row => row.message_key));
        migrationBuilder.CreateIndex("IX_deliveries_outbox_id", "deliveries", "outbox_id");
        migrationBuilder.CreateIndex("IX_deliveries_at_utc_cooperative_id", "deliveries", ["at_utc", "cooperative_id"]);

        migrationBuilder.CreateTable(
            name: "hand_over_choices",
            columns: table => new
            {
                outbox_id = table.Column<long>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: true),
                choice = table.Column<string>(nullable: false),
                detail = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_hand_over_choices", row => row.outbox_id));
        migrationBuilder.CreateIndex("IX_hand_over_choices_choice_at_utc", "hand_over_choices", ["choice", "at_utc"]);
        migrationBuilder.CreateIndex("IX_hand_over_choices_cooperative_id_at_utc", "hand_over_choices", ["cooperative_id", "at_utc"]);

        migrationBuilder.AddColumn<bool>("window_closed", "channel_addresses", nullable: false, defaultValue: false);

        migrationBuilder.CreateTable(
            name: "message_budgets",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                monthly_rupiah = table.Column<long>(nullable: false),
                changed_by = table.Column<long>(nullable: false),
                changed_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_message_budgets", row => row.cooperative_id));
        migrationBuilder.CreateIndex("IX_outbox_held", "outbox", ["conversation_id", "id"], filter: "status = 7");
    }
}
