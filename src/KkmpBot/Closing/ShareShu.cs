using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Closing;

/// <summary>The oldest closed year whose SHU waits for the meeting, and how it would be shared by the shares in force.</summary>
public sealed class QuoteShu : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.quote_shu")
        .Gives("quoted", Plan)
        .Gives("no_surplus")
        .Gives("no_year");

    /// <summary>A year's SHU as it would be shared.</summary>
    internal static DialogType Plan { get; } = DialogType.Record(
        "shu_plan",
        ("year", DialogType.Whole),
        ("surplus", DialogType.Money),
        ("reserves", DialogType.Money),
        ("business", DialogType.Money),
        ("capital", DialogType.Money),
        ("education", DialogType.Money),
        ("incentives", DialogType.Money),
        ("social", DialogType.Money),
        ("members", DialogType.Whole));

    /// <summary>The year that waits; null for none.</summary>
    internal static Task<ClosedYear?> WaitingAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct) =>
        db.Set<ClosedYear>().Where(row => row.CooperativeId == cooperativeId && row.SharedUtc == null).OrderBy(row => row.Year).FirstOrDefaultAsync(ct);

    /// <summary>Shares a year's SHU by the articles of this day.</summary>
    internal static async Task<Shu> ShareAsync(KkmpDbContext db, ClosedYear year, DateOnly today, CancellationToken ct)
    {
        var rules = await ArticleRule.OnAsync(db, year.CooperativeId, today, ct);
        return Shu.Share(year.ResultRupiah, ShuShares.From(rules), await Shu.MembersAsync(db, year.CooperativeId, year.Year, rules, ct));
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || await WaitingAsync(turn.Db, turn.Caller.CooperativeId!.Value, ct) is not { } year)
            return new Outcome("no_year");
        if (year.ResultRupiah <= 0)
            return new Outcome("no_surplus");
        var shu = await ShareAsync(turn.Db, year, Wib.Day(turn.UtcNow), ct);
        return new Outcome("quoted", RecordValue.Of(
            ("year", new WholeValue(year.Year)),
            ("surplus", new MoneyValue(shu.SurplusRupiah)),
            ("reserves", new MoneyValue(shu.ReservesRupiah)),
            ("business", new MoneyValue(shu.Members.Sum(part => part.BusinessRupiah))),
            ("capital", new MoneyValue(shu.Members.Sum(part => part.CapitalRupiah))),
            ("education", new MoneyValue(shu.EducationRupiah)),
            ("incentives", new MoneyValue(shu.IncentivesRupiah)),
            ("social", new MoneyValue(shu.SocialRupiah)),
            ("members", new WholeValue(shu.Members.Count))));
    }
}

/// <summary>The chair enters the shares that the meeting decided: six percentages that make up a hundred, in the order asked.</summary>
public sealed class SetShuShares : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.set_shares")
        .Takes("said", DialogType.Text)
        .Gives("set")
        .Gives("unclear")
        .Gives("not_whole")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: { } cooperativeId })
            return new Outcome("not_allowed");
        var parts = new List<int>();
        foreach (var token in Tokens.Split(TypedText.Clean(call.Text("said"))).Where(token => token.Kind == TokenKind.Numeral))
        {
            if (NumberReader.Quantity(token.Text) is not { } percent || percent is < 0 or > 100 || decimal.Truncate(percent * 100) != percent * 100)
                return new Outcome("unclear");
            parts.Add((int)(percent * 100));
        }
        if (parts.Count != ShuShares.Names.Count)
            return new Outcome("unclear");
        if (parts.Sum() != ShuShares.Whole)
            return new Outcome("not_whole");
        for (int i = 0; i < parts.Count; i++)
            await ArticleRule.SetAsync(turn.Db, cooperativeId, ShuShares.Names[i], Wib.Day(turn.UtcNow), parts[i], ct);
        await Audit.RecordAsync(turn, Description.Name, string.Join('-', parts), ct);
        return new Outcome("set");
    }
}

/// <summary>
/// The chair books the sharing that the members' meeting decided: reserves, funds, and each member's part as a debt of the cooperative
/// that the counter pays out. Once a year; the sum is exact.
/// </summary>
public sealed class ShareShu : ICapability
{
    // One line is the other side of the entry.
    private const int MembersAnEntry = EntryDraft.MaxLines - 1;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.share_shu")
        .Takes("year", DialogType.Whole)
        .Takes("surplus", DialogType.Money)
        .Gives("shared")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: { } cooperativeId })
            return new Outcome("not_allowed");
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        if (await QuoteShu.WaitingAsync(turn.Db, cooperativeId, ct) is not { ResultRupiah: > 0 } year
            || year.Year != call.Whole("year") || year.ResultRupiah != call.Rupiah("surplus"))
            return new Outcome("not_allowed");
        var shu = await QuoteShu.ShareAsync(turn.Db, year, Wib.Day(turn.UtcNow), ct);
        year.SharedUtc = turn.UtcNow;
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"year:{year.Year}"), ct);
        await BookAsync(turn, year, shu, ct);
        return new Outcome("shared");
    }

    private static async Task BookAsync(Turn turn, ClosedYear year, Shu shu, CancellationToken ct)
    {
        long members = shu.Members.Sum(part => part.TotalRupiah);
        var funds = Draft(turn, year, 0).Debit(Account.Result, shu.SurplusRupiah - members);
        foreach (var (account, rupiah) in new[]
        {
            (Account.Reserves, shu.ReservesRupiah), (Account.EducationFund, shu.EducationRupiah),
            (Account.IncentiveFund, shu.IncentivesRupiah), (Account.SocialFund, shu.SocialRupiah),
        })
        {
            if (rupiah > 0)
                funds.Credit(account, rupiah);
        }
        await Books.PostAsync(turn.Db, funds, ct);
        int entry = 0;
        foreach (var some in shu.Members.Where(part => part.TotalRupiah > 0).Chunk(MembersAnEntry))
        {
            var draft = Draft(turn, year, ++entry).Debit(Account.Result, some.Sum(part => part.TotalRupiah));
            foreach (var part in some)
                draft.Credit(Account.MemberShu, part.TotalRupiah, part.MemberId);
            await Books.PostAsync(turn.Db, draft, ct);
        }
    }

    private static EntryDraft Draft(Turn turn, ClosedYear year, int entry) => new(
        year.CooperativeId,
        "shu_shared",
        string.Create(CultureInfo.InvariantCulture, $"shu:{year.CooperativeId}:{year.Year}:{entry}"),
        turn.UtcNow,
        turn.Caller.PersonId)
    { Reference = year.Year.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>
/// A member's own SHU: what was shared to them and waits at the counter, or for the running year an estimate that is called one, since the
/// year is not over and no meeting has decided.
/// </summary>
public sealed class PreviewShu : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.preview_shu")
        .Gives("preview", Preview)
        .Gives("no_surplus", Preview)
        .Gives("no_member");

    /// <summary>The member's part so far; <c>waiting</c> is what earlier years left at the counter.</summary>
    internal static DialogType Preview { get; } = DialogType.Record(
        "shu_preview",
        ("year", DialogType.Whole),
        ("capital", DialogType.Money),
        ("business", DialogType.Money),
        ("total", DialogType.Money),
        ("waiting", DialogType.Money),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } id
            || await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == id, ct) is not { Status: MemberStatus.Active } member)
            return new Outcome("no_member");
        var today = Wib.Day(turn.UtcNow);
        var rules = await ArticleRule.OnAsync(turn.Db, member.CooperativeId, today, ct);
        var statement = await IncomeStatement.OfAsync(turn.Db, member.CooperativeId, new DateOnly(today.Year, 1, 1), today, ct);
        long waiting = await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.MemberShu, id, ct);
        if (statement.ResultRupiah <= 0)
            return new Outcome("no_surplus", Record(today, new ShuPart(id, 0, 0), waiting));
        var shu = Shu.Share(
            statement.ResultRupiah, ShuShares.From(rules), await Shu.MembersAsync(turn.Db, member.CooperativeId, today.Year, rules, ct));
        return new Outcome("preview", Record(today, shu.Members.FirstOrDefault(part => part.MemberId == id) ?? new ShuPart(id, 0, 0), waiting));
    }

    private static RecordValue Record(DateOnly today, ShuPart part, long waiting) => RecordValue.Of(
        ("year", new WholeValue(today.Year)),
        ("capital", new MoneyValue(part.CapitalRupiah)),
        ("business", new MoneyValue(part.BusinessRupiah)),
        ("total", new MoneyValue(part.TotalRupiah)),
        ("waiting", new MoneyValue(waiting)),
        ("day", new DateValue(today)));
}
