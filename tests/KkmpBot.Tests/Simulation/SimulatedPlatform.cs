using KkmpBot.Channels;

namespace KkmpBot.Tests.Simulation;

/// <summary>A message that a person sent, until the program has acknowledged it; the platform delivers it as often as it takes, and then perhaps again.</summary>
internal sealed class SimulatedUpdate(InboundMessage message)
{
    public InboundMessage Message { get; } = message;

    public bool IsAcknowledged { get; set; }

    public bool IsInFlight { get; set; }
}

/// <summary>A message that reached a person.</summary>
/// <param name="OutboxId">Its row.</param>
/// <param name="Life">Which life of the program sent it.</param>
/// <param name="IsKnown">The program was told that it arrived.</param>
internal sealed record SimulatedDelivery(long OutboxId, int Life, bool IsKnown);

/// <summary>The platform between people and program: it refuses, forgets to answer, asks for patience, and knows who wants nothing.</summary>
internal sealed class SimulatedPlatform(Random random, Func<SimulatedFaults> faults, Func<int> life, Action<string> note) : IChannel
{
    private const int LongestPauseSeconds = 8;
    private readonly Dictionary<string, SimulatedPerson> people = [];

    public string Name => "test";

    /// <summary>Of a hundred calls, how many meet some trouble.</summary>
    public int Trouble { get; set; }

    public void Add(SimulatedPerson person) => people.Add(person.Address, person);

    public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) => throw new NotSupportedException();

    public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;

    public Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
    {
        faults().Pass();
        var result = Answer(message);
        note($"outbox {message.OutboxId} to {message.Address}: {result.GetType().Name}");
        // Between the platform's hand and the program's ear is a place to die as well.
        faults().Pass();
        return Task.FromResult(result);
    }

    private DeliveryResult Answer(OutboundMessage message)
    {
        var person = people[message.Address];
        if (random.Next(100) < Trouble)
        {
            switch (random.Next(5))
            {
                case 0:
                    return new DeliveryResult.RetryAfter(TimeSpan.FromSeconds(1 + random.Next(LongestPauseSeconds)), SharedLimit: true);
                case 1 or 2:
                    return new DeliveryResult.RetryAfter(TimeSpan.FromSeconds(1), SharedLimit: false);
                case 3:
                    return new DeliveryResult.Unknown();
                default:
                    Deliver(person, message, isKnown: false);
                    return new DeliveryResult.Unknown();
            }
        }
        if (person.HasBlocked)
            return new DeliveryResult.Blocked();
        Deliver(person, message, isKnown: true);
        return new DeliveryResult.Sent(null);
    }

    private void Deliver(SimulatedPerson person, OutboundMessage message, bool isKnown)
    {
        if (person.HasBlocked)
            return;
        var isNew = person.Deliveries.TrueForAll(delivery => delivery.OutboxId != message.OutboxId);
        person.Deliveries.Add(new SimulatedDelivery(message.OutboxId, life(), isKnown));
        if (isNew)
            person.Hear(message);
    }
}
