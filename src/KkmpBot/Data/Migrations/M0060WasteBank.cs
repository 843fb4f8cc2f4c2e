using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The waste bank: price lists, deposits with their materials, sales to dealers, volunteers.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0060_waste_bank")]
public sealed class M0060WasteBank : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateDeposits(migrationBuilder);
        migrationBuilder.CreateTable(
            name: "waste_prices",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                material = table.Column<string>(nullable: false),
                from_day = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_waste_prices", row => new { row.cooperative_id, row.material, row.from_day });
                table.CheckConstraint("CK_waste_prices_rupiah", "rupiah > 0");
            });
        migrationBuilder.CreateTable(
            name: "waste_sales",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                material = table.Column<string>(nullable: false),
                tenths = table.Column<long>(nullable: false),
                cost_rupiah = table.Column<long>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                sold_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_waste_sales", row => row.id);
                table.CheckConstraint("CK_waste_sales_tenths", "tenths > 0");
            });
        migrationBuilder.CreateIndex("IX_waste_sales_cooperative_id_material", "waste_sales", ["cooperative_id", "material"]);
        migrationBuilder.CreateTable(
            name: "waste_volunteers",
            columns: table => new
            {
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_waste_volunteers", row => row.person_id));
    }

    private static void CreateDeposits(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "waste_deposits",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                weighed_on = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                weighed_by = table.Column<long>(nullable: false),
                booked_utc = table.Column<DateTime>(nullable: false),
                slip_key = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_waste_deposits", row => row.id));
        migrationBuilder.CreateIndex("IX_waste_deposits_slip_key", "waste_deposits", "slip_key", unique: true);
        migrationBuilder.CreateIndex("IX_waste_deposits_member_id_id", "waste_deposits", ["member_id", "id"]);
        migrationBuilder.CreateIndex("IX_waste_deposits_cooperative_id_weighed_on", "waste_deposits", ["cooperative_id", "weighed_on"]);
        migrationBuilder.CreateTable(
            name: "waste_lines",
            columns: table => new
            {
                deposit_id = table.Column<long>(nullable: false),
                material = table.Column<string>(nullable: false),
                tenths = table.Column<long>(nullable: false),
                price_rupiah = table.Column<long>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_waste_lines", row => new { row.deposit_id, row.material });
                table.CheckConstraint("CK_waste_lines_tenths", "tenths > 0");
                table.ForeignKey(
                    "FK_waste_lines_waste_deposits_deposit_id", row => row.deposit_id, "waste_deposits", "id", onDelete: ReferentialAction.Restrict);
            });
    }
}
