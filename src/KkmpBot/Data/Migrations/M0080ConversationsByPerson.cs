using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>
/// Nobody looks for conversations by where they stand, and keeping them in that order was a tenth of what a turn wrote: every answer moved its person
/// from one place of the index to another.
/// </summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0080_conversations_by_person")]
public sealed class M0080ConversationsByPerson : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropIndex("IX_conversations_open_dialog_open_state", "conversations");
}
