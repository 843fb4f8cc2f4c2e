using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>Somebody who is to hear an announcement.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="AddressId">Their latest address that is not blocked.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Address">The address itself.</param>
/// <param name="SeenUtc">When they last wrote from it.</param>
/// <param name="WindowClosed">True when the platform said since that it takes no free text for them.</param>
/// <param name="Language">id, jv or en.</param>
/// <param name="Nickname">What they are called; null for no name.</param>
public sealed record AudienceMember(
    long PersonId, long AddressId, string Channel, SealedText Address, DateTime SeenUtc, bool WindowClosed, string Language, SealedText? Nickname);

/// <summary>People of an audience, by their id.</summary>
/// <param name="People">Those who are to hear it.</param>
/// <param name="Last">The last person that was looked at; null when nobody is left.</param>
public sealed record AudiencePage(IReadOnlyList<AudienceMember> People, long? Last);

/// <summary>Reads an audience page by page, in the order of the people's ids: whoever was looked at is passed by with a cursor.</summary>
/// <param name="db">A context.</param>
/// <param name="vault">Opens the language that people talk in.</param>
/// <param name="utcNow">Now.</param>
public sealed class AudienceReader(KkmpDbContext db, Vault vault, DateTime utcNow)
{
    /// <summary>People looked at in one page.</summary>
    public const int PageSize = 500;

    // Half a year: what somebody bought before says little of what they buy now.
    private static readonly TimeSpan BoughtWithin = TimeSpan.FromDays(182);

    /// <summary>The next people of an audience.</summary>
    /// <param name="audience">Which.</param>
    /// <param name="after">The person after whom to begin; 0 at first.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<AudiencePage> ReadAsync(Audience audience, long after, CancellationToken ct)
    {
        var ids = await Members(audience).Select(member => member.PersonId).Where(id => id > after).Distinct().OrderBy(id => id).Take(PageSize).ToListAsync(ct);
        if (ids.Count == 0)
            return new AudiencePage([], null);
        var people = await AddressedAsync(ids, ct);
        var kept = people.Where(person => (audience.Channel is null || person.Channel == audience.Channel) && (audience.Language is null || person.Language == audience.Language));
        if (audience.InArrears is { } owes)
        {
            var inArrears = await InArrearsAsync(audience, ids, ct);
            kept = kept.Where(person => inArrears.Contains(person.PersonId) == owes);
        }
        return new AudiencePage([.. kept], ids[^1]);
    }

    /// <summary>The next of those who got an announcement, for its correction; without those who have stopped announcements since.</summary>
    /// <param name="announcementId">The announcement that was wrong.</param>
    /// <param name="after">The person after whom to begin.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<AudiencePage> ReadRecipientsAsync(long announcementId, long after, CancellationToken ct)
    {
        var got = db.Set<OutboxMessage>()
            .Where(row => row.AnnouncementId == announcementId && row.ConversationId > after
                && (row.Status == OutboxStatus.Sent || row.Status == OutboxStatus.Unknown || row.Status == OutboxStatus.PassedOn)
                && !db.Set<DeliveryRow>().Any(told => told.OutboxId == row.Id && told.Progress == DeliveryProgress.Failed));
        var ids = await got.Select(row => row.ConversationId).Distinct().OrderBy(id => id).Take(PageSize).ToListAsync(ct);
        if (ids.Count == 0)
            return new AudiencePage([], null);
        var agreed = await db.Set<Person>().Where(person => ids.Contains(person.Id)).Where(person => db.Set<Consent>()
            .Where(consent => consent.PersonId == person.Id && consent.Purpose == ConsentPurpose.Announcements)
            .OrderByDescending(consent => consent.Id).Select(consent => consent.Given).FirstOrDefault()).Select(person => person.Id).ToListAsync(ct);
        return new AudiencePage(await AddressedAsync(agreed, ct), ids[^1]);
    }

    private IQueryable<Member> Members(Audience audience)
    {
        var members = db.Set<Member>().AsNoTracking().Where(member => db.Set<Consent>()
            .Where(consent => consent.PersonId == member.PersonId && consent.Purpose == ConsentPurpose.Announcements)
            .OrderByDescending(consent => consent.Id).Select(consent => consent.Given).FirstOrDefault());
        members = audience.Status is { } status
            ? members.Where(member => member.Status == status)
            : members.Where(member => member.Status == MemberStatus.Active || member.Status == MemberStatus.Approved);
        if (audience.CooperativeId is { } cooperativeId)
            members = members.Where(member => member.CooperativeId == cooperativeId);
        else if (audience.Kecamatan is { } kecamatan)
            members = members.Where(member => db.Set<Cooperative>().Any(row => row.Id == member.CooperativeId && row.Kecamatan == kecamatan));
        if (audience.IsCivilServant is { } asn)
            members = members.Where(member => member.IsCivilServant == asn);
        if (audience.Bought is { } goods)
        {
            var (since, prefix) = (utcNow - BoughtWithin, goods + "_");
            members = members.Where(member => db.Set<Order>().Any(order => order.MemberId == member.Id && order.Status == OrderStatus.HandedOver && order.ClosedUtc >= since
                && db.Set<OrderLine>().Any(line => line.OrderId == order.Id
                    && db.Set<Product>().Any(product => product.Id == line.ProductId && (product.Goods == goods || product.Goods.StartsWith(prefix))))));
        }
        return members;
    }

    private async Task<List<AudienceMember>> AddressedAsync(List<long> ids, CancellationToken ct)
    {
        var rows = await (
            from address in db.Set<ChannelAddress>().AsNoTracking()
            join person in db.Set<Person>() on address.PersonId equals person.Id
            where ids.Contains(address.PersonId) && !address.Blocked
            select new
            {
                Address = address,
                person.Nickname,
                State = db.Set<Data.Conversation>().Where(row => row.Id == address.PersonId).Select(row => row.State).FirstOrDefault(),
            }).ToListAsync(ct);
        return [.. rows.GroupBy(row => row.Address.PersonId).OrderBy(own => own.Key).Select(own => own.MaxBy(row => row.Address.LastSeenUtc)!).Select(row => new AudienceMember(
            row.Address.PersonId, row.Address.Id, row.Address.Channel, row.Address.Address, row.Address.LastSeenUtc, row.Address.WindowClosed,
            row.State is null ? ConversationState.Empty.Language : StoredConversation.Open(vault, row.State).State.Language, row.Nickname))];
    }

    private async Task<HashSet<long>> InArrearsAsync(Audience audience, List<long> ids, CancellationToken ct)
    {
        var owing = new HashSet<long>();
        foreach (var member in await Members(audience).Where(member => ids.Contains(member.PersonId)).ToListAsync(ct))
        {
            if (await Deposits.WajibDuesAsync(db, member, Wib.Day(utcNow), ct) is { ArrearsMonths: > 0 })
                owing.Add(member.PersonId);
        }
        return owing;
    }
}
