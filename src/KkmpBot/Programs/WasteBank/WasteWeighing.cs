using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>What somebody said of waste on the scales: materials, weights, and what they come to at the prices of the day.</summary>
/// <param name="Lines">By material, in the order said; not yet of a deposit.</param>
/// <param name="Problem">unclear, other_unit, too_fine or no_price; null when it can be booked.</param>
internal sealed record WasteWeighing(IReadOnlyList<WasteLine> Lines, string? Problem)
{
    /// <summary>The widest <see cref="Text"/>: every material once.</summary>
    public const int MaxTextLength = 300;

    // More than half a ton of one family's waste is a slip of the finger.
    private const long MostTenths = 5_000;

    /// <summary>What all lines come to.</summary>
    public long Rupiah => Lines.Sum(line => line.Rupiah);

    /// <summary>All weights together, in tenths of a kilogram.</summary>
    public long Tenths => Lines.Sum(line => line.Tenths);

    /// <summary>"kardus 2,5 kg, besi 1 kg".</summary>
    public string Text => string.Join(", ", Lines.Select(line => $"{WasteMaterials.Name(line.Material)} {WasteMaterials.Kilograms(line.Tenths)} kg"));

    /// <summary>Reads a sentence: "kardus 2,5 kg, botol plastik 3 ons". A number alone is kilograms.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="said">As typed.</param>
    /// <param name="prices">Rupiah a kilogram, by material.</param>
    public static WasteWeighing Read(Turn turn, string said, IReadOnlyDictionary<string, long> prices)
    {
        var lines = new List<WasteLine>();
        foreach (var item in turn.Goods?.Materials(Separated(said)) ?? [])
        {
            var (line, problem) = Line(item, prices);
            if (line is null)
                return new WasteWeighing([], problem);
            if (lines.Exists(other => other.Material == line.Material))
                return new WasteWeighing([], "unclear");
            lines.Add(line);
        }
        return new WasteWeighing(lines, lines.Count == 0 ? "unclear" : null);
    }

    /// <summary>Books it for a member, once a slip: the row, and the credit in the ledger.</summary>
    /// <param name="turn">The turn of who weighed.</param>
    /// <param name="member">Whose; the caller has held the row.</param>
    /// <param name="day">The day of weighing.</param>
    /// <param name="slipKey">What it is known by.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The deposit, and its entry.</returns>
    public async Task<(WasteDeposit Deposit, JournalEntry Entry)> BookAsync(
        Turn turn, Member member, DateOnly day, string slipKey, CancellationToken ct)
    {
        var deposit = new WasteDeposit
        {
            CooperativeId = member.CooperativeId,
            MemberId = member.Id,
            WeighedOn = day,
            Rupiah = Rupiah,
            WeighedBy = turn.Caller.PersonId,
            BookedUtc = turn.UtcNow,
            SlipKey = slipKey,
            Lines = [.. Lines],
        };
        turn.Db.Add(deposit);
        await turn.Db.SaveChangesAsync(ct);
        var credit = new EntryDraft(member.CooperativeId, "waste_received", string.Create(CultureInfo.InvariantCulture, $"waste_deposit:{deposit.Id}"), turn.UtcNow, turn.Caller.PersonId)
            .Debit(Account.WasteStock, Rupiah)
            .Credit(Account.WasteSavings, Rupiah, member.Id);
        var entry = await Books.PostAsync(turn.Db, credit, ct);
        deposit.EntryNumber = entry.Number;
        return (deposit, entry);
    }

    /// <summary>True when a booked deposit says the same: the same member, materials and weights.</summary>
    /// <param name="deposit">With its lines.</param>
    /// <param name="memberId">Whose this one is.</param>
    public bool IsSameAs(WasteDeposit deposit, long memberId) =>
        deposit.MemberId == memberId
        && deposit.Lines.Select(line => (line.Material, line.Tenths)).Order().SequenceEqual(Lines.Select(line => (line.Material, line.Tenths)).Order());

    /// <summary>What a member was credited and did not use yet.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="member">Whose.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<long> BalanceAsync(Turn turn, Member member, CancellationToken ct) =>
        Books.BalanceAsync(turn.Db, member.CooperativeId, Account.WasteSavings, member.Id, ct);

    // "kardus 2,5 botol plastik 1": the bottle is the next material, not what 2,5 counts.
    private static string Separated(string said)
    {
        string[] words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i + 2 < words.Length; i++)
        {
            if (char.IsAsciiDigit(words[i][^1]) && words[i + 1].ToLowerInvariant() is "botol" or "gelas" or "kaleng" && char.IsLetter(words[i + 2][0]))
                words[i] += ";";
        }
        return string.Join(' ', words);
    }

    private static (WasteLine? Line, string? Problem) Line(SaidGoods item, IReadOnlyDictionary<string, long> prices)
    {
        if (item.Goods.Count != 1 || item.Quantity is not { } kilograms || item.Rupiah is not null)
            return (null, "unclear");
        if (item.Unit is not (null or "kg"))
            return (null, "other_unit");
        var tenths = kilograms * WasteMaterials.TenthsAKilogram;
        if (tenths != decimal.Truncate(tenths))
            return (null, "too_fine");
        if (tenths is <= 0 or > MostTenths)
            return (null, "unclear");
        if (!prices.TryGetValue(item.Goods[0], out long price))
            return (null, "no_price");
        var whole = (long)tenths;
        return (new WasteLine { Material = item.Goods[0], Tenths = whole, PriceRupiah = price, Rupiah = WasteMaterials.Value(price, whole) }, null);
    }
}
