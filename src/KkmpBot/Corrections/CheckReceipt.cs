using System.Security.Cryptography;
using System.Text;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Corrections;

/// <summary>
/// Whether a receipt is genuine, for anybody who holds its code: what, how much, where and when, and nobody's name. Four signs of the
/// entry's hash stand in the code, so that counting through numbers finds nothing.
/// </summary>
public sealed class CheckReceipt : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("ledger.check_receipt")
        .Takes("text", DialogType.Text)
        .Gives("genuine", Receipt)
        .Gives("taken_back", Receipt)
        .Gives("unknown")
        .Gives("no_code");

    /// <summary>What the books say about a code.</summary>
    internal static DialogType Receipt { get; } = DialogType.Record(
        "checked_receipt",
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("what", DialogType.TextOf(EntryWords.MaxLength)),
        ("amount", DialogType.Money),
        ("cooperative", DialogType.TextOf(24)),
        ("day", DialogType.Date));

    /// <summary>The entry of a code, with its lines; null when no entry has it.</summary>
    internal static async Task<JournalEntry?> FindAsync(Turn turn, (int CooperativeId, int Number, string Code) written, CancellationToken ct)
    {
        var entry = await turn.Db.Set<JournalEntry>().AsNoTracking().Include(row => row.Lines)
            .SingleOrDefaultAsync(row => row.CooperativeId == written.CooperativeId && row.Number == written.Number, ct);
        return entry is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ReceiptCode.Of(entry)), Encoding.ASCII.GetBytes(written.Code))
            ? entry
            : null;
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (ReceiptCode.Find(call.Text("text")) is not { } written)
            return new Outcome("no_code");
        if (await FindAsync(turn, written, ct) is not { } entry)
            return new Outcome("unknown");
        bool takenBack = await turn.Db.Set<JournalEntry>()
            .AnyAsync(row => row.CooperativeId == entry.CooperativeId && row.Reverses == entry.Number, ct);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == entry.CooperativeId, ct);
        return new Outcome(takenBack ? "taken_back" : "genuine", RecordValue.Of(
            ("code", new TextValue(ReceiptCode.Of(entry))),
            ("what", new TextValue(EntryWords.Of(entry.Kind))),
            ("amount", new MoneyValue(EntryWords.RupiahOf(entry))),
            ("cooperative", new TextValue(cooperative.Name)),
            ("day", new DateValue(entry.BookedOn))));
    }
}
