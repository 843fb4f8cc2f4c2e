using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>What was kept for a person's next word, since their platform took no free text: it comes now, before the reply, as one message.</summary>
public sealed partial class TurnRunner
{
    /// <summary>Messages given at once; what is beyond comes with the word after.</summary>
    private const int MaxHeldAtOnce = 50;

    private const string BetweenNews = "\n\n";

    private async Task<List<OutboxDraft>> GiveHeldAsync(
        CallerRow caller, string language, TurnContext context, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var outbox = new List<OutboxDraft>();
        if (!caller.HasHeld)
            return outbox;
        var held = await TakeHeldAsync(caller.PersonId, at, ct);
        var heading = machine.Phrase(TurnPhrases.HeldNews, language, null, context);
        foreach (var text in Join(heading, held.Where(news => news.File is null).Select(news => news.Text)))
            outbox.Add(await AddMessageAsync(caller, OutboxKind.Notice, new Prompt(text, []), null, 0, at, utcNow, ct));
        foreach (var news in held.Where(news => news.File is not null))
            outbox.Add(await AddMessageAsync(caller, OutboxKind.Notice, new Prompt(news.Text, []), news.File, 0, at, utcNow, ct));
        return outbox;
    }

    private async Task<List<OutboxPayload>> TakeHeldAsync(long personId, TurnWorkspace at, CancellationToken ct)
    {
        var held = new List<OutboxPayload>();
        await using var take = Commands.Command(
            at.Connection, at.Transaction,
            $"""
            UPDATE outbox SET status = @passedOn WHERE id IN (
                SELECT id FROM outbox WHERE conversation_id = @person AND status = {OutboxStatus.Held} ORDER BY id LIMIT {MaxHeldAtOnce})
            RETURNING id, payload, announcement_id
            """,
            ("person", personId), ("passedOn", OutboxStatus.PassedOn));
        var rows = new SortedDictionary<long, (byte[] Payload, long? Announcement)>();
        await using (var reader = await take.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                rows.Add(reader.GetInt64(0), (reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? null : reader.GetInt64(2)));
        }
        foreach (var (payload, announcement) in rows.Values)
        {
            var news = OutboxPayload.Open(vault, payload);
            held.Add(announcement is { } id ? news with { File = await AnnouncedPictures.ReadAsync(id, at.Connection, at.Transaction, ct) } : news);
        }
        return held;
    }

    // One message, or more where the texts together are longer than a message may be; a text is never cut.
    private static IEnumerable<string> Join(string heading, IEnumerable<string> texts)
    {
        var message = heading;
        var isEmpty = true;
        foreach (var text in texts)
        {
            if (!isEmpty && message.Length + BetweenNews.Length + text.Length > InboundMessage.MaxTextLength)
            {
                yield return message;
                message = text;
                continue;
            }
            var joined = message + BetweenNews + text;
            message = joined.Length > InboundMessage.MaxTextLength ? text : joined;
            isEmpty = false;
        }
        if (!isEmpty)
            yield return message;
    }
}
