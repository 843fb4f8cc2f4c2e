using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// Whom an officer means by a register number, a phone number or a name. Names and phones are sealed, so the cooperative's members are
/// opened and compared here; no other cooperative's are.
/// </summary>
public sealed class FindPayer : ICapability
{
    /// <summary>The first so many are shown; for the others the officer says more of the name.</summary>
    public const int MaxFound = 9;

    // A kelurahan has fewer adults with a membership than this; a query over more would hold up everybody's turn.
    private const int MaxSearched = 10_000;
    private const int NameLength = 24;

    private static readonly HashSet<string> Honorifics = ["pak", "bapak", "bp", "bpk", "bu", "ibu", "mbak", "mas", "sdr", "sdri", "an", "h", "hj"];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.find_payer")
        .Takes("text", DialogType.Text)
        .Gives("found", PayerList)
        .Gives("none");

    /// <summary>Somebody who may pay in: what they owe now. <c>months_due</c> counts this month too.</summary>
    internal static DialogType Payer { get; } = DialogType.Record(
        "payer",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(NameLength)),
        ("number", DialogType.TextOf(10)),
        ("active", DialogType.YesNo),
        ("pokok_owed", DialogType.Money),
        ("months_due", DialogType.Whole),
        ("first_unpaid", DialogType.TextOf(14)),
        ("sukarela", DialogType.Money),
        ("shu", DialogType.Money),
        ("waste", DialogType.Money));

    /// <summary>Those found.</summary>
    internal static DialogType PayerList { get; } = DialogType.List("payers", Payer, MaxFound);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("none");
        var members = turn.Db.Set<Member>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId
                && (row.Status == MemberStatus.Approved || row.Status == MemberStatus.Active));
        var found = await MatchingAsync(call.Text("text"), members, turn, ct);
        if (found.Count == 0)
            return new Outcome("none");
        await Audit.RecordAsync(turn, Description.Name, string.Join(' ', found.Select(row => MemberRegister.Subject(row.Id))), ct);
        var payers = new List<RecordValue>();
        foreach (var member in found)
            payers.Add(await RecordAsync(member, turn, ct));
        return new Outcome("found", new ListValue(payers));
    }

    private static async Task<List<Member>> MatchingAsync(string text, IQueryable<Member> members, Turn turn, CancellationToken ct)
    {
        if (PhoneReader.Read(text).E164 is { } phone)
        {
            var numbers = await members.OrderBy(row => row.Id).Take(MaxSearched).Select(row => new { row.Id, row.Phone }).ToListAsync(ct);
            return await ReadAsync(members, numbers.Where(row => turn.Vault.Open(row.Phone) == phone).Select(row => row.Id), ct);
        }
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return await members.Where(row => row.Number == number).ToListAsync(ct);
        string[] wanted = [.. Words(text).SkipWhile(Honorifics.Contains)];
        if (wanted.Length == 0)
            return [];
        var names = await members.OrderBy(row => row.Id).Take(MaxSearched).Select(row => new { row.Id, row.FullName }).ToListAsync(ct);
        return await ReadAsync(members, names.Where(row => IsNamed(Words(turn.Vault.Open(row.FullName)), wanted)).Select(row => row.Id), ct);
    }

    private static Task<List<Member>> ReadAsync(IQueryable<Member> members, IEnumerable<long> ids, CancellationToken ct)
    {
        long[] found = [.. ids.Take(MaxFound)];
        return members.Where(row => found.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(ct);
    }

    // "slam har" finds Slamet Riyadi Hartono: every word begins one of the name's.
    private static bool IsNamed(string[] name, string[] wanted) =>
        wanted.All(word => name.Any(part => part.StartsWith(word, StringComparison.Ordinal)));

    private static string[] Words(string text) =>
        TypedText.Fold(TypedText.Clean(text)).Split([' ', '.', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static async Task<RecordValue> RecordAsync(Member member, Turn turn, CancellationToken ct)
    {
        var today = Wib.Day(turn.UtcNow);
        var dues = await Deposits.WajibDuesAsync(turn.Db, member, today, ct);
        string name = turn.Vault.Open(member.FullName);
        return RecordValue.Of(
            ("key", new TextValue(member.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(name.Length <= NameLength ? name : $"{name[..(NameLength - 1)].TrimEnd()}…")),
            ("number", new TextValue(member.Number is null ? "-" : MemberRegister.Text(member.Number))),
            ("active", new YesNoValue(dues is not null)),
            ("pokok_owed", new MoneyValue(await Deposits.PokokOwedAsync(turn.Db, member, today, ct))),
            ("months_due", new WholeValue(dues is null || dues.IsPaidThisMonth ? 0 : dues.ArrearsMonths + 1)),
            ("first_unpaid", new TextValue(Months.Text(dues?.FirstUnpaid))),
            ("sukarela", new MoneyValue(await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Sukarela, member.Id, ct))),
            ("shu", new MoneyValue(await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.MemberShu, member.Id, ct))),
            ("waste", new MoneyValue(await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.WasteSavings, member.Id, ct))));
    }
}
