using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The counter: opening hours, holidays, pick-up times, QRIS payments, orders for one's household, and stock counts.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0022_counter")]
public sealed class M0022Counter : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateHours(migrationBuilder);
        CreatePayments(migrationBuilder);
        CreateHousehold(migrationBuilder);
        CreateCounts(migrationBuilder);
        // The holidays of the state that fall on the same day every year; the others are announced each year and entered then.
        migrationBuilder.Sql(
            """
            INSERT INTO closed_days (cooperative_id, day, name) VALUES
            (NULL, '2026-12-25', 'Hari Natal'), (NULL, '2027-01-01', 'Tahun Baru'), (NULL, '2027-05-01', 'Hari Buruh'),
            (NULL, '2027-06-01', 'Hari Lahir Pancasila'), (NULL, '2027-08-17', 'Hari Kemerdekaan'), (NULL, '2027-12-25', 'Hari Natal')
            """);
    }

    private static void CreateHours(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "opening_hours",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                weekday = table.Column<int>(nullable: false),
                opens_minute = table.Column<int>(nullable: false),
                closes_minute = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_opening_hours", row => new { row.cooperative_id, row.weekday });
                table.CheckConstraint("CK_opening_hours_closes_minute", "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440");
            });
        migrationBuilder.CreateTable(
            name: "closed_days",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: true),
                day = table.Column<DateOnly>(nullable: false),
                name = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_closed_days", row => row.id));
        migrationBuilder.CreateIndex("IX_closed_days_day", "closed_days", "day");
        migrationBuilder.CreateTable(
            name: "pickup_plans",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                slot_minutes = table.Column<int>(nullable: false),
                capacity = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_pickup_plans", row => row.cooperative_id);
                table.CheckConstraint("CK_pickup_plans_capacity", "slot_minutes > 0 AND capacity > 0");
            });
        migrationBuilder.CreateTable(
            name: "pickup_slots",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                minute = table.Column<int>(nullable: false),
                taken = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_pickup_slots", row => new { row.cooperative_id, row.day, row.minute });
                table.CheckConstraint("CK_pickup_slots_taken", "taken >= 0");
            });
    }

    private static void CreatePayments(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "qris_codes",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                payload = table.Column<string>(nullable: false),
                set_by = table.Column<long>(nullable: true),
                set_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_qris_codes", row => row.cooperative_id));
        migrationBuilder.CreateTable(
            name: "payments",
            columns: table => new
            {
                id = table.Identity(),
                order_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                reference = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                status = table.Column<string>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                settled_utc = table.Column<DateTime>(nullable: true),
                settled_by = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_payments", row => row.id);
                table.CheckConstraint("CK_payments_rupiah", "rupiah > 0");
                table.ForeignKey("FK_payments_orders_order_id", row => row.order_id, "orders", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_payments_order_id", "payments", "order_id", unique: true);
        migrationBuilder.CreateIndex("IX_payments_reference", "payments", "reference", unique: true);
        migrationBuilder.CreateIndex("IX_payments_cooperative_id_status", "payments", ["cooperative_id", "status"]);
        migrationBuilder.CreateTable(
            name: "provider_payments",
            columns: table => new
            {
                transaction_id = table.Column<string>(nullable: false),
                reference = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                received_utc = table.Column<DateTime>(nullable: false),
                result = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_provider_payments", row => row.transaction_id));
    }

    private static void CreateHousehold(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "household_links",
            columns: table => new
            {
                id = table.Identity(),
                member_id = table.Column<long>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                status = table.Column<string>(nullable: false),
                asked_utc = table.Column<DateTime>(nullable: false),
                decided_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_household_links", row => row.id);
                table.ForeignKey("FK_household_links_members_member_id", row => row.member_id, "members", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_household_links_member_id_person_id", "household_links", ["member_id", "person_id"], unique: true);
        migrationBuilder.CreateIndex("IX_household_links_person_id", "household_links", "person_id");
    }

    private static void CreateCounts(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "stock_counts",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                started_utc = table.Column<DateTime>(nullable: false),
                closed_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_stock_counts", row => row.id));
        migrationBuilder.CreateIndex(
            "IX_stock_counts_cooperative_id", "stock_counts", "cooperative_id", unique: true, filter: "closed_utc IS NULL");
        migrationBuilder.CreateTable(
            name: "stock_count_lines",
            columns: table => new
            {
                id = table.Identity(),
                count_id = table.Column<long>(nullable: false),
                product_id = table.Column<long>(nullable: false),
                counted_milli = table.Column<long>(nullable: false),
                book_milli = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_stock_count_lines", row => row.id);
                table.ForeignKey(
                    "FK_stock_count_lines_stock_counts_count_id", row => row.count_id, "stock_counts", "id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    "FK_stock_count_lines_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_stock_count_lines_count_id_product_id", "stock_count_lines", ["count_id", "product_id"], unique: true);
        migrationBuilder.CreateIndex("IX_stock_count_lines_product_id", "stock_count_lines", "product_id");
    }
}
