using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Price tiers, suppliers' kinds, batches with expiry, pictures, and the queue for what is sold out.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0020_shelf")]
public sealed class M0020Shelf : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("supplier_kind", "products", nullable: true);
        migrationBuilder.AddColumn<long>("low_milli", "products", nullable: true);
        migrationBuilder.AddColumn<bool>("tracks_expiry", "products", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>("tier", "prices", nullable: false, defaultValue: "member");
        CreateBatches(migrationBuilder);
        CreatePictures(migrationBuilder);
        CreateQueue(migrationBuilder);
    }

    private static void CreateBatches(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "stock_batches",
            columns: table => new
            {
                id = table.Identity(),
                product_id = table.Column<long>(nullable: false),
                expires_on = table.Column<DateOnly>(nullable: true),
                left_milli = table.Column<long>(nullable: false),
                received_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_stock_batches", row => row.id);
                table.CheckConstraint("CK_stock_batches_left_milli", "left_milli >= 0");
                table.ForeignKey(
                    "FK_stock_batches_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_stock_batches_product_id_expires_on", "stock_batches", ["product_id", "expires_on"]);
    }

    private static void CreatePictures(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "product_pictures",
        columns: table => new
        {
            product_id = table.Column<long>(nullable: false),
            mime_type = table.Column<string>(nullable: false),
            bytes = table.Column<byte[]>(nullable: false),
            set_utc = table.Column<DateTime>(nullable: false),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_product_pictures", row => row.product_id);
            table.ForeignKey(
                "FK_product_pictures_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
        });

    private static void CreateQueue(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "stock_waits",
            columns: table => new
            {
                id = table.Identity(),
                product_id = table.Column<long>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                wanted_milli = table.Column<long>(nullable: false),
                offered_milli = table.Column<long>(nullable: false),
                status = table.Column<string>(nullable: false),
                asked_utc = table.Column<DateTime>(nullable: false),
                offered_until_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_stock_waits", row => row.id);
                table.CheckConstraint("CK_stock_waits_offered_milli", "offered_milli >= 0");
                table.ForeignKey(
                    "FK_stock_waits_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_stock_waits_product_id_status", "stock_waits", ["product_id", "status"]);
        migrationBuilder.CreateIndex(
            "IX_stock_waits_person_id_product_id",
            "stock_waits",
            ["person_id", "product_id"],
            unique: true,
            filter: "status IN ('waiting', 'offered')");
    }
}
