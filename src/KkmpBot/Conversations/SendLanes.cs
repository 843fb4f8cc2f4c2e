using System.Threading.Channels;

namespace KkmpBot.Conversations;

/// <summary>
/// One address's replies and news on one channel, oldest first: the next one waits until this one is done with. An address may pass from one
/// conversation to another when it is linked; what was said to it before still comes first.
/// </summary>
public sealed class SendLane
{
    private readonly Queue<Sending> waiting = new();

    internal SendLane((string Address, string Channel) key) => Key = key;

    internal (string Address, string Channel) Key { get; }

    internal Queue<Sending> Waiting => waiting;
}

/// <summary>The lanes that have something to send. Bounded by <see cref="OutboxLeases"/>. Safe for concurrent use.</summary>
/// <param name="leases">What is held.</param>
public sealed class SendLanes(OutboxLeases leases)
{
    private readonly Channel<SendLane> ready = Channel.CreateUnbounded<SendLane>();
    private readonly Dictionary<(string Address, string Channel), SendLane> lanes = [];
    private readonly Lock gate = new();
    private int delayed;

    /// <summary>Lanes whose head may be tried now; each is with one sender at a time.</summary>
    public ChannelReader<SendLane> Ready => ready.Reader;

    /// <summary>True when nothing can be sent now: every lane that is left waits for its moment.</summary>
    public bool IsIdle
    {
        get { lock (gate) return lanes.Count == delayed; }
    }

    /// <summary>Adds a message behind its lane's others; one that is held already is passed over.</summary>
    /// <param name="sending">The message.</param>
    /// <param name="leasedUntilUtc">When its lease ends.</param>
    public void Add(Sending sending, DateTime leasedUntilUtc)
    {
        lock (gate)
        {
            if (!leases.TryHold(sending, leasedUntilUtc))
                return;
            var key = (sending.Message.Address, sending.Channel);
            if (lanes.TryGetValue(key, out var lane))
            {
                lane.Waiting.Enqueue(sending);
                return;
            }
            lane = new SendLane(key);
            lane.Waiting.Enqueue(sending);
            lanes.Add(key, lane);
            ready.Writer.TryWrite(lane);
        }
    }

    /// <summary>The message to hand over; a lane is never empty while somebody holds it.</summary>
    /// <param name="lane">The lane.</param>
    public Sending HeadOf(SendLane lane)
    {
        // Others may be adding to its end.
        lock (gate)
            return lane.Waiting.Peek();
    }

    /// <summary>The head is done with: the next one's turn.</summary>
    /// <param name="lane">The lane.</param>
    public void Advance(SendLane lane)
    {
        lock (gate)
        {
            lane.Waiting.Dequeue();
            if (lane.Waiting.Count > 0)
                ready.Writer.TryWrite(lane);
            else
                lanes.Remove(lane.Key);
        }
    }

    /// <summary>The person wants nothing at this address: takes everything that waits behind the head.</summary>
    /// <param name="lane">The lane.</param>
    public IReadOnlyList<Sending> TakeRest(SendLane lane)
    {
        lock (gate)
        {
            var head = lane.Waiting.Dequeue();
            var rest = lane.Waiting.ToList();
            lane.Waiting.Clear();
            lane.Waiting.Enqueue(head);
            return rest;
        }
    }

    /// <summary>Puts a lane aside for a while.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="delay">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">The service stops: the lane stays aside, and its messages wait in the table.</param>
    public async Task DelayAsync(SendLane lane, TimeSpan delay, TimeProvider time, CancellationToken ct)
    {
        lock (gate)
            delayed++;
        await Task.Delay(delay, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ct.IsCancellationRequested)
            return;
        lock (gate)
            delayed--;
        ready.Writer.TryWrite(lane);
    }
}
