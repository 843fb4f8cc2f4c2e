using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The journal in double entry, append-only, with a head a cooperative.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0002_ledger")]
public sealed class M0002Ledger : Migration
{
    private static readonly string[] AppendOnly = ["journal_entries", "journal_lines"];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "journal_entries",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                booked_on = table.Column<DateOnly>(nullable: false),
                kind = table.Column<string>(nullable: false),
                reference = table.Column<string>(nullable: true),
                by_person_id = table.Column<long>(nullable: true),
                reverses = table.Column<int>(nullable: true),
                act_key = table.Column<string>(nullable: false),
                previous_hash = table.Column<byte[]>(nullable: false),
                hash = table.Column<byte[]>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_journal_entries", row => row.id));
        migrationBuilder.CreateIndex(
            "IX_journal_entries_cooperative_id_number", "journal_entries", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex(
            "IX_journal_entries_cooperative_id_reverses", "journal_entries", ["cooperative_id", "reverses"], unique: true);
        migrationBuilder.CreateIndex("IX_journal_entries_act_key", "journal_entries", "act_key", unique: true);

        migrationBuilder.CreateTable(
            name: "journal_lines",
            columns: table => new
            {
                entry_id = table.Column<long>(nullable: false),
                position = table.Column<int>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                account = table.Column<string>(nullable: false),
                member_id = table.Column<long>(nullable: true),
                debit_rupiah = table.Column<long>(nullable: false),
                credit_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_journal_lines", row => new { row.entry_id, row.position });
                table.CheckConstraint(
                    "CK_journal_lines_one_side",
                    "debit_rupiah >= 0 AND credit_rupiah >= 0 AND (debit_rupiah = 0) <> (credit_rupiah = 0)");
                table.ForeignKey(
                    "FK_journal_lines_journal_entries_entry_id", row => row.entry_id, "journal_entries", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(
            "IX_journal_lines_cooperative_id_account_member_id", "journal_lines", ["cooperative_id", "account", "member_id"]);

        migrationBuilder.CreateTable(
            name: "ledger_heads",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                hash = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_ledger_heads", row => row.cooperative_id));
        migrationBuilder.Sql("INSERT INTO ledger_heads (cooperative_id, number) SELECT id, 0 FROM cooperatives;");

        foreach (string table in AppendOnly)
            migrationBuilder.AppendOnly(table);
    }
}
