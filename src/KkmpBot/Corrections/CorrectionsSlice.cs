using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;

namespace KkmpBot.Corrections;

/// <summary>Checking what was booked, and taking it back.</summary>
public static class CorrectionsSlice
{
    /// <summary>The kind under which an act is noted that one entry of the books says in full.</summary>
    public const string EntryAct = "entry";

    /// <summary>Notes that an act was one entry, so that <c>urungkan</c> reverses it.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="entry">What was booked.</param>
    public static void NoteEntry(Turn turn, JournalEntry entry) =>
        OfficerAct.Note(turn, EntryAct, entry.Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The slice, able to take back what the others do.</summary>
    /// <param name="others">All other slices.</param>
    public static Slice Over(IReadOnlyList<Slice> others)
    {
        var undos = others.SelectMany(slice => slice.Undos).ToDictionary(undo => undo.Key, undo => undo.Value);
        undos.Add(EntryAct, UndoEntryAsync);
        return new Slice
        {
            Capabilities = [new UndoLastAct(undos), new CheckReceipt(), new FindEntry(), new ReverseEntry()],
            Types = [UndoLastAct.Undone, CheckReceipt.Receipt, FindEntry.Entry],
            Notices = new Dictionary<string, DialogType?> { [TakeBack.Notice] = TakeBack.News },
        };
    }

    private static async ValueTask<string?> UndoEntryAsync(string subject, Turn turn, CancellationToken ct)
    {
        int number = int.Parse(subject, NumberStyles.None, CultureInfo.InvariantCulture);
        var (entry, _) = await TakeBack.RunAsync(turn, turn.Caller.CooperativeId!.Value, number, TakeBack.UndoneReason, isOwnUndo: false, ct);
        return entry is null ? null : TakeBack.Words(entry);
    }
}
