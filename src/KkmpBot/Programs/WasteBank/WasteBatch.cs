using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Savings;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>
/// A volunteer's day without network, written from the slips afterwards, by themselves or at the counter: "#1 0005 kardus 2,5 #2 0006 besi 1". A slip is known by volunteer,
/// day and its number, so that a batch sent twice, or half twice, books once; the same number with another content is refused.
/// </summary>
internal sealed class WasteBatch
{
    /// <summary>More slips do not fit into one message; the rest comes with the next.</summary>
    public const int MaxSlips = 40;

    /// <summary>Slips are written at most so many days late.</summary>
    public const int MaxDaysLate = 3;

    private const int MaxWordsLength = 400;
    private const int MaxSlipNumber = 9999;
    private readonly List<Slip> fresh = [];
    private readonly List<string> wrong = [];
    private int before;

    private WasteBatch(DateOnly day) => Day = day;

    /// <summary>What is new in it, what was booked before, and what cannot be booked, in words.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "waste_batch",
        ("day", DialogType.Date),
        ("fresh", DialogType.Whole),
        ("before", DialogType.Whole),
        ("weight", DialogType.TextOf(12)),
        ("amount", DialogType.Money),
        ("wrong", DialogType.TextOf(MaxWordsLength)));

    /// <summary>The day of weighing.</summary>
    public DateOnly Day { get; }

    /// <summary>The slips that can be booked and were not.</summary>
    public IReadOnlyList<Slip> Fresh => fresh;

    /// <summary>What they come to.</summary>
    public long Rupiah => fresh.Sum(slip => slip.Weighing.Rupiah);

    /// <summary>Reads a volunteer's batch; null when the caller may not write it, or it is of no day that may be written.</summary>
    /// <param name="turn">The turn of the volunteer, or of an officer with the volunteer's slips.</param>
    /// <param name="number">The register number of the volunteer whose slips they are; null for the caller's own.</param>
    /// <param name="daysAgo">How many days ago it was weighed: d0, d1, ….</param>
    /// <param name="said">As typed.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<WasteBatch?> ReadAsync(Turn turn, string? number, string daysAgo, string said, CancellationToken ct)
    {
        var volunteer = await SlipWriter.FindAsync(turn, number, ct);
        if (volunteer is null || !int.TryParse(daysAgo.TrimStart('d'), NumberStyles.None, CultureInfo.InvariantCulture, out int late) || late > MaxDaysLate)
            return null;
        // One volunteer's slips one after the other, also from two phones.
        await turn.Db.LockAsync<WasteVolunteer>(volunteer.PersonId, ct);
        var batch = new WasteBatch(Wib.Day(turn.UtcNow).AddDays(-late));
        var prices = await WasteMaterials.PricesAsync(turn.Db, volunteer.CooperativeId, batch.Day, ct);
        foreach (string slip in said.Split('#', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxSlips))
            await batch.ReadSlipAsync(turn, volunteer, slip, prices, ct);
        return batch;
    }

    /// <summary>The record of it.</summary>
    public RecordValue Record()
    {
        var words = string.Join(" ", wrong);
        return RecordValue.Of(
            ("day", new DateValue(Day)),
            ("fresh", new WholeValue(fresh.Count)),
            ("before", new WholeValue(before)),
            ("weight", new TextValue(WasteMaterials.Kilograms(fresh.Sum(slip => slip.Weighing.Tenths)))),
            ("amount", new MoneyValue(Rupiah)),
            ("wrong", new TextValue(words.Length <= MaxWordsLength ? words : $"{words[..(MaxWordsLength - 1)]}…")));
    }

    private async Task ReadSlipAsync(Turn turn, WasteVolunteer volunteer, string slip, IReadOnlyDictionary<string, long> prices, CancellationToken ct)
    {
        string[] parts = slip.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is 0 or > MaxSlipNumber)
        {
            wrong.Add($"\"{(slip.Length <= 20 ? slip : slip[..20])}\" belum terbaca.");
            return;
        }
        var key = string.Create(CultureInfo.InvariantCulture, $"slip:{volunteer.CooperativeId}:{volunteer.PersonId}:{Day:yyyyMMdd}:{number}");
        var weighing = WasteWeighing.Read(turn, parts[2], prices);
        var member = await ByNumber.FindAsync(turn, volunteer.CooperativeId, parts[1], ct);
        var booked = await turn.Db.Set<WasteDeposit>().Include(row => row.Lines).SingleOrDefaultAsync(row => row.SlipKey == key, ct);
        if (member is null)
            wrong.Add($"Nota {number}: tidak ada anggota nomor itu.");
        else if (weighing.Problem is { } problem)
            wrong.Add($"Nota {number}: {Words(problem)}.");
        else if (booked is not null && !weighing.IsSameAs(booked, member.Id))
            wrong.Add($"Nota {number} sudah tercatat dengan isi lain.");
        else if (fresh.Exists(other => other.Key == key))
            wrong.Add($"Nota {number} tertulis dua kali.");
        else if (booked is not null)
            before++;
        else if (await WasteUndo.WasUndoneAsync(turn.Db, key, weighing, member.Id, ct))
            wrong.Add($"Nota {number} dengan isi itu sudah dibatalkan petugas.");
        else
            fresh.Add(new Slip(key, member, weighing));
    }

    private static string Words(string problem) => problem switch
    {
        "other_unit" => "tulis dalam kg",
        "too_fine" => "timbangan paling halus 0,1 kg",
        "no_price" => "harganya belum ditetapkan",
        _ => "isinya belum terbaca",
    };
}

/// <summary>A slip of a batch that can be booked.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Member">Whose waste.</param>
/// <param name="Weighing">What it was.</param>
internal sealed record Slip(string Key, Member Member, WasteWeighing Weighing);

/// <summary>A volunteer's slips, read and summed up before they are booked: by the volunteer, or by an officer who has the paper.</summary>
public sealed class ReadBatch : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.read_batch")
        .Takes("day", DialogType.Choice)
        .Takes("said", DialogType.Text)
        .MayTake("volunteer", DialogType.Text)
        .Gives("read", WasteBatch.Type)
        .Gives("nothing_new", WasteBatch.Type)
        .Gives("not_volunteer");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        await WasteBatch.ReadAsync(turn, call.TextOrNull("volunteer"), call.Text("day"), call.Text("said"), ct) is not { } batch ? new Outcome("not_volunteer")
            : new Outcome(batch.Fresh.Count > 0 ? "read" : "nothing_new", batch.Record());
}

/// <summary>Books a volunteer's slips, each once whatever is sent again, and tells each member.</summary>
public sealed class BookBatch : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.book_batch")
        .Takes("day", DialogType.Choice)
        .Takes("said", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .MayTake("volunteer", DialogType.Text)
        .Gives("booked")
        .Gives("changed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await WasteBatch.ReadAsync(turn, call.TextOrNull("volunteer"), call.Text("day"), call.Text("said"), ct) is not { Fresh.Count: > 0 } batch
            || batch.Rupiah != call.Rupiah("amount"))
            return new Outcome("changed");
        if (OfficerRole.MayAnswer(turn.Caller))
            await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"slips:{batch.Fresh.Count}"), ct);
        await turn.Db.LockAsync<Member>(batch.Fresh.Select(slip => slip.Member.Id).Distinct().Order(), ct);
        foreach (var slip in batch.Fresh)
        {
            var (_, entry) = await slip.Weighing.BookAsync(turn, slip.Member, batch.Day, slip.Key, ct);
            turn.Notify(
                slip.Member.PersonId,
                WeighWaste.Notice,
                await ReceiveDeposit.ReceiptAsync(turn, slip.Member, EntryWords.Of(entry.Kind), slip.Weighing.Rupiah, entry, ct));
        }
        return new Outcome("booked");
    }
}
