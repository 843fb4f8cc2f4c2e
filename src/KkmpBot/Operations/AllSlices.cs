using KkmpBot.Alerts;
using KkmpBot.Announcements;
using KkmpBot.Catalog;
using KkmpBot.Charges;
using KkmpBot.Closing;
using KkmpBot.Complaints;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Counter;
using KkmpBot.Corrections;
using KkmpBot.Handovers;
using KkmpBot.Meetings;
using KkmpBot.Links;
using KkmpBot.Members;
using KkmpBot.Office;
using KkmpBot.Orders;
using KkmpBot.Papers;
using KkmpBot.Payments;
using KkmpBot.Pictures;
using KkmpBot.Prices;
using KkmpBot.Privacy;
using KkmpBot.Programs;
using KkmpBot.Savings;
using KkmpBot.Words;

namespace KkmpBot.Operations;

/// <summary>The table of what the cooperative can do: one line a folder.</summary>
public static class AllSlices
{
    /// <summary>All slices.</summary>
    public static Slices Create()
    {
        Slice[] slices =
        [
            new Slice { Capabilities = [new SetLanguage()] },
            CooperativesSlice.Slice,
            MembersSlice.Slice,
            SavingsSlice.Slice,
            ClosingSlice.Slice,
            PapersSlice.Slice,
            MeetingsSlice.Slice,
            CatalogSlice.Slice,
            PricesSlice.Slice,
            AlertsSlice.Slice,
            AnnouncementsSlice.Slice,
            PicturesSlice.Slice,
            OrdersSlice.Slice,
            PaymentsSlice.Slice,
            CounterSlice.Slice,
            ComplaintsSlice.Slice,
            HandoversSlice.Slice,
            LinksSlice.Slice,
            ChargesSlice.Slice,
            WordsSlice.Slice,
            PrivacySlice.Slice,
            ProgramsSlice.Slice,
            OfficeSlice.Slice,
        ];
        return new Slices([.. slices, CorrectionsSlice.Over(slices)]);
    }
}
