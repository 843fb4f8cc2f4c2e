using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Requests of people to have their data put right.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0070_privacy")]
public sealed class M0070Privacy : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "data_requests",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                field = table.Column<string>(nullable: false),
                value = table.Column<byte[]>(nullable: true),
                status = table.Column<string>(nullable: false),
                asked_utc = table.Column<DateTime>(nullable: false),
                decided_utc = table.Column<DateTime>(nullable: true),
                decided_by = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_data_requests", row => row.id));
        migrationBuilder.CreateIndex("IX_data_requests_cooperative_id_status", "data_requests", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_data_requests_person_id", "data_requests", "person_id");
    }
}
