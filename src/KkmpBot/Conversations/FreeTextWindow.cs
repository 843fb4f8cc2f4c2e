using System.Data.Common;
using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Decides at hand-over time how a message reaches somebody whose platform takes free text only for a day after their own message: as
/// the template it declares, where the cooperative's budget and the day's tier allow it; through another channel of theirs; or kept for
/// their next word. What was chosen is logged and stands in <c>hand_over_choices</c>, where officers read it.
/// </summary>
public sealed class FreeTextWindow
{
    private readonly Dictionary<string, IChannel> channels;
    private readonly Database database;
    private readonly Vault vault;
    private readonly WriteRows write;
    private readonly TurnSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<FreeTextWindow> log;

    /// <summary>Takes its parts from the container.</summary>
    public FreeTextWindow(
        IEnumerable<IChannel> channels, Database database, Vault vault, WriteRows write, TurnSettings settings, TimeProvider time,
        ILogger<FreeTextWindow> log)
    {
        this.channels = channels.ToDictionary(channel => channel.Name);
        this.database = database;
        this.vault = vault;
        this.write = write;
        this.settings = settings;
        this.time = time;
        this.log = log;
    }

    /// <summary>Says what to hand over now.</summary>
    /// <param name="sending">The message, with the template it declares.</param>
    /// <param name="wasRefused">True when the platform just refused it as free text.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The message, its template only when it must go as one; null when the row was set aside and is done with here.</returns>
    public async ValueTask<OutboundMessage?> ChooseAsync(Sending sending, bool wasRefused, CancellationToken ct)
    {
        var (channel, message) = (sending.Channel, sending.Message);
        // A reply answers what was just written: where that was a day ago after all, the platform says so.
        if (channels[channel].FreeTextWindow is not { } window || (sending is { Kind: OutboxKind.Reply, Attempts: <= 1 } && !wasRefused))
            return message with { Template = null };
        var utcNow = time.GetUtcNow().UtcDateTime;
        var recipient = await FindAsync(message.OutboxId, ct);
        if (recipient is null || (!wasRefused && recipient.IsOpen(window, utcNow)))
            return message with { Template = null };
        var choice = new HandOverChoice
        {
            OutboxId = message.OutboxId,
            PersonId = recipient.PersonId,
            CooperativeId = recipient.CooperativeId,
            Choice = "",
            Detail = "",
        };
        OutboundMessage? chosen = null;
        await write(async (connection, transaction, inner) =>
        {
            if (wasRefused)
                await ExecuteAsync(connection, transaction, WindowRows.CloseOf, inner, ("outbox", message.OutboxId));
            chosen = await ChooseAsync(channel, message, choice, utcNow, (connection, transaction), inner);
        }, ct);
        log.LogInformation("Outbox {OutboxId} of person {Person}: the window on {Channel} is closed, so {Choice} ({Detail})",
            message.OutboxId, recipient.PersonId, channel, choice.Choice, choice.Detail);
        return chosen;
    }

    private async Task<OutboundMessage?> ChooseAsync(
        string channel, OutboundMessage message, HandOverChoice choice, DateTime utcNow, (DbConnection Connection, DbTransaction Transaction) at,
        CancellationToken ct)
    {
        var obstacle = message.Template is null ? "no_template" : await FindObstacleAsync(choice, utcNow, at, ct);
        if (obstacle is null)
        {
            (choice.Choice, choice.Detail) = (HandOverChoice.Template, message.Template!.Name);
            await RecordAsync(choice, utcNow, at, ct);
            return message;
        }
        var other = await FindOtherAsync(choice.PersonId, channel, utcNow, at, ct);
        (choice.Choice, choice.Detail) = other is null ? (HandOverChoice.Held, obstacle) : (HandOverChoice.OtherChannel, other.Channel);
        if (other is not null)
        {
            var payload = new OutboxPayload(vault.Open(other.Address), message.Text, message.Buttons, message.WantsContact, message.File);
            await ExecuteAsync(at.Connection, at.Transaction, WindowRows.PassOn, ct,
                ("outbox", message.OutboxId), ("address", other.Id), ("channel", other.Channel), ("payload", payload.Seal(vault)), ("now", utcNow));
        }
        await ExecuteAsync(at.Connection, at.Transaction, WindowRows.SetAside, ct,
            ("outbox", message.OutboxId), ("status", other is null ? OutboxStatus.Held : OutboxStatus.PassedOn),
            ("reason", $"{choice.Choice}: {choice.Detail}"));
        await RecordAsync(choice, utcNow, at, ct);
        return null;
    }

    // Null when a template may go: somebody pays for it, and the day has room for one more person.
    private async Task<string?> FindObstacleAsync(
        HandOverChoice choice, DateTime utcNow, (DbConnection Connection, DbTransaction Transaction) at, CancellationToken ct)
    {
        var terms = settings.Terms;
        if (choice.CooperativeId is not { } cooperative)
            return "no_cooperative";
        await using (var query = Commands.Command(
            at.Connection, at.Transaction, WindowRows.Used,
            ("cooperative", cooperative), ("month", MessageMonth.StartUtc(utcNow)), ("budget", terms.MonthlyBudgetRupiah)))
        await using (var row = await query.ExecuteReaderAsync(ct))
        {
            await row.ReadAsync(ct);
            if (((row.GetInt64(0) + row.GetInt64(1) + 1) * terms.MessageRupiah) > row.GetInt64(2))
                return "budget";
        }
        await using var people = Commands.Command(
            at.Connection, at.Transaction, WindowRows.PeopleTemplated, ("since", utcNow.AddDays(-1)), ("person", choice.PersonId));
        return Convert.ToInt64(await people.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture) >= terms.DailyPeople ? "tier" : null;
    }

    private async Task<OtherAddress?> FindOtherAsync(
        long personId, string channel, DateTime utcNow, (DbConnection Connection, DbTransaction Transaction) at, CancellationToken ct)
    {
        await using var query = Commands.Command(at.Connection, at.Transaction, WindowRows.OtherAddresses, ("person", personId), ("channel", channel));
        await using var rows = await query.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var (name, seenUtc) = (rows.GetString(1), Utc(rows.GetDateTime(3)));
            var other = channels.GetValueOrDefault(name);
            if (other is { ReachesAnybody: true } && (other.FreeTextWindow is not { } window || utcNow - seenUtc < window))
                return new OtherAddress(rows.GetInt64(0), name, new SealedText(rows.GetFieldValue<byte[]>(2)));
        }
        return null;
    }

    private async Task<Recipient?> FindAsync(long outboxId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = Commands.Command(connection, null, WindowRows.Recipient, ("outbox", outboxId));
        await using var row = await query.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        return new Recipient(
            row.GetInt64(0), Utc(row.GetDateTime(1)), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetInt32(3));
    }

    private static Task RecordAsync(HandOverChoice choice, DateTime utcNow, (DbConnection Connection, DbTransaction Transaction) at, CancellationToken ct) =>
        ExecuteAsync(at.Connection, at.Transaction, WindowRows.Choose, ct,
            ("outbox", choice.OutboxId), ("person", choice.PersonId), ("cooperative", choice.CooperativeId),
            ("choice", choice.Choice), ("detail", choice.Detail), ("now", utcNow));

    private static async Task ExecuteAsync(
        DbConnection connection, DbTransaction transaction, string sql, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using var command = Commands.Command(connection, transaction, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DateTime Utc(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);

    private sealed record OtherAddress(long Id, string Channel, SealedText Address);

    private sealed record Recipient(long PersonId, DateTime SeenUtc, bool IsClosed, int? CooperativeId)
    {
        public bool IsOpen(TimeSpan window, DateTime utcNow) => utcNow - SeenUtc < window && !IsClosed;
    }
}

/// <summary>The month that messages are counted in: from its first midnight in Semarang.</summary>
public static class MessageMonth
{
    /// <summary>When the month of a moment began.</summary>
    /// <param name="utcNow">The moment.</param>
    public static DateTime StartUtc(DateTime utcNow)
    {
        var day = Wib.Day(utcNow);
        return Wib.StartUtc(new DateOnly(day.Year, day.Month, 1));
    }
}
