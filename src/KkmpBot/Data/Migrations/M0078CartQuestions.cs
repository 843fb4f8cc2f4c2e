using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>A cart remembers what was said and is still to be asked about.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0078_cart_questions")]
public sealed class M0078CartQuestions : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("to_ask", "orders", nullable: true);
}
