using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>What people of one cooperative follow is counted without reading everybody's alerts.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0051_followed_prices")]
public sealed class M0051FollowedPrices : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_alerts_cooperative_id_subject", "alerts", ["cooperative_id", "subject"]);
}
