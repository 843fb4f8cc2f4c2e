using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Papers;

/// <summary>An officer has a book printed: a PDF or a CSV that goes with the reply. Every book that names people is a look into their data, and recorded.</summary>
public sealed class PrintBook : ICapability
{
    /// <summary>Longer books come shortened through the chat; <c>export</c> writes them in full.</summary>
    public const int MaxLines = 4000;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("papers.print")
        .Takes("book", DialogType.Choice)
        .Takes("period", DialogType.Choice)
        .Takes("form", DialogType.Choice)
        .Gives("printed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            throw new InvalidOperationException("A book was asked for by somebody who is no officer; its dialog has to see to that.");
        var today = Wib.Day(turn.UtcNow);
        var period = Period.Of(call.Text("period"), today);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == cooperativeId, ct);
        await Audit.RecordAsync(
            turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{call.Text("book")}:{period.From:yyyy-MM-dd}:{period.To:yyyy-MM-dd}"), ct);
        var book = await new LawBooks(turn.Db, turn.Vault, cooperative, today, ct).FillAsync(call.Text("book"), period.From, period.To);
        book = book.Shortened(MaxLines);
        bool isCsv = call.Text("form") == "csv";
        byte[] bytes = isCsv ? book.ToCsv() : Pdf.Print(book, today);
        turn.Attach(new OutboundFile($"{book.Name}.{(isCsv ? "csv" : "pdf")}", isCsv ? "text/csv" : "application/pdf", bytes));
        return new Outcome("printed");
    }
}
