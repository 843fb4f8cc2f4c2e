using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace KkmpBot.Operations.Metrics;

/// <summary>
/// Listens to meters and writes what they said as Prometheus text, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). Safe for concurrent use.
/// </summary>
public sealed class MeterPage : IDisposable
{
    /// <summary>The content type of <see cref="Write"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Series of one instrument at most: labels come from closed sets, and a mistake must not eat the memory.</summary>
    public const int MaxSeries = 200;

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> instruments = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">The meters' names.</param>
    public MeterPage(params IReadOnlyCollection<string> meters)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (meters.Contains(instrument.Meter.Name))
                own.EnableMeasurementEvents(instrument, instruments.GetOrAdd(instrument, static known => new InstrumentSeries(known)));
        };
        listener.MeasurementsCompleted = (instrument, state) => instruments.TryRemove(instrument, out _);
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        listener.Start();
    }

    /// <summary>Everything as it stands now.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var series in instruments.Values.OrderBy(series => series.Name, StringComparer.Ordinal))
            series.Write(text);
        return text.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => listener.Dispose();
}

/// <summary>What one instrument said, by its labels.</summary>
internal sealed class InstrumentSeries(Instrument instrument)
{
    private static readonly double[] Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly ConcurrentDictionary<string, Numbers> byLabels = new();
    private readonly bool isHistogram = IsA(instrument, typeof(Histogram<>));
    private readonly bool isCounter = IsA(instrument, typeof(Counter<>)) || IsA(instrument, typeof(ObservableCounter<>));

    public string Name { get; } = instrument.Name.Replace('.', '_');

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        if (!byLabels.TryGetValue(labels, out var numbers))
        {
            if (byLabels.Count >= MeterPage.MaxSeries)
                return;
            numbers = byLabels.GetOrAdd(labels, _ => new Numbers(isHistogram ? Buckets.Length : 0));
        }
        lock (numbers)
        {
            // An observed value is the whole, another one a part.
            numbers.Sum = instrument.IsObservable ? value : numbers.Sum + value;
            numbers.Count++;
            for (var i = 0; i < numbers.Below.Length; i++)
                numbers.Below[i] += value <= Buckets[i] ? 1 : 0;
        }
    }

    public void Write(StringBuilder text)
    {
        var name = isCounter ? $"{Name}_total" : Name;
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isHistogram ? "histogram" : isCounter ? "counter" : "gauge")}\n");
        foreach (var (labels, numbers) in byLabels.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            lock (numbers)
            {
                if (isHistogram)
                    WriteHistogram(text, name, labels, numbers);
                else
                    Line(text, name, labels, numbers.Sum);
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, Numbers numbers)
    {
        var before = labels.Length == 0 ? "" : $"{labels},";
        for (var i = 0; i < Buckets.Length; i++)
            Line(text, $"{name}_bucket", string.Create(CultureInfo.InvariantCulture, $"{before}le=\"{Buckets[i]}\""), numbers.Below[i]);
        Line(text, $"{name}_bucket", $"{before}le=\"+Inf\"", numbers.Count);
        Line(text, $"{name}_sum", labels, numbers.Sum);
        Line(text, $"{name}_count", labels, numbers.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {value}\n");

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
            return "";
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",").Append(key.Replace('.', '_')).Append("=\"")
                .Append(Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }
        return labels.ToString();
    }

    private static bool IsA(Instrument instrument, Type kind) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    private sealed class Numbers(int buckets)
    {
        public double Sum { get; set; }

        public long Count { get; set; }

        public long[] Below { get; } = new long[buckets];
    }
}
