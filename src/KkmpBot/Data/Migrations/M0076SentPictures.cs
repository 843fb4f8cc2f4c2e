using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Pictures that officers sent in a chat, on their way to what they show.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0076_sent_pictures")]
public sealed class M0076SentPictures : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "sent_pictures",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                channel = table.Column<string>(nullable: false),
                reference = table.Column<byte[]>(nullable: false),
                kind = table.Column<string>(nullable: false),
                subject_id = table.Column<long>(nullable: false),
                sent_utc = table.Column<DateTime>(nullable: false),
                attempts = table.Column<int>(nullable: false),
                due_utc = table.Column<DateTime>(nullable: false),
                done_utc = table.Column<DateTime>(nullable: true),
                bytes = table.Column<byte[]>(nullable: true),
                is_unfit = table.Column<bool>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_sent_pictures", row => row.id));
        migrationBuilder.CreateIndex("IX_sent_pictures_kind_subject_id", "sent_pictures", ["kind", "subject_id"], unique: true);
        migrationBuilder.CreateIndex("IX_sent_pictures_due_utc", "sent_pictures", "due_utc", filter: "done_utc IS NULL");
        migrationBuilder.CreateIndex("IX_sent_pictures_person_id", "sent_pictures", "person_id");
    }
}
