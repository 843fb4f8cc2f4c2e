using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The index of the accounts holds the amounts too: a balance of many years is summed without reading the lines.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0079_balance_index")]
public sealed class M0079BalanceIndex : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(
            "IX_journal_lines_balances", "journal_lines", ["cooperative_id", "account", "member_id", "debit_rupiah", "credit_rupiah"]);
        migrationBuilder.DropIndex("IX_journal_lines_cooperative_id_account_member_id", "journal_lines");
    }
}
