using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Corrections;

/// <summary>The entry that an officer names by its receipt's code or its number in the books, to look at before it is taken back.</summary>
public sealed class FindEntry : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("ledger.find_entry")
        .Takes("text", DialogType.Text)
        .Gives("found", Entry)
        .Gives("none");

    /// <summary>An entry; <c>name</c> is the member it concerns, "-" for none or several.</summary>
    internal static DialogType Entry { get; } = DialogType.Record(
        "ledger_entry",
        ("number", DialogType.Whole),
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("what", DialogType.TextOf(EntryWords.MaxLength)),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("amount", DialogType.Money),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("none");
        var entry = await FindAsync(turn, cooperativeId, call.Text("text"), ct);
        if (entry is null || entry.CooperativeId != cooperativeId)
            return new Outcome("none");
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"entry:{entry.Number}"), ct);
        return new Outcome("found", RecordValue.Of(
            ("number", new WholeValue(entry.Number)),
            ("code", new TextValue(ReceiptCode.Of(entry))),
            ("what", new TextValue(EntryWords.Of(entry.Kind))),
            ("name", new TextValue(await NameAsync(turn, entry, ct))),
            ("amount", new MoneyValue(EntryWords.RupiahOf(entry))),
            ("day", new DateValue(entry.BookedOn))));
    }

    private static async Task<JournalEntry?> FindAsync(Turn turn, int cooperativeId, string text, CancellationToken ct)
    {
        if (ReceiptCode.Find(text) is { } written)
            return await CheckReceipt.FindAsync(turn, written, ct);
        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? await turn.Db.Set<JournalEntry>().AsNoTracking().Include(row => row.Lines)
                .SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId && row.Number == number, ct)
            : null;
    }

    private static async Task<string> NameAsync(Turn turn, JournalEntry entry, CancellationToken ct)
    {
        long[] members = [.. entry.Lines.Select(line => line.MemberId).OfType<long>().Distinct()];
        if (members is not [var only])
            return "-";
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == only, ct);
        return member is null ? "-" : turn.Vault.Open(member.FullName);
    }
}
