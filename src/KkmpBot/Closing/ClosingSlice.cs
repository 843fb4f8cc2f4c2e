using KkmpBot.Conversations;

namespace KkmpBot.Closing;

/// <summary>The treasurer's cash book, the count of the drawer, and the closing of months and years with their SHU.</summary>
public static class ClosingSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new ListCashKinds(), new QuoteCash(), new BookCash(), new CountCash(), new ShowBalance(), new CloseMonth(), new CloseYear(),
            new QuoteShu(), new SetShuShares(), new ShareShu(), new PreviewShu(),
        ],
        Types =
        [
            ListCashKinds.Type, ListCashKinds.ListType, QuoteCash.Booking, BookCash.Booked, CountCash.Count, ShowBalance.Line, ShowBalance.Lines,
            ShowBalance.Sheet, CloseMonth.Month, CloseYear.Year, QuoteShu.Plan, PreviewShu.Preview,
        ],
    };
}
