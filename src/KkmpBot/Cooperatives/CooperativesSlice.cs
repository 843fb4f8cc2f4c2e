using KkmpBot.Conversations;

namespace KkmpBot.Cooperatives;

/// <summary>What dialogs may ask of the cooperatives: which one a kelurahan has.</summary>
public static class CooperativesSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities = [new FindKelurahan(), new GetKelurahan(), new GetOwnKelurahan(), new SetHours(), new CloseDay(), new SetSavingsRate(), new SwitchArticle(), new ShowFigures()],
        Types = [KelurahanRecord.Type, KelurahanRecord.ListType, KelurahanRecord.MatchType, SetSavingsRate.Rate, ShowFigures.Figures],
    };
}
