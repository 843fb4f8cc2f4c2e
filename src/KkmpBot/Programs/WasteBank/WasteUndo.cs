using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>
/// Taking a weigh-in back: its entry is reversed, the row stays and counts nowhere, the member is told. Its slip's number is free again, since
/// the paper keeps it; only the content that was taken back is not booked a second time.
/// </summary>
internal static class WasteUndo
{
    private const string UndoneMark = ":undone:";

    /// <summary>What was weighed in and not taken back.</summary>
    /// <param name="db">The turn's database.</param>
    public static IQueryable<WasteDeposit> Standing(KkmpDbContext db) => db.Set<WasteDeposit>().Where(row => row.UndoneUtc == null);

    /// <summary>True when this very content of a slip was taken back before: a batch that is sent again brings it back by no accident.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="slipKey">The slip.</param>
    /// <param name="weighing">Its content.</param>
    /// <param name="memberId">Whose.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> WasUndoneAsync(KkmpDbContext db, string slipKey, WasteWeighing weighing, long memberId, CancellationToken ct)
    {
        var undone = await db.Set<WasteDeposit>().AsNoTracking().Include(row => row.Lines)
            .Where(row => row.MemberId == memberId && row.UndoneUtc != null && row.SlipKey.StartsWith(slipKey + UndoneMark)).ToListAsync(ct);
        return undone.Exists(row => weighing.IsSameAs(row, memberId));
    }

    /// <summary>Takes the officer's own last weigh-in back, with one word.</summary>
    public static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct) =>
        await TakeBackAsync(turn, long.Parse(subject, CultureInfo.InvariantCulture), TakeBack.UndoneReason, ct) is { Entry: { } entry } ? TakeBack.Words(entry) : null;

    /// <summary>Takes one back.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="depositId">Which; of another cooperative it is as if there were none.</param>
    /// <param name="reason">What the member reads.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The entry that was reversed; or <c>gone</c>, or <c>used</c> when the savings or the waste have gone on from there.</returns>
    public static async Task<(JournalEntry? Entry, string? Refusal)> TakeBackAsync(Turn turn, long depositId, string reason, CancellationToken ct)
    {
        var found = await turn.Db.Set<WasteDeposit>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == depositId && row.CooperativeId == turn.Caller.CooperativeId, ct);
        if (found is null)
            return (null, "gone");
        await turn.Db.LockAsync<Member>(found.MemberId, ct);
        await turn.Db.LockAsync<Cooperative>(found.CooperativeId, ct);
        var deposit = await turn.Db.Set<WasteDeposit>().Include(row => row.Lines).SingleAsync(row => row.Id == depositId, ct);
        await turn.Db.Entry(deposit).ReloadAsync(ct);
        if (deposit is not { UndoneUtc: null, EntryNumber: { } number })
            return (null, "gone");
        if (await IsSoldAsync(turn.Db, deposit, ct))
            return (null, "used");
        var (entry, refusal) = await TakeBack.RunAsync(turn, deposit.CooperativeId, number, reason, isOwnUndo: true, ct);
        if (entry is null)
            return (null, refusal == "built_on" ? "used" : "gone");
        deposit.UndoneUtc = turn.UtcNow;
        deposit.SlipKey = string.Create(CultureInfo.InvariantCulture, $"{deposit.SlipKey}{UndoneMark}{deposit.Id}");
        return (entry, null);
    }

    // What a dealer has taken away cannot leave the store again, nor what it was credited with.
    private static async Task<bool> IsSoldAsync(KkmpDbContext db, WasteDeposit deposit, CancellationToken ct)
    {
        var store = await WasteStore.OfAsync(db, deposit.CooperativeId, ct);
        return deposit.Lines.Any(line =>
        {
            var (tenths, rupiah) = (store[line.Material].Tenths - line.Tenths, store[line.Material].Rupiah - line.Rupiah);
            return tenths < 0 || rupiah < 0 || (tenths == 0 && rupiah != 0);
        });
    }
}

/// <summary>What was weighed in lately and can be taken back: by officers, and line by line by volunteers.</summary>
public sealed class ListWeighings : ICapability
{
    private const int MaxListed = 20;
    private const int MaxLabelLength = 24;
    private const int MaxShortLength = 60;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.weighings").Gives("listed", ListType);

    /// <summary>One: whose by number, when, what it was and what was credited.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "waste_weighing",
        ("key", DialogType.TextOf(20)),
        ("label", DialogType.TextOf(MaxLabelLength)),
        ("number", DialogType.TextOf(10)),
        ("day", DialogType.Date),
        ("amount", DialogType.Money),
        ("brief", DialogType.TextOf(MaxShortLength)),
        ("what", DialogType.TextOf(WasteWeighing.MaxTextLength)));

    /// <summary>The latest, the youngest first.</summary>
    internal static DialogType ListType { get; } = DialogType.List("waste_weighings", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var rows = await WasteUndo.Standing(turn.Db).AsNoTracking().Where(row => row.CooperativeId == cooperativeId && row.EntryNumber != null)
            .OrderByDescending(row => row.Id).Take(MaxListed).Include(row => row.Lines).ToListAsync(ct);
        var members = rows.Select(row => row.MemberId).Distinct().ToList();
        var numbers = await turn.Db.Set<Member>().Where(row => members.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, ct);
        return new Outcome("listed", new ListValue([.. rows.Select(row => Of(row, numbers[row.MemberId]))]));
    }

    private static RecordValue Of(WasteDeposit row, int? number)
    {
        var what = new WasteWeighing([.. row.Lines], null).Text;
        return RecordValue.Of(
            ("key", new TextValue(row.Id.ToString(CultureInfo.InvariantCulture))),
            ("label", new TextValue($"{MemberRegister.Text(number)}, {Dialogs.Texts.Rupiah.Write(row.Rupiah)}")),
            ("number", new TextValue(MemberRegister.Text(number))),
            ("day", new DateValue(row.WeighedOn)),
            ("amount", new MoneyValue(row.Rupiah)),
            ("brief", new TextValue(what.Length <= MaxShortLength ? what : $"{what[..(MaxShortLength - 1)]}…")),
            ("what", new TextValue(what)));
    }
}

/// <summary>The chair or treasurer takes back what was weighed wrongly, also one slip of a volunteer's batch; the member is told.</summary>
public sealed class TakeBackWaste : ICapability
{
    private const string Reason = "Timbangannya keliru";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.take_back")
        .Takes("weighing", DialogType.Text)
        .Gives("taken_back")
        .Gives("used")
        .Gives("gone")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("not_allowed");
        if (!long.TryParse(call.Text("weighing"), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return new Outcome("gone");
        var (_, refusal) = await WasteUndo.TakeBackAsync(turn, id, Reason, ct);
        if (refusal is not null)
            return new Outcome(refusal);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"waste_deposit:{id}"), ct);
        return new Outcome("taken_back");
    }
}
