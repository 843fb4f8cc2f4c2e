using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The catalogue, the stock book, prices, and the rules of the state about goods.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0005_goods")]
public sealed class M0005Goods : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateCatalog(migrationBuilder);
        CreateStock(migrationBuilder);
        CreatePrices(migrationBuilder);
        CreateRules(migrationBuilder);
        InsertRules(migrationBuilder);
    }

    private static void CreateCatalog(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "products",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                goods = table.Column<string>(nullable: false),
                name = table.Column<string>(nullable: false),
                unit = table.Column<string>(nullable: false),
                step_milli = table.Column<long>(nullable: false),
                base_unit = table.Column<string>(nullable: false),
                base_milli = table.Column<long>(nullable: false),
                supplier = table.Column<string>(nullable: true),
                active = table.Column<bool>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_products", row => row.id);
                table.CheckConstraint("CK_products_step_milli", "step_milli > 0");
                table.CheckConstraint("CK_products_base_milli", "base_milli > 0");
            });
        migrationBuilder.CreateIndex("IX_products_cooperative_id_name", "products", ["cooperative_id", "name"], unique: true);
    }

    private static void CreateStock(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "stock_levels",
            columns: table => new
            {
                product_id = table.Column<long>(nullable: false),
                on_hand_milli = table.Column<long>(nullable: false),
                reserved_milli = table.Column<long>(nullable: false),
                value_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_stock_levels", row => row.product_id);
                table.CheckConstraint("CK_stock_levels_on_hand_milli", "on_hand_milli >= 0");
                table.CheckConstraint("CK_stock_levels_reserved_milli", "reserved_milli >= 0 AND reserved_milli <= on_hand_milli");
                table.CheckConstraint("CK_stock_levels_value_rupiah", "value_rupiah >= 0");
                table.ForeignKey(
                    "FK_stock_levels_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "stock_movements",
            columns: table => new
            {
                id = table.Identity(),
                product_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(nullable: false),
                quantity_milli = table.Column<long>(nullable: false),
                value_rupiah = table.Column<long>(nullable: false),
                order_id = table.Column<long>(nullable: true),
                person_id = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                act_key = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_stock_movements", row => row.id);
                table.ForeignKey(
                    "FK_stock_movements_products_product_id",
                    row => row.product_id,
                    "products",
                    "id",
                    onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_stock_movements_product_id_at_utc", "stock_movements", ["product_id", "at_utc"]);
        migrationBuilder.CreateIndex("IX_stock_movements_order_id", "stock_movements", "order_id");
        migrationBuilder.CreateIndex("IX_stock_movements_act_key", "stock_movements", "act_key", unique: true);
    }

    private static void CreatePrices(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "prices",
            columns: table => new
            {
                id = table.Identity(),
                product_id = table.Column<long>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                from_utc = table.Column<DateTime>(nullable: false),
                source = table.Column<string>(nullable: false),
                set_by = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_prices", row => row.id);
                table.CheckConstraint("CK_prices_rupiah", "rupiah > 0");
                table.ForeignKey(
                    "FK_prices_products_product_id", row => row.product_id, "products", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_prices_product_id_from_utc", "prices", ["product_id", "from_utc"]);

        migrationBuilder.CreateTable(
            name: "market_prices",
            columns: table => new
            {
                id = table.Identity(),
                goods = table.Column<string>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                market = table.Column<string>(nullable: false),
                source = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_market_prices", row => row.id));
        migrationBuilder.CreateIndex("IX_market_prices_goods_market_day", "market_prices", ["goods", "market", "day"], unique: true);
    }

    private static void CreateRules(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "goods_rules",
            columns: table => new
            {
                id = table.Identity(),
                goods = table.Column<string>(nullable: false),
                kind = table.Column<string>(nullable: false),
                amount = table.Column<long>(nullable: false),
                period = table.Column<string>(nullable: true),
                from_day = table.Column<DateOnly>(nullable: false),
                until_day = table.Column<DateOnly>(nullable: true),
                source = table.Column<string>(nullable: false),
                words = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_goods_rules", row => row.id));
        migrationBuilder.CreateIndex("IX_goods_rules_goods_kind", "goods_rules", ["goods", "kind"]);
    }

    // What was known in November 2026. A change of the law is a new row with a later first day, and a last day on the old one. Where a
    // rule's own first day is not established, the first day is the day from which the cooperatives apply it.
    private static void InsertRules(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        INSERT INTO goods_rules (goods, kind, amount, period, from_day, source, words) VALUES
        ('beras_sphp', 'ceiling', 12500, NULL, '2026-01-21',
         'Bapanas dan Bulog, harga SPHP zona 1', 'Beras SPHP paling mahal Rp12.500 per kg di Jawa.'),
        ('beras_sphp', 'limit', 25000, 'day', '2026-01-21',
         'Bapanas dan Bulog, Januari 2026', 'Beras SPHP paling banyak 25 kg (5 pak) per orang, dan tidak untuk dijual lagi.'),
        ('beras_medium', 'ceiling', 13500, NULL, '2025-08-22',
         'Kepka Bapanas 299/2025', 'Beras medium paling mahal Rp13.500 per kg di Jawa.'),
        ('beras_premium', 'ceiling', 14900, NULL, '2025-08-22',
         'Kepka Bapanas 299/2025', 'Beras premium paling mahal Rp14.900 per kg di Jawa.'),
        ('minyakita', 'ceiling', 15700, NULL, '2025-12-01',
         'Permendag 43/2025', 'Minyakita paling mahal Rp15.700 per liter.'),
        ('minyakita', 'limit', 2000, 'day', '2023-02-06',
         'SE Kemendag 3/2023', 'Minyakita paling banyak 2 liter per orang per hari.'),
        ('minyakita', 'no_bundling', 0, NULL, '2023-02-06',
         'SE Kemendag 3/2023', 'Minyakita dijual satuan, tidak dipaketkan. Diambil dan dibayar di gerai.'),
        ('lpg3', 'ceiling', 18000, NULL, '2024-12-01',
         'Kepgub Jawa Tengah 540/20/2024', 'LPG 3 kg paling mahal Rp18.000 per tabung di pangkalan.'),
        ('lpg3', 'not_for_civil_servants', 0, NULL, '2022-08-01',
         'SE Dirjen Migas B-2461/2022', 'LPG 3 kg bersubsidi tidak boleh dibeli ASN (PNS dan PPPK).'),
        ('gula', 'reference', 17500, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan gula Rp17.500 per kg.'),
        ('telur', 'reference', 30000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan telur ayam Rp30.000 per kg.'),
        ('ayam', 'reference', 40000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan daging ayam Rp40.000 per kg.'),
        ('daging_sapi', 'reference', 140000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan daging sapi Rp140.000 per kg.'),
        ('bawang_merah', 'reference', 41500, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan bawang merah Rp36.500-41.500 per kg.'),
        ('bawang_putih', 'reference', 40000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan bawang putih Rp38.000-40.000 per kg.'),
        ('cabai_rawit', 'reference', 57000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan cabai rawit Rp40.000-57.000 per kg.'),
        ('cabai_keriting', 'reference', 55000, NULL, '2025-01-01',
         'Harga acuan Bapanas', 'Harga acuan cabai keriting Rp37.000-55.000 per kg.');
        """);
}
