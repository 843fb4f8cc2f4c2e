using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>A weigh-in can be taken back: it knows its entry, and when it was.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0064_waste_undo")]
public sealed class M0064WasteUndo : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("entry_number", "waste_deposits", nullable: true);
        migrationBuilder.AddColumn<DateTime>("undone_utc", "waste_deposits", nullable: true);
    }
}
