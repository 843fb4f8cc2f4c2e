using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>What waits is looked up by address: messages keep their order there, even when the address passes to another conversation.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0072_outbox_by_address")]
public sealed class M0072OutboxByAddress : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_outbox_conversation_id", "outbox");
        migrationBuilder.CreateIndex("IX_outbox_address_id_leased_by", "outbox", ["address_id", "leased_by"], filter: "status = 0 AND kind < 2");
    }
}
