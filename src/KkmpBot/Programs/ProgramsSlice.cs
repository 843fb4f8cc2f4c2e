using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.Partners;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Savings;

namespace KkmpBot.Programs;

/// <summary>What the city ties to its cooperatives: the waste bank, goods from its distribution, and partners whose goods they sell.</summary>
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
            new OfferGoods(), new ShowOwnGoods(), new ListOffers(), new DecideOffer(), new ListPartners(), new AddPartner(), new AddPartnerGoods(),
            new ListPartnerGoods(), new MovePartnerGoods(), new PayPartner(), new PrintPartnerStatement(),
        ],
        Types =
        [
            ShowWaste.Account, QuoteWaste.Quote, ListWastePrices.Type, ListWastePrices.ListType, WasteBatch.Type,
            ListPayableOrders.Type, ListPayableOrders.ListType,
            DeliveryRecord.Line, DeliveryRecord.Lines, DeliveryRecord.Type, DeliveryRecord.ListType, ListRunningOut.Type, ListRunningOut.ListType,
            PartnerRecord.Type, PartnerRecord.ListType, PartnerRecord.Goods, PartnerRecord.GoodsList, ShowOwnGoods.Business, PayPartner.Receipt,
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
            [OfferGoods.Notice] = OfferGoods.News,
            [DecideOffer.TakenNotice] = OfferGoods.News,
            [DecideOffer.RefusedNotice] = OfferGoods.News,
            [PayPartner.Notice] = PayPartner.Receipt,
        },
        PersonTables = ["waste_volunteers"],
    };
}
