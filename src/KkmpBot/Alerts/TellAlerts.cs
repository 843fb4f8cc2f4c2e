using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>
/// Tells people what the prices they watch did: one message for all of it, no kind of goods twice on a day, nothing in the quiet hours. The
/// message and the mark that it was written are one transaction; what a day's limit holds back is told the next morning, if it is still so.
/// </summary>
public sealed class TellAlerts(DialogMachine machine, Vault vault, ButtonTokens tokens, TurnSettings settings)
{
    /// <summary>People who are told in one transaction.</summary>
    public const int MaxPeople = 200;

    private readonly BulkMessages bulk = new(vault);

    /// <summary>Tells the next people.</summary>
    /// <param name="db">A context inside a transaction of its own.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="after">The person after whom to begin.</param>
    /// <param name="utcNow">Now, not in the quiet hours.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The last person looked at; null when nobody is left.</returns>
    public async Task<long?> StepAsync(KkmpDbContext db, DbConnection connection, DbTransaction transaction, long after, DateTime utcNow, CancellationToken ct)
    {
        await db.LockNameAsync("alerts", ct);
        var due = db.Set<Alert>().Where(alert => alert.DueUtc != null && alert.DueUtc <= utcNow);
        var people = await due.Where(alert => alert.PersonId > after).Select(alert => alert.PersonId).Distinct().OrderBy(id => id).Take(MaxPeople).ToListAsync(ct);
        if (people.Count == 0)
            return null;
        var alerts = await due.Where(alert => people.Contains(alert.PersonId)).OrderBy(alert => alert.Id).ToListAsync(ct);
        var today = Wib.Day(utcNow);
        var told = (await db.Set<AlertDay>().Where(day => people.Contains(day.PersonId) && day.Day == today).ToListAsync(ct))
            .Select(day => (day.PersonId, day.Goods)).ToHashSet();
        var watched = await WatchedPrices.ReadAsync(db, alerts, utcNow, ct);
        var readers = await ReadersAsync(db, people, ct);
        var news = new AlertNews(machine, utcNow);
        var messages = new List<(int CooperativeId, BulkMessage Message)>();
        foreach (var own in alerts.GroupBy(alert => alert.PersonId))
        {
            own.Where(alert => told.Contains((own.Key, alert.Goods))).ToList().ForEach(alert => alert.DueUtc = QuietHours.MorningOf(today.AddDays(1)));
            var now = FirstOf(own.Where(alert => !told.Contains((own.Key, alert.Goods))));
            now.ForEach(alert => alert.DueUtc = null);
            if (readers.GetValueOrDefault(own.Key) is not { } reader || news.Write(now, watched, reader.Language) is not { } written)
                continue;
            db.AddRange(written.Goods.Select(goods => new AlertDay { PersonId = own.Key, Goods = goods, Day = today }));
            messages.Add((now[0].CooperativeId, Message(reader, news, written)));
        }
        await db.SaveChangesAsync(ct);
        foreach (var ofCooperative in messages.GroupBy(message => message.CooperativeId))
            await bulk.AddAsync(ofCooperative.Key, null, [.. ofCooperative.Select(pair => pair.Message)], connection, transaction, utcNow, ct);
        return people[^1];
    }

    // As many kinds of goods as one message holds; a kind is never spread over two, since it is told once a day.
    private static List<Alert> FirstOf(IEnumerable<Alert> alerts)
    {
        var (first, subjects) = (new List<Alert>(), 0);
        foreach (var ofGoods in alerts.GroupBy(alert => alert.Goods))
        {
            subjects += ofGoods.Select(alert => alert.Subject).Distinct().Count();
            if (first.Count > 0 && subjects > AlertRecord.MaxTold)
                break;
            first.AddRange(ofGoods);
        }
        return first;
    }

    private BulkMessage Message(Reader reader, AlertNews news, AlertText written)
    {
        List<OutboundButton> buttons = [NewsButtons.Write(tokens, reader.PersonId, "alerts", news.Label(AlertNews.MineLabel, reader.Language))];
        if (written.CanOrder && reader.MayOrder)
            buttons.Insert(0, NewsButtons.Write(tokens, reader.PersonId, "order", news.Label(AlertNews.OrderLabel, reader.Language)));
        var template = settings.Terms.Templates.TryGetValue(AlertNews.Phrase, out var name)
            ? new OutboundTemplate(name, "id", [new TemplateValue(AlertNews.TemplateValue, written.Summary)]) : null;
        return new BulkMessage(
            reader.PersonId, reader.AddressId, reader.Channel, new OutboxPayload(vault.Open(reader.Address), written.Text, buttons, false, null, template));
    }

    private async Task<Dictionary<long, Reader>> ReadersAsync(KkmpDbContext db, List<long> people, CancellationToken ct)
    {
        var rows = await (
            from address in db.Set<ChannelAddress>()
            where people.Contains(address.PersonId) && !address.Blocked
            select new
            {
                Address = address,
                State = db.Set<Data.Conversation>().Where(row => row.Id == address.PersonId).Select(row => row.State).FirstOrDefault(),
                MayOrder = db.Set<Member>().Any(member => member.PersonId == address.PersonId && member.Status == MemberStatus.Active),
            }).AsNoTracking().ToListAsync(ct);
        return rows.GroupBy(row => row.Address.PersonId).Select(own => own.MaxBy(row => row.Address.LastSeenUtc)!).ToDictionary(
            row => row.Address.PersonId,
            row => new Reader(
                row.Address.PersonId, row.Address.Id, row.Address.Channel, row.Address.Address, row.MayOrder,
                row.State is null ? ConversationState.Empty.Language : StoredConversation.Open(vault, row.State).State.Language));
    }

    private sealed record Reader(long PersonId, long AddressId, string Channel, SealedText Address, bool MayOrder, string Language);
}
