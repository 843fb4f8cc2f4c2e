using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Invitations to a cooperative, and who came through them.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0065_invitations")]
public sealed class M0065Invitations : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "invitations",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                code = table.Column<string>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_invitations", row => row.id));
        migrationBuilder.CreateIndex("IX_invitations_code", "invitations", "code", unique: true);
        migrationBuilder.CreateIndex("IX_invitations_person_id_cooperative_id", "invitations", ["person_id", "cooperative_id"]);
        migrationBuilder.CreateTable(
            name: "invitation_uses",
            columns: table => new
            {
                id = table.Identity(),
                invitation_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_invitation_uses", row => row.id));
        migrationBuilder.CreateIndex("IX_invitation_uses_person_id", "invitation_uses", "person_id");
        migrationBuilder.CreateIndex("IX_invitation_uses_invitation_id", "invitation_uses", "invitation_id");
        migrationBuilder.CreateIndex("IX_invitation_uses_cooperative_id", "invitation_uses", "cooperative_id");
    }
}
