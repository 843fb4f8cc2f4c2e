using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Programs.Assistance;
using KkmpBot.Programs.Distribution;
using KkmpBot.Programs.Instructed;
using KkmpBot.Programs.Invitations;
using KkmpBot.Programs.Partners;
using KkmpBot.Programs.Trainings;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Savings;

namespace KkmpBot.Programs;

/// <summary>What the city ties to its cooperatives: waste bank, distribution, partners, trainings, assistance with mentoring, and the instructed.</summary>
public static class ProgramsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities =
        [
            new ShowWaste(), new QuoteWaste(), new WeighWaste(), new ListWastePrices(), new SetWastePrice(), new AppointVolunteer(),
            new ShowSlipWriter(), new FindVolunteer(), new ReadBatch(), new BookBatch(), new ListPayableOrders(), new UseWaste(), new SellWaste(),
            new ListWeighings(), new TakeBackWaste(),
            new ProposeDelivery(), new ChangeDelivery(), new AskDelivery(), new ListDeliveries(), new ShowDelivery(), new ReceiveDelivery(),
            new ListRequests(), new ApproveDelivery(), new RefuseDelivery(), new SendDelivery(), new SetDistributionPrice(), new ListRunningOut(),
            new OfferGoods(), new ShowOwnGoods(), new ListOffers(), new DecideOffer(), new ListPartners(), new AddPartner(), new AddPartnerGoods(),
            new ListPartnerGoods(), new MovePartnerGoods(), new PayPartner(), new PrintPartnerStatement(),
            new ListTrainings(), new SignUp(), new LeaveTraining(), new SetUpTraining(), new ListOwnTrainings(), new ListSeats(), new MarkPresent(), new PrintCertificate(),
            new OfferAssistance(), new ListAssistance(), new ReceiveAssistance(), new RepayAssistance(), new NoteVisit(), new ListVisits(), new FinishVisit(),
            new ShowInstructed(), new ListInstructed(), new ShowInvitation(), new TakeInvitation(), new FindInvitedKelurahan(),
        ],
        Types =
        [
            ShowWaste.Account, QuoteWaste.Quote, ListWastePrices.Type, ListWastePrices.ListType, WasteBatch.Type, ListWeighings.Type, ListWeighings.ListType,
            ListPayableOrders.Type, ListPayableOrders.ListType,
            DeliveryRecord.Line, DeliveryRecord.Lines, DeliveryRecord.Type, DeliveryRecord.ListType, ListRunningOut.Type, ListRunningOut.ListType,
            PartnerRecord.Type, PartnerRecord.ListType, PartnerRecord.Goods, PartnerRecord.GoodsList, ShowOwnGoods.Business, PayPartner.Receipt,
            TrainingRecord.Type, TrainingRecord.ListType, ListSeats.Type, ListSeats.ListType,
            AssistanceRecord.Type, AssistanceRecord.ListType, VisitRecord.Type, VisitRecord.ListType, ShowInstructed.Count,
            ListInstructed.Type, ListInstructed.ListType,
            ShowInvitation.Link, ShowInvitation.Links, ShowInvitation.Shown, TakeInvitation.Taken,
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
            [SignUp.ReminderNotice] = TrainingRecord.News,
            [LeaveTraining.Notice] = TrainingRecord.News,
            [MarkPresent.Notice] = TrainingRecord.News,
            [OfferAssistance.Notice] = AssistanceRecord.Type,
            [LoanReminder.Notice] = AssistanceRecord.Type,
            [NoteVisit.Notice] = VisitRecord.Type,
            [FinishVisit.Notice] = VisitRecord.Type,
        },
        TimedActs = new Dictionary<string, RunTimedAct>
        {
            [SignUp.Reminding] = SignUp.RemindAsync,
            [LoanReminder.Kind] = LoanReminder.RunAsync,
        },
        PersonTables = ["waste_volunteers", "invitations", "invitation_uses"],
        Undos = new Dictionary<string, UndoAct> { ["waste.weigh"] = WasteUndo.UndoAsync },
    };
}
