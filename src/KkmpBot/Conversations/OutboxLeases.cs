using System.Security.Cryptography;

namespace KkmpBot.Conversations;

/// <summary>
/// Which rows of the outbox this copy of the program holds in memory. A row is leased in the INSERT that writes it, if there is room; beyond
/// that it is born free and waits in the table. Safe for concurrent use.
/// </summary>
public sealed class OutboxLeases
{
    /// <summary>Messages held in memory; a few more when a group of turns is under way.</summary>
    public const int MaxHeld = 10_000;

    /// <summary>What they may occupy, in bytes: pictures and documents count.</summary>
    public const long MaxHeldBytes = 64 * 1024 * 1024;

    /// <summary>How long a row belongs to the copy that holds it; renewed while it does.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<long, Lease> held = [];
    private long bytes;
    private long copy = NewNumber();

    /// <summary>This copy: a number that no other one has, and none after a restart.</summary>
    public long Copy => Volatile.Read(ref copy);

    /// <summary>Messages in memory that are not yet marked.</summary>
    public int Count
    {
        get { lock (gate) return held.Count; }
    }

    /// <summary>True while another message may be held.</summary>
    public bool HasRoom
    {
        get { lock (gate) return held.Count < MaxHeld && bytes < MaxHeldBytes; }
    }

    /// <summary>
    /// The outcome of a commit is unknown: rows may be leased to this copy that it does not hold. It takes another number, so that nothing of their
    /// conversations overtakes them, and they are taken up when their leases are over.
    /// </summary>
    public void Renumber() => Volatile.Write(ref copy, NewNumber());

    /// <summary>Holds a message.</summary>
    /// <param name="sending">The message.</param>
    /// <param name="untilUtc">When its lease ends.</param>
    /// <returns>False when it is held already.</returns>
    public bool TryHold(Sending sending, DateTime untilUtc)
    {
        lock (gate)
        {
            if (!held.TryAdd(sending.Message.OutboxId, new Lease(untilUtc, sending.Bytes)))
                return false;
            bytes += sending.Bytes;
            return true;
        }
    }

    /// <summary>Lets go of rows that are durably marked.</summary>
    /// <param name="ids">The rows.</param>
    public void LetGo(IEnumerable<long> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (held.Remove(id, out var lease))
                    bytes -= lease.Bytes;
            }
        }
    }

    /// <summary>Rows whose lease ends soon.</summary>
    /// <param name="beforeUtc">Ends before this.</param>
    /// <param name="most">At most so many.</param>
    public List<long> FindEnding(DateTime beforeUtc, int most)
    {
        lock (gate)
            return [.. held.Where(lease => lease.Value.UntilUtc < beforeUtc).Take(most).Select(lease => lease.Key)];
    }

    /// <summary>Notes that leases were renewed.</summary>
    /// <param name="ids">The rows; those let go meanwhile are passed over.</param>
    /// <param name="untilUtc">Their new end.</param>
    public void Renew(IEnumerable<long> ids, DateTime untilUtc)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (held.TryGetValue(id, out var lease))
                    held[id] = lease with { UntilUtc = untilUtc };
            }
        }
    }

    private static long NewNumber() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue | 1;

    private readonly record struct Lease(DateTime UntilUtc, long Bytes);
}
