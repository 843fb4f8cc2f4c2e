using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>An officer talks with a person who waited, until one of them ends it.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0042_talks")]
public sealed class M0042Talks : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("taken_by", "handovers", nullable: true);
        migrationBuilder.AddColumn<DateTime>("spoken_utc", "handovers", nullable: true);
        migrationBuilder.AddColumn<bool>("awaits_officer", "handovers", nullable: false, defaultValue: true);
        migrationBuilder.CreateIndex("IX_handovers_taken_by", "handovers", "taken_by", unique: true, filter: "closed_utc IS NULL AND taken_by IS NOT NULL");
    }
}
