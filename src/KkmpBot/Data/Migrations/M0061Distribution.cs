using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Goods from the city's distribution: its prices, and deliveries from the request to the shelf.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0061_distribution")]
public sealed class M0061Distribution : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "distribution_prices",
            columns: table => new
            {
                goods = table.Column<string>(nullable: false),
                from_day = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_distribution_prices", row => new { row.goods, row.from_day });
                table.CheckConstraint("CK_distribution_prices_rupiah", "rupiah > 0");
            });
        CreateDeliveries(migrationBuilder);
    }

    private static void CreateDeliveries(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "deliveries_of_city",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: true),
                status = table.Column<string>(nullable: false),
                buffer_days = table.Column<int>(nullable: false),
                asked_by = table.Column<long>(nullable: false),
                asked_utc = table.Column<DateTime>(nullable: false),
                decided_by = table.Column<long>(nullable: true),
                decided_utc = table.Column<DateTime>(nullable: true),
                reason = table.Column<byte[]>(nullable: true),
                sent_utc = table.Column<DateTime>(nullable: true),
                received_utc = table.Column<DateTime>(nullable: true),
                owed_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_deliveries_of_city", row => row.id));
        migrationBuilder.CreateIndex(
            "IX_deliveries_of_city_cooperative_id_draft", "deliveries_of_city", "cooperative_id", unique: true, filter: "status = 'draft'");
        migrationBuilder.CreateIndex("IX_deliveries_of_city_cooperative_id_status", "deliveries_of_city", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_deliveries_of_city_status", "deliveries_of_city", "status");
        migrationBuilder.CreateTable(
            name: "delivery_lines",
            columns: table => new
            {
                delivery_id = table.Column<long>(nullable: false),
                product_id = table.Column<long>(nullable: false),
                asked_milli = table.Column<long>(nullable: false),
                granted_milli = table.Column<long>(nullable: false),
                arrived_milli = table.Column<long>(nullable: false),
                damaged_milli = table.Column<long>(nullable: false),
                unit_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_delivery_lines", row => new { row.delivery_id, row.product_id });
                table.CheckConstraint("CK_delivery_lines_granted_milli", "granted_milli >= 0 AND granted_milli <= asked_milli");
                table.CheckConstraint("CK_delivery_lines_damaged_milli", "damaged_milli >= 0 AND damaged_milli <= arrived_milli");
                table.ForeignKey(
                    "FK_delivery_lines_deliveries_of_city_delivery_id", row => row.delivery_id, "deliveries_of_city", "id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_delivery_lines_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_delivery_lines_product_id", "delivery_lines", "product_id");
    }
}
