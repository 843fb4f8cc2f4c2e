using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Words that the bot did not know, and those that cooperatives added for their goods.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0030_words")]
public sealed class M0030Words : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "lexicon_misses",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                word = table.Column<string>(nullable: false),
                example = table.Column<string>(nullable: false),
                times = table.Column<int>(nullable: false),
                last_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_lexicon_misses", row => row.id));
        migrationBuilder.CreateIndex("IX_lexicon_misses_cooperative_id_word", "lexicon_misses", ["cooperative_id", "word"], unique: true);

        migrationBuilder.CreateTable(
            name: "own_words",
            columns: table => new
            {
                id = table.Identity(),
                cooperative_id = table.Column<int>(nullable: false),
                goods = table.Column<string>(nullable: false),
                word = table.Column<string>(nullable: false),
                added_by = table.Column<long>(nullable: false),
                added_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_own_words", row => row.id));
        migrationBuilder.CreateIndex("IX_own_words_cooperative_id_word", "own_words", ["cooperative_id", "word"], unique: true);
    }
}
