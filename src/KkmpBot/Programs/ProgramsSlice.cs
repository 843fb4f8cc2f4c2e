using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Savings;

namespace KkmpBot.Programs;

/// <summary>What the city ties to its cooperatives: the waste bank and goods from its distribution.</summary>
public static class ProgramsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new ShowWaste(), new QuoteWaste(), new WeighWaste(), new ListWastePrices(), new SetWastePrice(), new AppointVolunteer(),
            new ReadBatch(), new BookBatch(), new ListPayableOrders(), new UseWaste(), new SellWaste(),
            new ProposeDelivery(), new ChangeDelivery(), new AskDelivery(), new ListDeliveries(), new ShowDelivery(), new ReceiveDelivery(),
            new ListRequests(), new ApproveDelivery(), new RefuseDelivery(), new SendDelivery(), new SetDistributionPrice(), new ListRunningOut(),
        ],
        Types =
        [
            ShowWaste.Account, QuoteWaste.Quote, ListWastePrices.Type, ListWastePrices.ListType, WasteBatch.Type,
            ListPayableOrders.Type, ListPayableOrders.ListType,
            DeliveryRecord.Line, DeliveryRecord.Lines, DeliveryRecord.Type, DeliveryRecord.ListType, ListRunningOut.Type, ListRunningOut.ListType,
        ],
        Notices = new Dictionary<string, DialogType?>
        {
            [WeighWaste.Notice] = ReceiveDeposit.Receipt,
            [AppointVolunteer.Notice] = null,
            [AskDelivery.Notice] = DeliveryRecord.News,
            [ApproveDelivery.Notice] = DeliveryRecord.News,
            [RefuseDelivery.Notice] = DeliveryRecord.News,
            [SendDelivery.Notice] = DeliveryRecord.News,
            [ReceiveDelivery.Notice] = DeliveryRecord.News,
            [ReceiveDelivery.DiffersNotice] = DeliveryRecord.News,
        },
        PersonTables = ["waste_volunteers"],
    };
}
