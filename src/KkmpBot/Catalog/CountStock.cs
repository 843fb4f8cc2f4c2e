using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>The articles that the open count of the officer's cooperative has not counted yet. It opens a count when there is none.</summary>
public sealed class ListUncounted : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counts.left").Gives("listed", ProductRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var count = await CountBook.OpenAsync(turn, cooperativeId, ct);
        var counted = await turn.Db.Set<StockCountLine>().Where(line => line.CountId == count.Id).Select(line => line.ProductId).ToListAsync(ct);
        var items = (await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct)).Where(item => !counted.Contains(item.Product.Id)).ToList();
        var rules = await GoodsRules.InForceAsync(turn.Db, [], turn.UtcNow, ct);
        // Blind: the counter is not told what the book says.
        return new Outcome("listed", new ListValue([.. items.Select(item => ProductRecord.Of(item with { OnHandMilli = 0, ReservedMilli = 0 }, rules))]));
    }
}

/// <summary>An officer notes what they counted of an article; the book is not shown.</summary>
public sealed class NoteCount : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counts.note")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("noted")
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var item = await OfficersArticle.FindAsync(call, turn, ct) ?? throw new InvalidOperationException("Counted is what an officer was asked to count.");
        var (milli, problem) = IsNothing(call.Text("quantity")) ? (0, null) : SaidQuantity.Read(call.Text("quantity"), item.Product);
        if (problem is not null)
            return new Outcome(problem);
        var count = await CountBook.OpenAsync(turn, item.Product.CooperativeId, ct);
        await Stock.HoldAsync(turn, item.Product.Id, ct);
        var book = await turn.Db.Set<StockLevel>().Where(level => level.ProductId == item.Product.Id).Select(level => level.OnHandMilli).SingleAsync(ct);
        var line = await turn.Db.Set<StockCountLine>().SingleOrDefaultAsync(row => row.CountId == count.Id && row.ProductId == item.Product.Id, ct);
        if (line is null)
            turn.Db.Add(line = new StockCountLine { CountId = count.Id, ProductId = item.Product.Id });
        (line.CountedMilli, line.BookMilli) = (milli, book);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("noted");
    }

    private static bool IsNothing(string said) => TypedText.Fold(TypedText.Clean(said)).Trim() is "0" or "nol" or "habis" or "kosong" or "telas";
}

/// <summary>What the open count found against the book, in goods and in money.</summary>
public sealed class ShowDifferences : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counts.differences")
        .Gives("differs", CountBook.Type)
        .Gives("agrees")
        .Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("nothing");
        var lines = await CountBook.LinesAsync(turn, cooperativeId, ct);
        var differing = lines.Where(line => line.DifferenceMilli != 0).ToList();
        return lines.Count == 0 ? new Outcome("nothing")
            : differing.Count == 0 ? new Outcome("agrees")
            : new Outcome("differs", CountBook.Record(differing, ""));
    }
}

/// <summary>The open count is given up; nothing is booked.</summary>
public sealed class DropCount : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counts.drop").Gives("dropped");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (OfficerRole.MayMoveGoods(turn.Caller))
            await CountBook.CloseAsync(turn, ct);
        return new Outcome("dropped");
    }
}
