using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>A movement of goods that spoil says which batches it came from, so that it can be taken back exactly.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0016_goods_undo")]
public sealed class M0016GoodsUndo : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("batches", "stock_movements", nullable: true);
}
