using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>People, their addresses and conversations, the outbox, the cooperatives, members and officers.</summary>
[DbContext(typeof(KkmpDbContext))]
[Migration("0001_people")]
public sealed class M0001People : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreatePeople(migrationBuilder);
        CreateConversations(migrationBuilder);
        CreateOutbox(migrationBuilder);
        CreateCooperatives(migrationBuilder);
        CreateMembers(migrationBuilder);
    }

    private static void CreatePeople(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "people",
            columns: table => new
            {
                id = table.Identity(),
                nickname = table.Column<byte[]>(nullable: true),
                phone = table.Column<byte[]>(nullable: true),
                phone_index = table.Column<byte[]>(nullable: true),
                created_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_people", row => row.id));
        migrationBuilder.CreateIndex("IX_people_phone_index", "people", "phone_index", unique: true);

        migrationBuilder.CreateTable(
            name: "channel_addresses",
            columns: table => new
            {
                id = table.Identity(),
                channel = table.Column<string>(nullable: false),
                address_index = table.Column<byte[]>(nullable: false),
                address = table.Column<byte[]>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                last_seen_utc = table.Column<DateTime>(nullable: false),
                blocked = table.Column<bool>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_channel_addresses", row => row.id));
        migrationBuilder.CreateIndex(
            "IX_channel_addresses_channel_address_index", "channel_addresses", ["channel", "address_index"], unique: true);
        migrationBuilder.CreateIndex("IX_channel_addresses_person_id", "channel_addresses", "person_id");
    }

    private static void CreateConversations(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "conversations",
            columns: table => new
            {
                id = table.Column<long>(nullable: false),
                turn_number = table.Column<int>(nullable: false),
                open_dialog = table.Column<string>(nullable: true),
                open_state = table.Column<string>(nullable: true),
                state = table.Column<byte[]>(nullable: false),
                updated_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_conversations", row => row.id));
        migrationBuilder.CreateIndex("IX_conversations_open_dialog_open_state", "conversations", ["open_dialog", "open_state"]);

        migrationBuilder.CreateTable(
            name: "received_updates",
            columns: table => new
            {
                channel = table.Column<string>(nullable: false),
                update_key = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_received_updates", row => new { row.channel, row.update_key }));
        migrationBuilder.CreateIndex("IX_received_updates_at_utc", "received_updates", "at_utc");

        migrationBuilder.CreateTable(
            name: "timers",
            columns: table => new
            {
                id = table.Identity(),
                kind = table.Column<string>(nullable: false),
                due_utc = table.Column<DateTime>(nullable: false),
                person_id = table.Column<long>(nullable: false),
                subject = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_timers", row => row.id));
        migrationBuilder.CreateIndex("IX_timers_due_utc", "timers", "due_utc");
        migrationBuilder.CreateIndex("IX_timers_person_id", "timers", "person_id");
    }

    private static void CreateOutbox(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "outbox",
            columns: table => new
            {
                id = table.Identity(),
                conversation_id = table.Column<long>(nullable: false),
                address_id = table.Column<long>(nullable: false),
                channel = table.Column<string>(nullable: false),
                kind = table.Column<int>(nullable: false),
                status = table.Column<int>(nullable: false),
                payload = table.Column<byte[]>(nullable: false),
                attempts = table.Column<int>(nullable: false),
                leased_until_utc = table.Column<DateTime>(nullable: false),
                created_utc = table.Column<DateTime>(nullable: false),
                provider_message_id = table.Column<string>(nullable: true),
                reason = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_outbox", row => row.id));
        migrationBuilder.CreateIndex("IX_outbox_leased_until_utc_id", "outbox", ["leased_until_utc", "id"], filter: "status = 0");
        migrationBuilder.CreateIndex("IX_outbox_conversation_id", "outbox", "conversation_id", filter: "status = 0");

        migrationBuilder.CreateTable(
            name: "dead_letters",
            columns: table => new
            {
                id = table.Identity(),
                channel = table.Column<string>(nullable: false),
                update_key = table.Column<string>(nullable: false),
                payload = table.Column<byte[]>(nullable: false),
                @class = table.Column<string>(name: "class", nullable: false),
                cause = table.Column<string>(nullable: false),
                at_utc = table.Column<DateTime>(nullable: false),
                replayed_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_dead_letters", row => row.id));
    }

    private static void CreateCooperatives(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "cooperatives",
            columns: table => new
            {
                id = table.Column<int>(nullable: false),
                code = table.Column<string>(nullable: false),
                kelurahan = table.Column<string>(nullable: false),
                kecamatan = table.Column<string>(nullable: false),
                postal_code = table.Column<string>(nullable: false),
                latitude = table.Column<double>(nullable: false),
                longitude = table.Column<double>(nullable: false),
                outlet_address = table.Column<string>(nullable: true),
                opening_hours = table.Column<string>(nullable: true),
                takes_sukarela = table.Column<bool>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_cooperatives", row => row.id));
        migrationBuilder.CreateIndex("IX_cooperatives_code", "cooperatives", "code", unique: true);
        foreach (string insert in KelurahanFile.InsertCooperatives())
            migrationBuilder.Sql(insert);
    }

    private static void CreateMembers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "members",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                number = table.Column<int>(nullable: true),
                status = table.Column<string>(nullable: false),
                full_name = table.Column<byte[]>(nullable: false),
                nik = table.Column<byte[]>(nullable: false),
                nik_index = table.Column<byte[]>(nullable: false),
                phone = table.Column<byte[]>(nullable: false),
                address = table.Column<byte[]>(nullable: false),
                is_civil_servant = table.Column<bool>(nullable: false),
                nip = table.Column<byte[]>(nullable: true),
                nip_index = table.Column<byte[]>(nullable: true),
                applied_utc = table.Column<DateTime>(nullable: false),
                decided_utc = table.Column<DateTime>(nullable: true),
                decided_by = table.Column<long>(nullable: true),
                reason = table.Column<byte[]>(nullable: true),
                active_utc = table.Column<DateTime>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_members", row => row.id);
                table.ForeignKey("FK_members_people_person_id", row => row.person_id, "people", "id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_members_person_id", "members", "person_id");
        migrationBuilder.CreateIndex("IX_members_cooperative_id_status", "members", ["cooperative_id", "status"]);
        migrationBuilder.CreateIndex("IX_members_cooperative_id_number", "members", ["cooperative_id", "number"], unique: true);
        migrationBuilder.CreateIndex(
            "IX_members_nik_index", "members", "nik_index", unique: true, filter: "status IN ('pending', 'approved', 'active')");

        migrationBuilder.CreateTable(
            name: "officers",
            columns: table => new
            {
                id = table.Identity(),
                person_id = table.Column<long>(nullable: false),
                cooperative_id = table.Column<int>(nullable: false),
                role = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_officers", row => row.id));
        migrationBuilder.CreateIndex("IX_officers_person_id", "officers", "person_id", unique: true);
        migrationBuilder.CreateIndex("IX_officers_cooperative_id", "officers", "cooperative_id");
    }
}
