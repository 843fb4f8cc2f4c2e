using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Price alerts, the jobs that prices leave for them, and who was told of what on which day.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0040_alerts")]
public sealed class M0040Alerts : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "price_events",
            columns: table => new
            {
                id = table.Identity(),
                subject = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_price_events", row => row.id));
        migrationBuilder.CreateTable(
            name: "alerts",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                subject = table.Column<string>(nullable: false),
                goods = table.Column<string>(nullable: false),
                product_id = table.Column<long>(nullable: true),
                market = table.Column<string>(nullable: true),
                kind = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                percent = table.Column<int>(nullable: true),
                reference_rupiah = table.Column<long>(nullable: false),
                fires_at_most = table.Column<long>(nullable: true),
                fires_at_least = table.Column<long>(nullable: true),
                state = table.Column<int>(nullable: false),
                due_utc = table.Column<DateTime>(nullable: true),
                was_rupiah = table.Column<long>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_alerts", row => row.id));
        migrationBuilder.CreateIndex("IX_alerts_person_id", "alerts", "person_id");
        migrationBuilder.CreateIndex("IX_alerts_due", "alerts", "person_id", filter: "due_utc IS NOT NULL");
        migrationBuilder.CreateIndex("IX_alerts_subject_state_fires_at_most", "alerts", ["subject", "state", "fires_at_most"]);
        migrationBuilder.CreateIndex("IX_alerts_subject_state_fires_at_least", "alerts", ["subject", "state", "fires_at_least"]);
        migrationBuilder.CreateTable(
            name: "alert_days",
            columns: table => new
            {
                person_id = table.Column<long>(nullable: false),
                goods = table.Column<string>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_alert_days", row => new { row.person_id, row.goods, row.day }));
    }
}
