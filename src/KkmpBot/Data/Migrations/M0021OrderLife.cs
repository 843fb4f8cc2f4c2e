using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>
/// Orders get a pick-up time, a code, a way of paying and parts handed over and returned; sales at the counter are orders too, and their
/// buyer may be nobody we know. SQLite cannot loosen a column, so its tables are written anew.
/// </summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0021_order_life")]
public sealed class M0021OrderLife : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL")
            Alter(migrationBuilder);
        else
            Rebuild(migrationBuilder);
        migrationBuilder.CreateIndex("IX_orders_cooperative_id_closed_utc", "orders", ["cooperative_id", "closed_utc"]);
    }

    private static void Alter(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE orders
                ALTER COLUMN member_id DROP NOT NULL,
                ALTER COLUMN person_id DROP NOT NULL,
                ALTER COLUMN nik_index DROP NOT NULL,
                ADD COLUMN source text NOT NULL DEFAULT 'chat',
                ADD COLUMN tier text NOT NULL DEFAULT 'member',
                ADD COLUMN pickup_day date NULL,
                ADD COLUMN pickup_minute integer NULL,
                ADD COLUMN code text NULL,
                ADD COLUMN payment text NOT NULL DEFAULT 'cash',
                ADD COLUMN paid_rupiah bigint NOT NULL DEFAULT 0,
                ADD COLUMN used_rupiah bigint NOT NULL DEFAULT 0,
                ADD CONSTRAINT "CK_orders_used_rupiah" CHECK (used_rupiah >= 0 AND used_rupiah <= paid_rupiah);
            ALTER TABLE orders
                ALTER COLUMN source DROP DEFAULT, ALTER COLUMN tier DROP DEFAULT, ALTER COLUMN payment DROP DEFAULT,
                ALTER COLUMN paid_rupiah DROP DEFAULT, ALTER COLUMN used_rupiah DROP DEFAULT;
            ALTER TABLE order_lines
                ADD COLUMN handed_milli bigint NOT NULL DEFAULT 0,
                ADD COLUMN returned_milli bigint NOT NULL DEFAULT 0,
                ADD CONSTRAINT "CK_order_lines_handed_milli" CHECK (handed_milli >= 0 AND handed_milli <= quantity_milli),
                ADD CONSTRAINT "CK_order_lines_returned_milli" CHECK (returned_milli >= 0 AND returned_milli <= handed_milli);
            ALTER TABLE order_lines ALTER COLUMN handed_milli DROP DEFAULT, ALTER COLUMN returned_milli DROP DEFAULT;
            UPDATE order_lines SET handed_milli = quantity_milli
                WHERE order_id IN (SELECT id FROM orders WHERE status = 'handed_over');
            """);
    }

    private static void Rebuild(MigrationBuilder migrationBuilder)
    {
        CreateOrders(migrationBuilder);
        CreateLines(migrationBuilder);
        migrationBuilder.Sql(
            """
            INSERT INTO orders_new (id, cooperative_id, member_id, person_id, nik_index, number, status, total_rupiah, changed_utc, placed_utc,
                kept_until_utc, closed_utc, handed_over_by, act_key, source, tier, payment, paid_rupiah, used_rupiah)
            SELECT id, cooperative_id, member_id, person_id, nik_index, number, status, total_rupiah, changed_utc, placed_utc,
                kept_until_utc, closed_utc, handed_over_by, act_key, 'chat', 'member', 'cash', 0, 0 FROM orders;
            INSERT INTO order_lines_new (id, order_id, product_id, quantity_milli, price_rupiah, handed_milli, returned_milli)
            SELECT line.id, order_id, product_id, quantity_milli, price_rupiah,
                CASE WHEN orders.status = 'handed_over' THEN quantity_milli ELSE 0 END, 0
            FROM order_lines AS line JOIN orders ON orders.id = order_id;
            DROP TABLE order_lines;
            DROP TABLE orders;
            """);
        migrationBuilder.RenameTable("orders_new", newName: "orders");
        migrationBuilder.RenameTable("order_lines_new", newName: "order_lines");
        migrationBuilder.CreateIndex("IX_orders_person_id_draft", "orders", "person_id", unique: true, filter: "status = 'draft'");
        migrationBuilder.CreateIndex("IX_orders_person_id_placed_utc", "orders", ["person_id", "placed_utc"]);
        migrationBuilder.CreateIndex("IX_orders_cooperative_id_number", "orders", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex("IX_orders_cooperative_id_status", "orders", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_orders_nik_index_placed_utc", "orders", ["nik_index", "placed_utc"]);
        migrationBuilder.CreateIndex("IX_orders_act_key", "orders", "act_key", unique: true);
        migrationBuilder.CreateIndex("IX_order_lines_order_id_product_id", "order_lines", ["order_id", "product_id"], unique: true);
        migrationBuilder.CreateIndex("IX_order_lines_product_id", "order_lines", "product_id");
    }

    private static void CreateOrders(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "orders_new",
        columns: table => new
        {
            id = table.Identity(),
            cooperative_id = table.Column<int>(nullable: false),
            member_id = table.Column<long>(nullable: true),
            person_id = table.Column<long>(nullable: true),
            nik_index = table.Column<byte[]>(nullable: true),
            source = table.Column<string>(nullable: false),
            tier = table.Column<string>(nullable: false),
            number = table.Column<int>(nullable: true),
            status = table.Column<string>(nullable: false),
            total_rupiah = table.Column<long>(nullable: false),
            payment = table.Column<string>(nullable: false),
            paid_rupiah = table.Column<long>(nullable: false),
            used_rupiah = table.Column<long>(nullable: false),
            pickup_day = table.Column<DateOnly>(nullable: true),
            pickup_minute = table.Column<int>(nullable: true),
            code = table.Column<string>(nullable: true),
            changed_utc = table.Column<DateTime>(nullable: false),
            placed_utc = table.Column<DateTime>(nullable: true),
            kept_until_utc = table.Column<DateTime>(nullable: true),
            closed_utc = table.Column<DateTime>(nullable: true),
            handed_over_by = table.Column<long>(nullable: true),
            act_key = table.Column<string>(nullable: true),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_orders", row => row.id);
            table.CheckConstraint("CK_orders_used_rupiah", "used_rupiah >= 0 AND used_rupiah <= paid_rupiah");
        });

    private static void CreateLines(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "order_lines_new",
        columns: table => new
        {
            id = table.Identity(),
            order_id = table.Column<long>(nullable: false),
            product_id = table.Column<long>(nullable: false),
            quantity_milli = table.Column<long>(nullable: false),
            price_rupiah = table.Column<long>(nullable: false),
            handed_milli = table.Column<long>(nullable: false),
            returned_milli = table.Column<long>(nullable: false),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_order_lines", row => row.id);
            table.CheckConstraint("CK_order_lines_quantity_milli", "quantity_milli > 0");
            table.CheckConstraint("CK_order_lines_handed_milli", "handed_milli >= 0 AND handed_milli <= quantity_milli");
            table.CheckConstraint("CK_order_lines_returned_milli", "returned_milli >= 0 AND returned_milli <= handed_milli");
            table.ForeignKey(
                "FK_order_lines_orders_order_id", row => row.order_id, "orders_new", "id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey(
                "FK_order_lines_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
        });
}
