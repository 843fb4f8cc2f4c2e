using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Partners, their goods on consignment, and what they are owed.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0062_partners")]
public sealed class M0062Partners : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "partners",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                kind = table.Column<string>(nullable: false),
                name = table.Column<byte[]>(nullable: false),
                member_id = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_partners", row => row.id));
        migrationBuilder.CreateIndex("IX_partners_cooperative_id", "partners", "cooperative_id");
        migrationBuilder.CreateIndex("IX_partners_member_id", "partners", "member_id", unique: true);
        CreateConsignments(migrationBuilder);
        CreateEntries(migrationBuilder);
    }

    private static void CreateConsignments(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "consignments",
            columns: table => new
            {
                id = table.Identity(),
                partner_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                name = table.Column<string>(nullable: false),
                unit = table.Column<string>(nullable: false),
                price_rupiah = table.Column<long>(nullable: false),
                percent = table.Column<int>(nullable: false),
                status = table.Column<string>(nullable: false),
                product_id = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_consignments", row => row.id);
                table.CheckConstraint("CK_consignments_price_rupiah", "price_rupiah > 0");
                table.CheckConstraint("CK_consignments_percent", "percent >= 0 AND percent <= 50");
                table.ForeignKey("FK_consignments_partners_partner_id", row => row.partner_id, "partners", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_consignments_partner_id", "consignments", "partner_id");
        migrationBuilder.CreateIndex("IX_consignments_cooperative_id_status", "consignments", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_consignments_product_id", "consignments", "product_id", unique: true);
    }

    private static void CreateEntries(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "partner_entries",
            columns: table => new
            {
                id = table.Identity(),
                partner_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(nullable: false),
                consignment_id = table.Column<long>(nullable: true),
                milli = table.Column<long>(nullable: false),
                entry_number = table.Column<int>(nullable: true),
                price_rupiah = table.Column<long>(nullable: false),
                commission_rupiah = table.Column<long>(nullable: false),
                share_rupiah = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_partner_entries", row => row.id);
                table.ForeignKey("FK_partner_entries_partners_partner_id", row => row.partner_id, "partners", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_partner_entries_partner_id_id", "partner_entries", ["partner_id", "id"]);
    }
}
