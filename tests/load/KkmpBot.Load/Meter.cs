using System.Diagnostics;
using System.Text;

namespace KkmpBot.Load;

/// <summary>Counts and times while a run is measured; used under one lock.</summary>
internal sealed class Meter
{
    private readonly List<float> acknowledged = new(200_000);
    private readonly List<float> replied = new(200_000);
    private bool isMeasuring;
    private long startedAt;

    /// <summary>Posts that were answered otherwise than with 200, and came again.</summary>
    public int Refused { get; set; }

    /// <summary>Replies that nobody waited for: doubled, or news.</summary>
    public int Unexpected { get; set; }

    /// <summary>Bulk messages that arrived.</summary>
    public int Bulk { get; set; }

    /// <summary>When the first and the last of them arrived, in ticks of the stopwatch.</summary>
    public (long First, long Last) BulkAt { get; set; }

    /// <summary>Replies of other words than the step's; the first of them is kept.</summary>
    public int Wrong { get; private set; }

    public string? FirstWrong { get; private set; }

    public int Replies => replied.Count;

    /// <summary>Replies since the beginning, measured or not.</summary>
    public int Total { get; private set; }

    public void Start()
    {
        acknowledged.Clear();
        replied.Clear();
        startedAt = Stopwatch.GetTimestamp();
        isMeasuring = true;
    }

    /// <summary>Ends the measuring.</summary>
    /// <returns>How long it was.</returns>
    public TimeSpan Stop()
    {
        isMeasuring = false;
        return Stopwatch.GetElapsedTime(startedAt);
    }

    public void Acknowledged(long postedAt) => Add(acknowledged, postedAt);

    public void Replied(long postedAt)
    {
        Total++;
        Add(replied, postedAt);
    }

    public void Misread(int step, ReadOnlySpan<byte> body)
    {
        Wrong++;
        FirstWrong ??= $"step {step}: {Encoding.UTF8.GetString(body[..Math.Min(body.Length, 600)])}";
    }

    /// <summary>Milliseconds from the post to the acknowledgement that a share of the posts stayed under.</summary>
    public double AcknowledgedWithin(double share) => Quantile(acknowledged, share);

    /// <summary>Milliseconds from the post to the reply's arrival that a share of the replies stayed under.</summary>
    public double RepliedWithin(double share) => Quantile(replied, share);

    private void Add(List<float> times, long postedAt)
    {
        if (isMeasuring)
            times.Add((float)Stopwatch.GetElapsedTime(postedAt).TotalMilliseconds);
    }

    private static double Quantile(List<float> times, double share)
    {
        if (times.Count == 0)
            return double.NaN;
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
