using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;

namespace KkmpBot.Programs.Distribution;

/// <summary>
/// A warehouse officer takes a delivery that was counted: what came sound goes on the shelf at its price and is owed to the city; what is
/// missing or damaged is not owed, and the city is told.
/// </summary>
public sealed class ReceiveDelivery : ICapability
{
    /// <summary>Tells the city that everything came.</summary>
    internal const string Notice = "delivery_received";

    /// <summary>Tells the city that something is missing or damaged.</summary>
    internal const string DiffersNotice = "delivery_differs";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("distribution.receive")
        .Takes("delivery", DialogType.Text)
        .Gives("received", DeliveryRecord.Type)
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OpenDelivery.FindAsync(turn, call.Text("delivery"), DeliveryStatus.Sent, ct) is not { } open)
            return new Outcome("gone");
        var delivery = open.Delivery;
        delivery.Status = DeliveryStatus.Received;
        delivery.ReceivedUtc = turn.UtcNow;
        delivery.OwedRupiah = open.Lines.Sum(line => line.Line.OwedRupiah);
        foreach (var (line, product) in open.Lines)
        {
            if (line.SoundMilli > 0)
                await Stock.PutAsync(turn, product, new Arrival(MovementKind.In, line.SoundMilli, line.OwedRupiah), ct);
        }
        await Audit.RecordAsync(turn, Description.Name, delivery.Subject, ct);
        bool isWhole = open.Lines.All(line => line.Line.SoundMilli == line.Line.GrantedMilli);
        var news = await DeliveryRecord.NewsAsync(turn, open, "", ct);
        foreach (long person in await ByNumber.CityAsync(turn, ct))
            turn.Notify(person, isWhole ? Notice : DiffersNotice, news);
        if (delivery.OwedRupiah > 0)
        {
            var entry = EntryDraft.For(turn, delivery.CooperativeId, "delivery_received", RunningNumber.Text(delivery.Number!.Value))
                .Debit(Account.Stock, delivery.OwedRupiah).Credit(Account.Payables, delivery.OwedRupiah);
            await Books.PostAsync(turn.Db, entry, ct);
        }
        return new Outcome("received", await DeliveryRecord.OfAsync(turn, open, ct));
    }
}
