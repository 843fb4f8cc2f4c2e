using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Trainings with their seats, capital assistance, mentors' visits, and the instructed by blind index.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0063_trainings")]
public sealed class M0063Trainings : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateTrainings(migrationBuilder);
        CreateAssistance(migrationBuilder);
        migrationBuilder.CreateTable(
            name: "instructed_people",
            columns: table => new
            {
                id = table.Identity(),
                nip_index = table.Column<byte[]>(nullable: false),
                cooperative_id = table.Column<int>(nullable: true),
                lives_outside = table.Column<bool>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_instructed_people", row => row.id));
        migrationBuilder.CreateIndex("IX_instructed_people_nip_index", "instructed_people", "nip_index", unique: true);
        migrationBuilder.CreateIndex("IX_instructed_people_cooperative_id", "instructed_people", "cooperative_id");
        migrationBuilder.CreateIndex("IX_members_nip_index", "members", "nip_index");
    }

    private static void CreateTrainings(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "trainings",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: true),
                title = table.Column<string>(nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                place = table.Column<string>(nullable: false),
                capacity = table.Column<int>(nullable: false),
                created_by = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_trainings", row => row.id);
                table.CheckConstraint("CK_trainings_capacity", "capacity > 0");
            });
        migrationBuilder.CreateIndex("IX_trainings_day", "trainings", "day");
        migrationBuilder.CreateTable(
            name: "training_seats",
            columns: table => new
            {
                id = table.Identity(),
                training_id = table.Column<long>(nullable: false),
                member_id = table.Column<long>(nullable: false),
                status = table.Column<string>(nullable: false),
                attended_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_training_seats", row => row.id);
                table.ForeignKey("FK_training_seats_trainings_training_id", row => row.training_id, "trainings", "id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_training_seats_members_member_id", row => row.member_id, "members", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(
            "IX_training_seats_training_id_member_id", "training_seats", ["training_id", "member_id"], unique: true, filter: "status <> 'cancelled'");
        migrationBuilder.CreateIndex("IX_training_seats_member_id", "training_seats", "member_id");
    }

    private static void CreateAssistance(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "capital_assistance",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                kind = table.Column<string>(nullable: false),
                rupiah = table.Column<long>(nullable: false),
                months = table.Column<int>(nullable: false),
                status = table.Column<string>(nullable: false),
                offered_by = table.Column<long>(nullable: false),
                received_utc = table.Column<DateTime>(nullable: true),
                repaid_rupiah = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_capital_assistance", row => row.id);
                table.CheckConstraint("CK_capital_assistance_rupiah", "rupiah > 0 AND repaid_rupiah >= 0 AND repaid_rupiah <= rupiah");
            });
        migrationBuilder.CreateIndex("IX_capital_assistance_cooperative_id", "capital_assistance", "cooperative_id");
        migrationBuilder.CreateTable(
            name: "mentor_visits",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                mentor_id = table.Column<long>(nullable: false),
                visited_on = table.Column<DateOnly>(nullable: false),
                finding = table.Column<byte[]>(nullable: false),
                due_on = table.Column<DateOnly>(nullable: false),
                done_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_mentor_visits", row => row.id));
        migrationBuilder.CreateIndex("IX_mentor_visits_cooperative_id_due_on", "mentor_visits", ["cooperative_id", "due_on"]);
        migrationBuilder.CreateIndex("IX_mentor_visits_mentor_id", "mentor_visits", "mentor_id");
    }
}
