using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The articles' rules with their days, claims of payment, withdrawals by two people, and members who leave.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0013_savings")]
public sealed class M0013Savings : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "article_rules",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                name = table.Column<string>(nullable: false),
                from_day = table.Column<DateOnly>(nullable: false),
                value = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_article_rules", row => new { row.cooperative_id, row.name, row.from_day }));
        CreateClaims(migrationBuilder);
        CreateWithdrawals(migrationBuilder);
        CreateDepartures(migrationBuilder);
    }

    private static void CreateClaims(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "deposit_claims",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                months = table.Column<int>(nullable: false),
                first_month = table.Column<DateOnly>(nullable: true),
                via = table.Column<string>(nullable: false),
                status = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                decided_utc = table.Column<DateTime>(nullable: true),
                decided_by = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_deposit_claims", row => row.id));
        migrationBuilder.CreateIndex("IX_deposit_claims_member_id", "deposit_claims", "member_id", unique: true, filter: "status = 'waiting'");
        migrationBuilder.CreateIndex("IX_deposit_claims_cooperative_id_status", "deposit_claims", ["cooperative_id", "status"]);
    }

    private static void CreateWithdrawals(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "withdrawals",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                kind = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                status = table.Column<string>(nullable: false),
                prepared_by = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                decided_by = table.Column<long>(nullable: true),
                decided_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_withdrawals", row => row.id);
                table.CheckConstraint("CK_withdrawals_two_people", "decided_by IS NULL OR decided_by <> prepared_by");
            });
        migrationBuilder.CreateIndex("IX_withdrawals_member_id", "withdrawals", "member_id", unique: true, filter: "status = 'waiting'");
        migrationBuilder.CreateIndex("IX_withdrawals_cooperative_id_status", "withdrawals", ["cooperative_id", "status"]);
    }

    private static void CreateDepartures(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "departures",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                reason = table.Column<string>(nullable: false),
                moves_to = table.Column<int>(nullable: true),
                heir = table.Column<byte[]>(nullable: true),
                status = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                settled_utc = table.Column<DateTime>(nullable: true),
                settled_by = table.Column<long>(nullable: true),
                entry_number = table.Column<int>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_departures", row => row.id));
        migrationBuilder.CreateIndex("IX_departures_member_id", "departures", "member_id", unique: true, filter: "status = 'waiting'");
        migrationBuilder.CreateIndex("IX_departures_cooperative_id_status", "departures", ["cooperative_id", "status"]);
    }
}
