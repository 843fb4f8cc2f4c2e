using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Where the instructed work, so that their offices can be counted.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0063b_instructed_office")]
public sealed class M0063InstructedOffice : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("office", "instructed_people", nullable: true);
}
