using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Who holds a message, whose bulk it is, and dead letters of deliveries.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0009_delivery")]
public sealed class M0009Delivery : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>(name: "cooperative_id", table: "outbox", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<long>(name: "leased_by", table: "outbox", nullable: false, defaultValue: 0L);
        migrationBuilder.AddColumn<long>(name: "outbox_id", table: "dead_letters", nullable: true);
        migrationBuilder.DropIndex("IX_outbox_leased_until_utc_id", "outbox");
        migrationBuilder.CreateIndex(
            "IX_outbox_channel_leased_until_utc_id", "outbox", ["channel", "leased_until_utc", "id"], filter: "status = 0 AND kind < 2");
        migrationBuilder.CreateIndex(
            "IX_outbox_channel_cooperative_id_id", "outbox", ["channel", "cooperative_id", "id"], filter: "status = 0 AND kind = 2");
        migrationBuilder.CreateIndex("IX_outbox_leased_until_utc", "outbox", "leased_until_utc", filter: "status = 5");
    }
}
