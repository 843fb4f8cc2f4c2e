using System.Collections.Concurrent;
using KkmpBot.Announcements;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class BulkLaneTests
{
    [Fact]
    public async Task A_small_cooperative_does_not_wait_for_a_large_one()
    {
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, run: false);
        await test.AddBulkAsync(cooperative: 9, 600, "large");
        await test.AddBulkAsync(cooperative: 12, 5, "small");
        await test.RunAsync();
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 1") == 605);
        var order = channel.Sent.Select(sent => sent.StartsWith("small", StringComparison.Ordinal)).ToList();
        Assert.InRange(order.LastIndexOf(true), 0, 2 * BulkLane.MaxClaimed);
        Assert.Equal(605, channel.Sent.Distinct().Count());
    }

    [Fact]
    public async Task A_reply_passes_when_bulk_messages_fill_every_slot_of_theirs()
    {
        var gate = new TaskCompletionSource();
        var channel = new TestEngine.RecordingChannel
        {
            Before = (message, ct) => message.Address.StartsWith("bulk", StringComparison.Ordinal) ? gate.Task.WaitAsync(ct) : Task.CompletedTask,
        };
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.AddBulkAsync(1, 500, "bulk");
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 5") >= BulkLane.MaxConcurrent);
        await test.TakeAsync("1", "halo");
        await TestEngine.UntilAsync(() => Task.FromResult(!channel.Sent.IsEmpty));
        Assert.Equal(["a: Apa kabar?"], channel.Sent);
        // However many wait, only a few are between the mark and the platform.
        Assert.InRange(await test.CountAsync("outbox WHERE status = 5"), 1, 3 * BulkLane.MaxClaimed);
        gate.SetResult();
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 1") == 501);
    }

    [Fact]
    public async Task A_reply_does_not_wait_for_a_bulk_message_to_the_same_person()
    {
        var gate = new TaskCompletionSource();
        var channel = new TestEngine.RecordingChannel
        {
            Before = (message, ct) => message.Text.StartsWith("Kabar", StringComparison.Ordinal) ? gate.Task.WaitAsync(ct) : Task.CompletedTask,
        };
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.AddBulkAsync(1, 1, "both");
        await test.TakeAsync("1", "halo", "both0");
        await TestEngine.UntilAsync(() => Task.FromResult(!channel.Sent.IsEmpty));
        Assert.Equal(["both0: Apa kabar?"], channel.Sent);
        gate.SetResult();
    }

    [Fact]
    public async Task A_bulk_message_whose_answer_was_lost_is_not_sent_again()
    {
        var channel = new TestEngine.RecordingChannel(_ => new DeliveryResult.Unknown());
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.AddBulkAsync(1, 3, "bulk");
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 6 AND attempts = 1") == 3);
    }

    [Fact]
    public async Task The_picture_of_an_announcement_stands_once_and_goes_to_everybody()
    {
        var got = new ConcurrentBag<OutboundFile?>();
        var channel = new TestEngine.RecordingChannel
        {
            Before = (message, _) =>
            {
                got.Add(message.File);
                return Task.CompletedTask;
            },
        };
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, run: false);
        var id = await AnnounceAsync(test, [0xFF, 0xD8, 0xFF, 7]);
        await test.AddBulkAsync(1, 3, "with", id);
        await test.AddBulkAsync(1, 2, "without", await AnnounceAsync(test, null));
        await test.RunAsync();
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 1") == 5);
        Assert.Equal(3, got.Count(file => file is { Name: "pengumuman.jpg", MimeType: "image/jpeg", Bytes: [0xFF, 0xD8, 0xFF, 7] }));
        Assert.Equal(2, got.Count(file => file is null));
    }

    [Fact]
    public async Task A_bulk_message_that_the_platform_did_not_take_is_sent_later()
    {
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(_ => Interlocked.Increment(ref tries) == 1
            ? new DeliveryResult.RetryAfter(TimeSpan.FromMilliseconds(200), SharedLimit: true)
            : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.AddBulkAsync(1, 2, "bulk");
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 1") == 2);
        Assert.Equal(2, channel.Sent.Distinct().Count());
        Assert.Equal(1, await test.CountAsync("outbox WHERE attempts = 2"));
    }

    [Fact]
    public async Task What_a_dead_process_was_handing_over_is_never_sent_again_and_the_rest_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), database);
        await first.StopAsync();
        var channel = new TestEngine.RecordingChannel();
        var second = await TestEngine.StartAsync(new TestEngine.Act(), channel, database, run: false);
        await using (var connection = await database.Database.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO outbox (conversation_id, address_id, channel, kind, status, payload, attempts, leased_by, leased_until_utc, created_utc)
                VALUES (1, 1, 'test', 2, 5, @payload, 0, 77, @later, @later)
                """;
            foreach (var (name, value) in new (string, object)[] { ("@payload", Array.Empty<byte>()), ("@later", TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(4)) })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
            await command.ExecuteNonQueryAsync();
        }
        await second.ReleaseLeasesAsync();
        await second.RunAsync();
        await second.AddBulkAsync(1, 1, "bulk");
        await TestEngine.UntilAsync(async () => await second.CountAsync("outbox WHERE status = 1") == 1);
        Assert.Equal(1, await second.CountAsync("outbox WHERE status = 6"));
        Assert.Single(channel.Sent);
        await second.StopAsync();
    }

    [Fact]
    public async Task A_stop_puts_back_what_was_not_tried()
    {
        await using var database = await TestDatabase.CreateAsync();
        var channel = new TestEngine.RecordingChannel { Before = (_, ct) => Task.Delay(Timeout.Infinite, ct) };
        var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await test.AddBulkAsync(1, 300, "bulk");
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 5") >= BulkLane.MaxConcurrent);
        await test.StopAsync();
        var next = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), database, run: false);
        Assert.Equal(300, await next.CountAsync("outbox WHERE status = 0 AND leased_by = 0"));
    }

    private static async Task<long> AnnounceAsync(TestEngine test, byte[]? picture)
    {
        var row = new Announcement
        {
            CooperativeId = 1,
            Status = AnnouncementStatus.Running,
            Text = new SealedText([1]),
            Audience = "",
        };
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        db.Add(row);
        await db.SaveChangesAsync();
        if (picture is not null)
            db.Add(new AnnouncementPicture { AnnouncementId = row.Id, MimeType = "image/jpeg", Bytes = picture });
        await db.SaveChangesAsync();
        return row.Id;
    }
}
