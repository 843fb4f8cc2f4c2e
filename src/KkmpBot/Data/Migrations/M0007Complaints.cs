using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Complaints, and people who wait for an officer.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0007_complaints")]
public sealed class M0007Complaints : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "complaints",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                category = table.Column<string>(nullable: false),
                text = table.Column<byte[]>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                answer = table.Column<byte[]>(nullable: true),
                answered_utc = table.Column<DateTime>(nullable: true),
                answered_by = table.Column<long>(nullable: true),
                act_key = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_complaints", row => row.id));
        migrationBuilder.CreateIndex("IX_complaints_cooperative_id_number", "complaints", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex("IX_complaints_cooperative_id_answered_utc", "complaints", ["cooperative_id", "answered_utc"]);
        migrationBuilder.CreateIndex("IX_complaints_person_id", "complaints", "person_id");
        migrationBuilder.CreateIndex("IX_complaints_act_key", "complaints", "act_key", unique: true);

        migrationBuilder.CreateTable(
            name: "handovers",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                about = table.Column<byte[]>(nullable: false),
                asked_utc = table.Column<DateTime>(nullable: false),
                answer = table.Column<byte[]>(nullable: true),
                closed_utc = table.Column<DateTime>(nullable: true),
                closed_by = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_handovers", row => row.id));
        migrationBuilder.CreateIndex("IX_handovers_person_id", "handovers", "person_id", unique: true, filter: "closed_utc IS NULL");
        migrationBuilder.CreateIndex("IX_handovers_cooperative_id_closed_utc", "handovers", ["cooperative_id", "closed_utc"]);
    }
}
