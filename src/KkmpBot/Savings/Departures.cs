using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>What is returned to whoever leaves, by the articles of this day; the rest stays with the cooperative as reserves.</summary>
/// <param name="Pokok">Simpanan pokok that is returned.</param>
/// <param name="Wajib">Simpanan wajib that is returned.</param>
/// <param name="Sukarela">Simpanan sukarela and what was credited for waste, always returned.</param>
/// <param name="Shu">Their shares of SHU not fetched yet, always paid.</param>
/// <param name="Kept">What the articles leave with the cooperative.</param>
internal sealed record Settlement(long Pokok, long Wajib, long Sukarela, long Shu, long Kept)
{
    /// <summary>What is handed over.</summary>
    public long Total => Pokok + Wajib + Sukarela + Shu;

    /// <summary>Reads a member's money and the articles.</summary>
    public static async Task<Settlement> OfAsync(Turn turn, Member member, CancellationToken ct)
    {
        var rules = await ArticleRule.OnAsync(turn.Db, member.CooperativeId, Wib.Day(turn.UtcNow), ct);
        var (pokok, wajib) = (await OfAsync(Account.Pokok), await OfAsync(Account.Wajib));
        bool returnsPokok = rules.GetValueOrDefault(ArticleRule.ReturnsPokok, 1) == 1;
        bool returnsWajib = rules.GetValueOrDefault(ArticleRule.ReturnsWajib, 1) == 1;
        return new Settlement(
            returnsPokok ? pokok : 0, returnsWajib ? wajib : 0, await OfAsync(Account.Sukarela) + await OfAsync(Account.WasteSavings), await OfAsync(Account.MemberShu),
            (returnsPokok ? 0 : pokok) + (returnsWajib ? 0 : wajib));

        Task<long> OfAsync(Account account) => Books.BalanceAsync(turn.Db, member.CooperativeId, account, member.Id, ct);
    }
}

/// <summary>Departures as dialogs see them.</summary>
internal static class Departures
{
    /// <summary>More than this are shown when these are settled.</summary>
    public const int MaxListed = 50;

    /// <summary>Somebody who leaves, with what is returned; <c>kept</c> stays with the cooperative.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "departure",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(24)),
        ("reason", DialogType.TextOf(40)),
        ("pokok", DialogType.Money),
        ("wajib", DialogType.Money),
        ("sukarela", DialogType.Money),
        ("shu", DialogType.Money),
        ("kept", DialogType.Money),
        ("total", DialogType.Money));

    /// <summary>Those that wait, oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("departures", Type, MaxListed);

    /// <summary>The record of a departure, or of what one would bring.</summary>
    public static async Task<RecordValue> RecordAsync(Turn turn, Member member, Departure? departure, CancellationToken ct)
    {
        var settlement = await Settlement.OfAsync(turn, member, ct);
        return RecordValue.Of(
            ("key", new TextValue(departure is null ? "" : departure.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(Claims.Short(turn.Vault.Open(member.FullName)))),
            ("reason", new TextValue(departure is null ? "" : Words(turn, departure))),
            ("pokok", new MoneyValue(settlement.Pokok)),
            ("wajib", new MoneyValue(settlement.Wajib)),
            ("sukarela", new MoneyValue(settlement.Sukarela)),
            ("shu", new MoneyValue(settlement.Shu)),
            ("kept", new MoneyValue(settlement.Kept)),
            ("total", new MoneyValue(settlement.Total)));
    }

    /// <summary>The departure that a dialog's key names, if it waits in the caller's cooperative; tracked.</summary>
    public static async Task<Departure?> FindWaitingAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        // Two officers at once: the second reads what the first has decided.
        await turn.Db.LockAsync<Departure>(id, ct);
        return await turn.Db.Set<Departure>().SingleOrDefaultAsync(
            row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == Departure.Waiting, ct);
    }

    private static string Words(Turn turn, Departure departure) => departure.Reason switch
    {
        DepartureReason.Moved => "Pindah koperasi",
        DepartureReason.Died when departure.Heir is { } heir => $"Meninggal; ahli waris {Claims.Short(turn.Vault.Open(heir))}",
        DepartureReason.Died => "Meninggal",
        DepartureReason.Dismissed => "Diberhentikan rapat anggota",
        _ => "Permintaan sendiri",
    };
}

/// <summary>What a member gets back if they leave today. <c>officer</c>: somebody in office first gives it up.</summary>
public sealed class QuoteDeparture : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.quote_departure")
        .Gives("quoted", Departures.Type)
        .Gives("waiting_already", Departures.Type)
        .Gives("officer")
        .Gives("no_member");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await QuoteDeposit.OwnAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        if (turn.Caller.OfficerRole is not null)
            return new Outcome("officer");
        var waiting = await turn.Db.Set<Departure>().SingleOrDefaultAsync(row => row.MemberId == member.Id && row.Status == Departure.Waiting, ct);
        return new Outcome(waiting is null ? "quoted" : "waiting_already", await Departures.RecordAsync(turn, member, waiting, ct));
    }
}

/// <summary>A member asks to leave; they stay a member until the counter has settled it. With a kelurahan they move to its cooperative.</summary>
public sealed class AskDeparture : ICapability
{
    /// <summary>Tells the officers who take money.</summary>
    public const string Notice = "departure_asked";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.ask_departure")
        .MayTake("kelurahan", DialogType.Text)
        .Gives("asked")
        .Gives("same_place")
        .Gives("changed");

    /// <summary>What the officers read.</summary>
    internal static DialogType News { get; } = DialogType.Record("departure_news", ("name", DialogType.TextOf(24)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.OfficerRole is not null || await QuoteDeposit.OwnAsync(turn, ct) is not { } member
            || await turn.Db.Set<Departure>().AnyAsync(row => row.MemberId == member.Id && row.Status == Departure.Waiting, ct))
            return new Outcome("changed");
        int? movesTo = call.TextOrNull("kelurahan") is { } code
            ? await turn.Db.Set<Cooperative>().Where(row => row.Code == code).Select(row => row.Id).SingleAsync(ct)
            : null;
        if (movesTo == member.CooperativeId)
            return new Outcome("same_place");
        turn.Db.Add(new Departure
        {
            CooperativeId = member.CooperativeId,
            MemberId = member.Id,
            Reason = movesTo is null ? DepartureReason.Own : DepartureReason.Moved,
            MovesTo = movesTo,
            AtUtc = turn.UtcNow,
        });
        var news = RecordValue.Of(("name", new TextValue(Claims.Short(turn.Vault.Open(member.FullName)))));
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, member.CooperativeId, ct))
            turn.Notify(officer, Notice, news);
        return new Outcome("asked");
    }
}

/// <summary>A member who asked to leave stays after all.</summary>
public sealed class StayMember : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.stay").Gives("stayed").Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var departure = await turn.Db.Set<Departure>()
            .SingleOrDefaultAsync(row => row.MemberId == turn.Caller.MemberId && row.Status == Departure.Waiting, ct);
        if (departure is null)
            return new Outcome("gone");
        departure.Status = Departure.Withdrawn;
        return new Outcome("stayed");
    }
}

/// <summary>The departures that wait for the counter, oldest first.</summary>
public sealed class ListDepartures : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.departures").Gives("listed", Departures.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var waiting = await turn.Db.Set<Departure>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status == Departure.Waiting)
            .OrderBy(row => row.Id).Take(Departures.MaxListed)
            .Join(turn.Db.Set<Member>().AsNoTracking(), row => row.MemberId, member => member.Id, (row, member) => new { row, member })
            .ToListAsync(ct);
        if (waiting.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', waiting.Select(pair => MemberRegister.Subject(pair.member.Id))), ct);
        var records = new List<RecordValue>();
        foreach (var pair in waiting)
            records.Add(await Departures.RecordAsync(turn, pair.member, pair.row, ct));
        return new Outcome("listed", new ListValue(records));
    }
}
