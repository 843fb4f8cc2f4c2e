using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>An officer notes the last day of what was delivered last, as printed on it.</summary>
public sealed class NoteExpiry : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.note_expiry")
        .Takes("product", DialogType.Text)
        .Takes("day", DialogType.Text)
        .Gives("noted")
        .Gives("unclear")
        .Gives("expired");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var item = await OfficersArticle.FindAsync(call, turn, ct) ?? throw new InvalidOperationException("Only who received goods notes their last day.");
        var today = Wib.Day(turn.UtcNow);
        if (AnswerReader.Read(DialogType.Date, call.Text("day"), today) is not Reading.Read { Value: DateValue { Day: var day } })
            return new Outcome("unclear");
        if (await turn.Db.Set<StockBatch>().Where(batch => batch.ProductId == item.Product.Id).OrderByDescending(batch => batch.Id).FirstOrDefaultAsync(ct) is { } last)
            last.ExpiresOn = day;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, item.Product.Subject, ct);
        return new Outcome(day <= today ? "expired" : "noted");
    }
}

/// <summary>An officer draws the line below which an article counts as running low.</summary>
public sealed class SetLowLine : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.set_low")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("set")
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var (item, milli, refusal) = await OfficersArticle.ReadAsync(call, turn, ct);
        if (refusal is not null)
            return refusal;
        var product = await turn.Db.Set<Product>().SingleAsync(row => row.Id == item.Product.Id, ct);
        product.LowMilli = milli;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, product.Subject, ct);
        return new Outcome("set");
    }
}
