using System.Diagnostics.Metrics;
using KkmpBot.Operations.Metrics;

namespace KkmpBot.Tests.Operations.Metrics;

/// <summary>Meters as Prometheus reads them.</summary>
public sealed class MeterPageTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written()
    {
        using var meter = new Meter($"test-{Guid.NewGuid()}");
        using var page = new MeterPage(meter.Name);
        var sends = meter.CreateCounter<long>("kkmp_sends", description: "Attempts");
        var seconds = meter.CreateHistogram<double>("kkmp_turn_seconds", description: "Turns");
        meter.CreateObservableGauge("kkmp.waiting", () => 3, description: "Waiting");
        sends.Add(1, new KeyValuePair<string, object?>("channel", "telegram"));
        sends.Add(2, new KeyValuePair<string, object?>("channel", "telegram"));
        sends.Add(1, new KeyValuePair<string, object?>("channel", "a\"b\\c\nd"));
        seconds.Record(0.02);
        seconds.Record(30);
        page.Write();
        var lines = page.Write().Split('\n');
        Assert.Contains("# TYPE kkmp_sends_total counter", lines);
        Assert.Contains("kkmp_sends_total{channel=\"telegram\"} 3", lines);
        Assert.Contains("kkmp_sends_total{channel=\"a\\\"b\\\\c\\nd\"} 1", lines);
        Assert.Contains("kkmp_waiting 3", lines);
        Assert.Contains("kkmp_turn_seconds_bucket{le=\"0.01\"} 0", lines);
        Assert.Contains("kkmp_turn_seconds_bucket{le=\"0.025\"} 1", lines);
        Assert.Contains("kkmp_turn_seconds_bucket{le=\"+Inf\"} 2", lines);
        Assert.Contains("kkmp_turn_seconds_sum 30.02", lines);
        Assert.Contains("kkmp_turn_seconds_count 2", lines);
    }

    [Fact]
    public void Labels_without_end_do_not_eat_the_memory()
    {
        using var meter = new Meter($"test-{Guid.NewGuid()}");
        using var page = new MeterPage(meter.Name);
        var counter = meter.CreateCounter<long>("many");
        foreach (var i in Enumerable.Range(0, MeterPage.MaxSeries * 2))
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        Assert.Equal(MeterPage.MaxSeries, page.Write().Split('\n').Count(line => line.StartsWith("many_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Meters_of_others_are_not_heard()
    {
        using var meter = new Meter($"test-{Guid.NewGuid()}");
        using var page = new MeterPage("somebody else's");
        meter.CreateCounter<long>("mine").Add(1);
        Assert.Equal("", page.Write());
    }
}
