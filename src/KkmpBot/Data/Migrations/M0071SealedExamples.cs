using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>The example of a word that was not known is sealed: people write names where nobody expects one. What was kept until now is let go.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0071_sealed_examples")]
public sealed class M0071SealedExamples : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("lexicon_misses");
        migrationBuilder.CreateTable(
            name: "lexicon_misses",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                word = table.Column<string>(nullable: false),
                example = table.Column<byte[]>(nullable: false),
                times = table.Column<int>(nullable: false),
                last_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_lexicon_misses", row => row.id));
        migrationBuilder.CreateIndex("IX_lexicon_misses_cooperative_id_word", "lexicon_misses", ["cooperative_id", "word"], unique: true);
    }
}
