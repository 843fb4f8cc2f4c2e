using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data.Migrations;

/// <summary>Triggers that hold what the program promises, even against another program with the same password.</summary>
internal static class Triggers
{
    /// <summary>Makes a table append-only: an UPDATE or DELETE fails, whoever tries.</summary>
    /// <param name="migrationBuilder">The migration.</param>
    /// <param name="table">The table.</param>
    public static void AppendOnly(this MigrationBuilder migrationBuilder, string table)
    {
        if (migrationBuilder.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL")
        {
            migrationBuilder.Sql(
                """
                CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
                """);
            migrationBuilder.Sql(
                $"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();");
            migrationBuilder.Sql(
                $"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();");
            return;
        }
        foreach (string change in (string[])["UPDATE", "DELETE"])
        {
            migrationBuilder.Sql(
                $"""
                 CREATE TRIGGER {table}_no_{change.ToLowerInvariant()} BEFORE {change} ON {table}
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                 """);
        }
    }
}
