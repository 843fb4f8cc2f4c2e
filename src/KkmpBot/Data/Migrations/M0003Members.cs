using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Consents, the audit log, and what the cooperatives ask as savings from when.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0003_members")]
public sealed class M0003Members : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "consents",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                purpose = table.Column<string>(nullable: false),
                text_version = table.Column<string>(nullable: false),
                given = table.Column<bool>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                channel = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_consents", row => row.id));
        migrationBuilder.CreateIndex("IX_consents_person_id_purpose", "consents", ["person_id", "purpose"]);

        CreateAuditLog(migrationBuilder);
        CreateSavingsRates(migrationBuilder);
    }

    private static void CreateAuditLog(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "audit_log",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                by_person_id = table.Column<long>(nullable: false),
                act = table.Column<string>(nullable: false),
                subject = table.Column<string>(nullable: false),
                previous_hash = table.Column<byte[]>(nullable: false),
                hash = table.Column<byte[]>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_audit_log", row => row.id));
        migrationBuilder.CreateIndex("IX_audit_log_cooperative_id_number", "audit_log", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex("IX_audit_log_subject", "audit_log", "subject");

        migrationBuilder.CreateTable(
            name: "audit_heads",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                hash = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_audit_heads", row => row.cooperative_id));
        migrationBuilder.Sql("INSERT INTO audit_heads (cooperative_id, number) SELECT id, 0 FROM cooperatives;");
        migrationBuilder.AppendOnly("audit_log");
    }

    // Rp100.000 and Rp10.000 a month are what most cooperatives of the programme chose; each meeting sets its own from a day on.
    private static void CreateSavingsRates(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "savings_rates",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                kind = table.Column<string>(nullable: false),
                from_day = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_savings_rates", row => new { row.cooperative_id, row.kind, row.from_day }));
        migrationBuilder.Sql(
            "INSERT INTO savings_rates (cooperative_id, kind, from_day, rupiah) SELECT id, 'pokok', '2025-07-01', 100000 FROM cooperatives;");
        migrationBuilder.Sql(
            "INSERT INTO savings_rates (cooperative_id, kind, from_day, rupiah) SELECT id, 'wajib', '2025-07-01', 10000 FROM cooperatives;");
    }
}
