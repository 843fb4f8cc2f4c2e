using System.Globalization;
using KkmpBot.Alerts;
using KkmpBot.Prices;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Alerts;

/// <summary>
/// The real prices of 25 commodities, day by day, for a thousand people with random alerts: they are told exactly what a plain
/// re-computation says, at its moment, no more and no less. The seed is printed; <c>KKMP_SEED</c> sets it.
/// </summary>
public sealed class BandungReplayTests(ITestOutputHelper output)
{
    private const int People = 1000;
    private const int MaxAlerts = 4;
    private static readonly string[] Kinds = ["below", "at_most", "above", "at_least", "change"];
    private static readonly TimeSpan Wib = TimeSpan.FromHours(7);

    // Prices come by night and by day; the clock is looked at around every border.
    private static readonly double[] ImportHours = [5, 8.5, 13, 19.9, 20.1, 22];
    private static readonly double[] Hours = [6.99, 7, 12, 19.99, 20];

    [Fact]
    public async Task A_thousand_people_are_told_what_a_plain_computation_says()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KKMP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (heading, days) = Days();
        Assert.Equal(65, days.Count);
        await using var town = await AlertTown.OpenAsync();
        var plain = new PlainAlerts();
        var known = new Dictionary<string, long>();
        town.Time.Advance(At(days[0].Day, 12) - town.Time.UtcNow);
        await town.ImportAsync(string.Join('\n', days[0].Lines.Prepend(heading)));
        Learn(days[0].Lines, plain.Begin, known);
        var people = await town.PeopleAsync(People);
        await AddAlertsAsync(town, plain, people, known, random);

        foreach (var (day, lines) in days.Skip(1))
        {
            var importAt = ImportHours[random.Next(ImportHours.Length)];
            foreach (var hour in Hours.Append(importAt).Order())
            {
                town.Time.Advance(At(day, hour) - town.Time.UtcNow);
                if (hour == importAt)
                {
                    await town.ImportAsync(string.Join('\n', lines.Prepend(heading)));
                    await town.ImportAsync(string.Join('\n', lines.Prepend(heading)));
                    Learn(lines, (goods, price) => Come(plain, known, goods, price, day, hour), known);
                }
                await town.WorkAsync();
                plain.ClockIs(WibTime(day, hour));
            }
        }

        var places = people.Select((id, place) => (id, place)).ToDictionary(person => person.id, person => person.place);
        var said = (await town.SaidAsync()).Select(message => (Person: places[message.Person], message.Utc, message.Payload.Text)).ToList();
        output.WriteLine($"{said.Count} messages with {said.Sum(message => Lines(message.Text).Count)} prices to {said.Select(message => message.Person).Distinct().Count()} people");
        Assert.True(said.Count > People, "Hardly anybody was told anything.");
        Assert.All(said, message => Assert.InRange((message.Utc + Wib).TimeOfDay.TotalHours, 7, 19.9999));
        Assert.Equal(
            plain.Expected.Select(expected => $"{expected.WibTime:yyyy-MM-dd HH:mm} {expected.Person}: {expected.Lines}").Order(StringComparer.Ordinal),
            said.Select(message => $"{message.Utc + Wib:yyyy-MM-dd HH:mm} {message.Person}: {string.Join("; ", Lines(message.Text))}").Order(StringComparer.Ordinal));
    }

    private static void Come(PlainAlerts plain, Dictionary<string, long> known, string goods, long price, string day, double hour)
    {
        if (known.ContainsKey(goods))
            plain.PriceComes(goods, price, WibTime(day, hour));
        else
            plain.Begin(goods, price);
    }

    private static async Task AddAlertsAsync(AlertTown town, PlainAlerts plain, IReadOnlyList<long> people, Dictionary<string, long> known, Random random)
    {
        var alerts = new List<Alert>();
        var all = known.Keys.Order(StringComparer.Ordinal).ToList();
        for (var person = 0; person < people.Count; person++)
        {
            for (var left = random.Next(1, MaxAlerts + 1); left > 0; left--)
            {
                var goods = all[random.Next(all.Count)];
                var kind = Kinds[random.Next(Kinds.Length)];
                var percent = random.Next(1, 16);
                var named = Math.Max(500, known[goods] * random.Next(90, 111) / 100 / 50 * 50);
                alerts.Add(AlertTown.Alert(
                    people[person], WatchedPrice.OfMarket(AlertTown.Market, goods), goods, kind, kind == "change" ? 0 : named, known[goods], kind == "change" ? percent : null));
                plain.Add(person, goods, kind, named, percent);
            }
        }
        await town.WriteAsync(db => db.AddRange(alerts));
    }

    // The file read by hand: zero is no data.
    private static void Learn(IEnumerable<string> lines, Action<string, long> learn, Dictionary<string, long> known)
    {
        foreach (var fields in lines.Select(line => line.Split(',')).Where(fields => fields[4] != "0"))
        {
            var goods = MarketFile.GoodsOf(fields[2]);
            learn(goods, long.Parse(fields[4], CultureInfo.InvariantCulture));
            known.TryAdd(goods, long.Parse(fields[4], CultureInfo.InvariantCulture));
        }
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Where(line => line.StartsWith("• ", StringComparison.Ordinal)).Select(Line).Order(StringComparer.Ordinal)];

    // "• Cabai rawit di pasar Kota Bandung naik jadi Rp57.500 per kg (Badan Pangan Nasional, 3 Okt 2025)"
    private static string Line(string line)
    {
        var (name, rest) = (line[2..].Split(" di pasar ")[0], line.Split(" di pasar Kota Bandung ")[1]);
        var price = rest.Split("Rp")[1].Split(' ')[0].Replace(".", "", StringComparison.Ordinal);
        return $"{GoodsOfName(name)} {rest.Split(' ')[0]} {price}";
    }

    private static string GoodsOfName(string name) => Names[name];

    private static Dictionary<string, string> Names { get; } = Days().Days[0].Lines.Select(line => MarketFile.GoodsOf(line.Split(',')[2])).Distinct()
        .ToDictionary(goods => AlertName(goods));

    private static string AlertName(string goods)
    {
        var name = MarketFile.NameOf(goods);
        return name.Length <= 24 ? name : name[..24];
    }

    private static (string Heading, List<(string Day, List<string> Lines)> Days) Days()
    {
        var lines = File.ReadAllLines(Repository.Folder("tests/prices/harga-bapanas-bandung-2025.csv"));
        return (lines[0], [.. lines.Skip(1).Where(line => line.Length > 0).GroupBy(line => line.Split(',')[0]).OrderBy(day => day.Key, StringComparer.Ordinal)
            .Select(day => (day.Key, day.ToList()))]);
    }

    private static DateTime WibTime(string day, double hour) =>
        DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMinutes(Math.Round(hour * 60));

    private static DateTime At(string day, double hour) => DateTime.SpecifyKind(WibTime(day, hour) - Wib, DateTimeKind.Utc);
}
