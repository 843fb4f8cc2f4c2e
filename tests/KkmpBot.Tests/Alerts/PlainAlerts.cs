namespace KkmpBot.Tests.Alerts;

/// <summary>
/// What alerts have to do, computed once more and as plainly as can be: every price is held against every alert, in memory, with no index, no
/// chunk and no code of the program.
/// </summary>
internal sealed class PlainAlerts
{
    private readonly List<Watch> watches = [];
    private readonly Dictionary<string, long> prices = [];
    private readonly HashSet<(int Person, string Goods, DateOnly Day)> told = [];

    /// <summary>Everything that was to be told: to whom, when, and of each of the goods whether it fell or rose, and to what.</summary>
    public List<(int Person, DateTime WibTime, string Lines)> Expected { get; } = [];

    public void Begin(string goods, long price) => prices[goods] = price;

    public void Add(int person, string goods, string kind, long named, int percent)
    {
        var watch = new Watch { Person = person, Goods = goods, Kind = kind, Named = named, Percent = percent, Reference = prices[goods] };
        // What is so from the beginning was said when it was made.
        watch.MaySpeak = kind == "change" || !Holds(watch, prices[goods]);
        watches.Add(watch);
    }

    public void PriceComes(string goods, long price, DateTime wibTime)
    {
        if (prices[goods] == price)
            return;
        prices[goods] = price;
        foreach (var watch in watches.Where(watch => watch.Goods == goods))
        {
            if (watch.Kind == "change")
            {
                if (Math.Abs(price - watch.Reference) * 100 >= watch.Percent * watch.Reference)
                {
                    if (watch.Since is null)
                        watch.Before = watch.Reference;
                    watch.Since ??= wibTime;
                    watch.Reference = price;
                }
            }
            else if (Holds(watch, price) && watch.MaySpeak)
            {
                watch.MaySpeak = false;
                watch.Since ??= wibTime;
            }
            else if (!Holds(watch, price))
            {
                watch.MaySpeak = true;
                watch.Since = null;
            }
        }
    }

    public void ClockIs(DateTime wibTime)
    {
        if (wibTime.Hour is < 7 or >= 20)
            return;
        foreach (var ofPerson in watches.Where(watch => watch.Since <= wibTime).GroupBy(watch => watch.Person))
        {
            var lines = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var ofGoods in ofPerson.GroupBy(watch => watch.Goods))
            {
                if (told.Contains((ofPerson.Key, ofGoods.Key, DateOnly.FromDateTime(wibTime))))
                    continue;
                var speaking = ofGoods.Where(watch => watch.Kind != "change" || watch.Before != prices[ofGoods.Key]).ToList();
                foreach (var watch in ofGoods)
                    watch.Since = null;
                if (speaking.Count == 0)
                    continue;
                lines.Add($"{ofGoods.Key} {(IsFall(speaking[0]) ? "turun" : "naik")} {prices[ofGoods.Key]}");
            }
            foreach (var line in lines)
                told.Add((ofPerson.Key, line.Split(' ')[0], DateOnly.FromDateTime(wibTime)));
            if (lines.Count > 0)
                Expected.Add((ofPerson.Key, wibTime, string.Join("; ", lines)));
        }
    }

    private bool IsFall(Watch watch) => watch.Kind is "below" or "at_most" || (watch.Kind == "change" && prices[watch.Goods] < watch.Before);

    private static bool Holds(Watch watch, long price) => watch.Kind switch
    {
        "below" => price < watch.Named,
        "at_most" => price <= watch.Named,
        "above" => price > watch.Named,
        _ => price >= watch.Named,
    };

    private sealed class Watch
    {
        public required int Person { get; init; }

        public required string Goods { get; init; }

        public required string Kind { get; init; }

        public required long Named { get; init; }

        public required int Percent { get; init; }

        public required long Reference { get; set; }

        public long Before { get; set; }

        public bool MaySpeak { get; set; }

        public DateTime? Since { get; set; }
    }
}
