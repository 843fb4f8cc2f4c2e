using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Whom an entry of the audit log concerned, word by word: who asks who looked at their data is answered without reading everybody's.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0074_audit_subjects")]
public sealed class M0074AuditSubjects : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "audit_subjects",
            columns: table => new
            {
                cooperative_id = table.Column<int>(nullable: false),
                subject = table.Column<string>(nullable: false),
                number = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_audit_subjects", row => new { row.cooperative_id, row.subject, row.number }));
        migrationBuilder.CreateIndex("IX_audit_log_cooperative_id_act", "audit_log", ["cooperative_id", "act"]);
        migrationBuilder.Sql(migrationBuilder.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL"
            ? """
              INSERT INTO audit_subjects (cooperative_id, subject, number)
              SELECT DISTINCT cooperative_id, word, number FROM audit_log, unnest(string_to_array(subject, ' ')) AS word WHERE word <> '';
              """
            : """
              WITH RECURSIVE words (cooperative_id, number, word, rest) AS (
                  SELECT cooperative_id, number, '', subject || ' ' FROM audit_log
                  UNION ALL
                  SELECT cooperative_id, number, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM words WHERE rest <> '')
              INSERT INTO audit_subjects (cooperative_id, subject, number) SELECT DISTINCT cooperative_id, word, number FROM words WHERE word <> '';
              """);
        migrationBuilder.AppendOnly("audit_subjects");
    }
}
