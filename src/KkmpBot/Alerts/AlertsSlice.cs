using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Alerts;

/// <summary>Prices that people watch, and the news they get of them.</summary>
public static class AlertsSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [AlertRecord.Goods, AlertRecord.GoodsList, AlertRecord.Offer, AlertRecord.Item, AlertRecord.Items, ListFollowed.Type, ListFollowed.ListType],
        Capabilities =
        [
            new ListGoods(), new PreparePriceAlert(), new PrepareChangeAlert(), new PrepareStockAlert(), new PrepareMarketAlert(), new SetAlert(),
            new ListAlerts(), new PauseAlert(), new RemoveAlert(), new RemoveAllAlerts(), new ListFollowed(),
        ],
        PersonTables = ["alerts"],
        Notices = new Dictionary<string, DialogType?>
        {
            [AlertNews.Phrase] = AlertRecord.News,
            [AlertNews.MarketPhrase] = AlertRecord.MarketNews,
            [AlertNews.PlacePhrase] = AlertRecord.PlaceNews,
            [AlertNews.SourcePhrase] = AlertRecord.SourceNews,
            [AlertNews.OrderLabel] = null,
            [AlertNews.MineLabel] = null,
        },
    };

    /// <summary>Registers what works behind the turns.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<TellAlerts>();
        services.AddSingleton<AlertWork>();
        return services;
    }
}
