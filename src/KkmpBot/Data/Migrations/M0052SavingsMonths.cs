using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>What each month moved in the savings accounts, summed up from the journal once and kept by whoever books from here on.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0052_savings_months")]
public sealed class M0052SavingsMonths : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "savings_months",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                account = table.Column<string>(nullable: false),
                month = table.Column<DateOnly>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_savings_months", row => new { row.cooperative_id, row.account, row.month }));
        var month = ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL" ? "date_trunc('month', entry.booked_on)::date" : "substr(entry.booked_on, 1, 7) || '-01'";
        // Pokok, wajib and sukarela by the codes they had when this was written.
        migrationBuilder.Sql(
            $"""
             INSERT INTO savings_months (cooperative_id, account, month, rupiah)
             SELECT line.cooperative_id, line.account, {month}, CAST(SUM(line.credit_rupiah - line.debit_rupiah) AS BIGINT)
             FROM journal_lines line JOIN journal_entries entry ON entry.id = line.entry_id
             WHERE line.account IN ('2102', '3101', '3102')
             GROUP BY 1, 2, 3
             """);
    }
}
