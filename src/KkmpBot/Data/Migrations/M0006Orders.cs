using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Orders with their lines, and the numbers that cooperatives give out.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0006_orders")]
public sealed class M0006Orders : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateOrders(migrationBuilder);
        CreateLines(migrationBuilder);

        migrationBuilder.CreateTable(
            name: "running_numbers",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                thing = table.Column<string>(nullable: false),
                last = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_running_numbers", row => new { row.cooperative_id, row.thing }));
    }

    private static void CreateOrders(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "orders",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                nik_index = table.Column<byte[]>(nullable: false),
                number = table.Column<int>(nullable: true),
                status = table.Column<string>(nullable: false),
                total_rupiah = table.Column<long>(nullable: false),
                changed_utc = table.Column<DateTime>(nullable: false),
                placed_utc = table.Column<DateTime>(nullable: true),
                kept_until_utc = table.Column<DateTime>(nullable: true),
                closed_utc = table.Column<DateTime>(nullable: true),
                handed_over_by = table.Column<long>(nullable: true),
                act_key = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_orders", row => row.id));
        migrationBuilder.CreateIndex("IX_orders_person_id_draft", "orders", "person_id", unique: true, filter: "status = 'draft'");
        migrationBuilder.CreateIndex("IX_orders_person_id_placed_utc", "orders", ["person_id", "placed_utc"]);
        migrationBuilder.CreateIndex("IX_orders_cooperative_id_number", "orders", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex("IX_orders_cooperative_id_status", "orders", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_orders_nik_index_placed_utc", "orders", ["nik_index", "placed_utc"]);
        migrationBuilder.CreateIndex("IX_orders_act_key", "orders", "act_key", unique: true);
    }

    private static void CreateLines(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "order_lines",
            columns: table => new
            {
                id = table.Identity(),
                order_id = table.Column<long>(nullable: false),
                product_id = table.Column<long>(nullable: false),
                quantity_milli = table.Column<long>(nullable: false),
                price_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_order_lines", row => row.id);
                table.CheckConstraint("CK_order_lines_quantity_milli", "quantity_milli > 0");
                table.ForeignKey(
                    "FK_order_lines_orders_order_id", row => row.order_id, "orders", "id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    "FK_order_lines_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_order_lines_order_id_product_id", "order_lines", ["order_id", "product_id"], unique: true);
        migrationBuilder.CreateIndex("IX_order_lines_product_id", "order_lines", "product_id");
    }
}
