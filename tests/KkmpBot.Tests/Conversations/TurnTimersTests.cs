using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class TurnTimersTests
{
    [Fact]
    public async Task What_was_missed_while_nothing_ran_fires_at_the_start_in_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        var act = new TestEngine.Act();
        var test = await TestEngine.StartAsync(act, new TestEngine.RecordingChannel(), database, run: false);
        var longAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3);
        // Written in another order than they are due; more than one batch.
        var minutes = Enumerable.Range(0, 3 * TurnTimers.MaxActsInARow).Select(i => i * 37 % (3 * TurnTimers.MaxActsInARow)).ToList();
        await AddAsync(test, minutes.Select(minute => (longAgo.AddMinutes(minute), $"{minute}")));
        await test.RunAsync();
        await TestEngine.UntilAsync(async () => await test.CountAsync("timers") == 0);
        Assert.Equal(minutes.Order(), act.Late.Select(subject => int.Parse(subject, CultureInfo.InvariantCulture)));
        await test.StopAsync();
    }

    [Fact]
    public async Task What_another_process_puts_off_fires_here_too_and_never_early()
    {
        var act = new TestEngine.Act();
        await using var test = await TestEngine.StartAsync(act, new TestEngine.RecordingChannel());
        await Task.Delay(700);
        var due = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(800);
        await AddAsync(test, [(due, "7")]);
        await TestEngine.UntilAsync(() => Task.FromResult(!act.Late.IsEmpty));
        Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime >= due);
    }

    [Fact]
    public async Task An_act_that_fails_is_put_off_and_holds_up_nobody()
    {
        var act = new TestEngine.Act();
        await using var test = await TestEngine.StartAsync(act, new TestEngine.RecordingChannel());
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await AddAsync(test, [(now.AddSeconds(-2), "fails"), (now.AddSeconds(-1), "8")], kindOfFirst: "nobody.knows");
        await TestEngine.UntilAsync(() => Task.FromResult(!act.Late.IsEmpty));
        Assert.Equal(["8"], act.Late);
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.Command(null, "SELECT COUNT(*) FROM timers WHERE kind = 'nobody.knows' AND due_utc > @later", ("later", now.AddMinutes(30)));
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    private static async Task AddAsync(TestEngine test, IEnumerable<(DateTime DueUtc, string Subject)> timers, string kindOfFirst = "test.late")
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var store = new TurnStore(connection);
        var kind = kindOfFirst;
        foreach (var (dueUtc, subject) in timers)
        {
            await store.AddTimerAsync(transaction, kind, dueUtc, personId: 1, subject, CancellationToken.None);
            kind = "test.late";
        }
        await store.FlushAsync(transaction, CancellationToken.None);
        await transaction.CommitAsync();
    }
}
