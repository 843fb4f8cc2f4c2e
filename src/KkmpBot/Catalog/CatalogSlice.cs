using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Catalog;

/// <summary>The goods of the cooperatives: what there is, how much of it, and the rules about it.</summary>
public static class CatalogSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ProductRecord.Type, ProductRecord.ListType, CountBook.Type],
        Capabilities = [new ListInStock(), new FindArticle(), new ListArticles(), new ReceiveStock(), new WriteOffStock(), new NoteExpiry(), new SetLowLine(), new SwitchSale(),
            new AddArticle(), new ListUncounted(), new NoteCount(), new ShowDifferences(), new DropCount(), new BookCount()],
        Notices = new Dictionary<string, DialogType?>
        {
            [LowStock.Notice] = LowStock.News,
            [StockQueue.Notice] = StockQueue.News,
            [StockQueue.GoneNotice] = StockQueue.News,
        },
        Undos = new Dictionary<string, UndoAct>
        {
            ["catalog.receive"] = UndoStock.OfArticleAsync,
            ["catalog.write_off"] = UndoStock.OfArticleAsync,
            ["counts.book"] = UndoStock.OfCountAsync,
        },
        TimedActs = new Dictionary<string, RunTimedAct> { [StockQueue.LapseKind] = StockQueue.LapseAsync },
    };
}
