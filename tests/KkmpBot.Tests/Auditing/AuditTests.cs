using KkmpBot.Auditing;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Auditing;

public sealed class AuditTests
{
    private const int Entries = 4;

    [Fact]
    public async Task An_untouched_log_is_trusted()
    {
        await using var test = await RecordedAsync();
        Assert.Empty(await TamperAsync(test, "SELECT 1"));
    }

    [Theory]
    [InlineData("UPDATE audit_log SET by_person_id = 99 WHERE number = 2", 2)]
    [InlineData("UPDATE audit_log SET subject = 'member:9' WHERE number = 3", 3)]
    [InlineData("UPDATE audit_log SET at_utc = '2020-01-01 00:00:00' WHERE number = 1", 1)]
    [InlineData("DELETE FROM audit_log WHERE number = 1", 1)]
    [InlineData("DELETE FROM audit_log WHERE number = 3", 3)]
    [InlineData("DELETE FROM audit_log WHERE number = 4", 4)]
    [InlineData("DELETE FROM audit_log", 1)]
    public async Task The_first_bad_entry_is_named(string sql, int number)
    {
        await using var test = await RecordedAsync();
        Assert.Equal([(7, number)], await TamperAsync(test, sql));
    }

    [Theory]
    [InlineData("UPDATE audit_log SET act = 'x'")]
    [InlineData("DELETE FROM audit_log")]
    public async Task The_database_refuses_to_change_the_log(string sql)
    {
        await using var test = await RecordedAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var context = test.Database.Context(connection);
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRawAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_a_cooperative_acts_as_an_officer()
    {
        await using var test = await TestDatabase.CreateAsync();
        await test.TurnAsync(await test.PersonAsync(), async turn => await Assert.ThrowsAsync<InvalidOperationException>(
            () => Audit.RecordAsync(turn, "members.approve", "member:1", CancellationToken.None)));
    }

    private static async Task<TestDatabase> RecordedAsync()
    {
        var test = await TestDatabase.CreateAsync();
        var officer = (await test.PersonAsync()) with { CooperativeId = 7, OfficerRole = "chair" };
        for (int entry = 1; entry <= Entries; entry++)
            await test.TurnAsync(officer, turn => Audit.RecordAsync(turn, "members.approve", $"member:{entry}", CancellationToken.None));
        return test;
    }

    private static async Task<IReadOnlyList<(int CooperativeId, int Number)>> TamperAsync(TestDatabase test, string sql)
    {
        await test.ExecuteAsync(
            $"DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete; {sql}", $"ALTER TABLE audit_log DISABLE TRIGGER ALL; {sql}");
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var context = test.Database.Context(connection);
        return await Audit.VerifyAsync(context, CancellationToken.None);
    }
}
