using System.Data.Common;
using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Ledger;

namespace KkmpBot.Tests.Simulation;

/// <summary>What must hold when a simulation has come to rest.</summary>
internal sealed class SimulationAudit(SimulatedCity simulation, DbConnection connection)
{
    private static readonly InboundKind[] Wordless = [InboundKind.Blocked, InboundKind.Unblocked];

    public int Said { get; private set; }

    public int Repeated { get; private set; }

    public async Task CheckAsync()
    {
        Assert.Equal(0, Number("SELECT COUNT(*) FROM dead_letters"));
        Assert.Equal(simulation.People.Sum(person => person.Updates.Count), Number("SELECT COUNT(*) FROM received_updates"));
        Assert.Equal(0, Number("SELECT COUNT(*) FROM outbox WHERE status NOT IN (1, 3)"));
        Assert.Empty((await LedgerVerifier.VerifyAsync(simulation.Database, CancellationToken.None)).Faults);
        CheckStock();
        var persons = Read("SELECT person_id, id, address FROM channel_addresses WHERE channel = 'test'",
            row => (Id: row.GetInt64(0), AddressId: row.GetInt64(1), Address: simulation.Vault.Open(new SealedText(row.GetFieldValue<byte[]>(2)))))
            .ToDictionary(row => row.Address);
        foreach (var person in simulation.People.Where(person => person.Updates.Count > 0 && !IsForgotten(person, persons.Keys)))
            CheckPerson(person, persons[person.Address].Id, persons[person.Address].AddressId);
    }

    // Who presses anything may come upon the erasure; a while later their address is forgotten too.
    private static bool IsForgotten(SimulatedPerson person, ICollection<string> known) => person is RestlessPerson { HasErased: true } && !known.Contains(person.Address);

    private void CheckPerson(SimulatedPerson person, long id, long address)
    {
        var turns = person.Updates.Count(update => !Wordless.Contains(update.Message.Kind));
        var counted = Number($"SELECT COALESCE((SELECT turn_number FROM conversations WHERE id = {Text(id)}), 0)");
        var answered = Number($"SELECT COUNT(*) FROM outbox WHERE address_id = {Text(address)} AND kind = 0");
        if (person is RestlessPerson { HasErased: true })
            Assert.True(counted <= turns && answered <= turns, $"{person.Address} said {turns} things; {counted} turns and {answered} answers are left of them.");
        else
            Assert.Equal((turns + ((person as PurposefulPerson)?.ExtraTurns ?? 0), turns), (counted, answered));
        CheckDeliveries(person, Read($"SELECT id, status FROM outbox WHERE address_id = {Text(address)} ORDER BY id", row => (row.GetInt64(0), row.GetInt32(1))));
        if (person is PurposefulPerson purposeful)
            CheckPurpose(purposeful, id);
    }

    private void CheckPurpose(PurposefulPerson person, long id)
    {
        Assert.True(person.WaitsFor is null, $"{person.Address} still waits for '{person.WaitsFor}'.");
        if (person.IsMember)
            CheckMembership(id);
        Assert.Equal(person.Cancelled, Number($"SELECT COUNT(*) FROM orders WHERE person_id = {Text(id)} AND status = 'cancelled'"));
        var kept = Number($"SELECT COUNT(*) FROM orders WHERE person_id = {Text(id)} AND status IN ('placed', 'expired')");
        Assert.Equal(person.Placed - person.Cancelled, kept);
        if (person.Deposits > 0)
            Assert.Equal(person.Deposits, Number($"SELECT COUNT(*) FROM journal_entries WHERE by_person_id = {Text(id)} AND act_key LIKE '{Text(id)}:%'"));
    }

    private void CheckMembership(long id)
    {
        Assert.Equal(1, Number($"SELECT COUNT(*) FROM members WHERE person_id = {Text(id)} AND status = 'active'"));
        Assert.Equal(1, Number($"""
            SELECT COUNT(DISTINCT l.entry_id) FROM journal_lines l JOIN members m ON m.id = l.member_id WHERE m.person_id = {Text(id)} AND l.credit_rupiah > 0
            """));
    }

    // First arrivals in the order they were said, without a gap; again only by another life, or when nobody told that it had arrived.
    private void CheckDeliveries(SimulatedPerson person, List<(long Id, int Status)> said)
    {
        Said += said.Count;
        Repeated += person.Deliveries.Count - person.Deliveries.Select(delivery => delivery.OutboxId).Distinct().Count();
        var arrived = new Dictionary<long, SimulatedDelivery>();
        var (life, reached, newest) = (0, 0L, 0L);
        foreach (var delivery in person.Deliveries)
        {
            if (arrived.TryGetValue(delivery.OutboxId, out var before))
                Assert.True(delivery.Life > before.Life || !before.IsKnown, $"{person.Address} got {delivery} again, though it was known to have arrived.");
            // What somebody had blocked comes after all when they allow it again and the mark died with its life.
            else
                Assert.True(delivery.OutboxId > newest || person is RestlessPerson, $"{person.Address} got {delivery} after {newest}.");
            Assert.True(delivery.Life > life || delivery.OutboxId >= reached, $"{person.Address} got {delivery} after {reached} in one life.");
            (life, reached, newest) = (delivery.Life, delivery.OutboxId, Math.Max(newest, delivery.OutboxId));
            arrived[delivery.OutboxId] = delivery;
        }
        var lost = said.Where(row => row.Status == 1 && !arrived.ContainsKey(row.Id)).ToList();
        Assert.True(lost.Count == 0, $"{person.Address} never got {string.Join(", ", lost)}.");
        Assert.True(person is RestlessPerson || said.TrueForAll(row => row.Status == 1), $"{person.Address} blocked nobody.");
    }

    private void CheckStock()
    {
        Assert.Equal(0, Number("""
            SELECT COUNT(*) FROM stock_levels s WHERE s.reserved_milli <> COALESCE((
                SELECT SUM(l.quantity_milli) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status = 'placed' AND l.product_id = s.product_id), 0)
            """));
        Assert.Equal(0, Number("SELECT COUNT(*) FROM stock_levels WHERE on_hand_milli < reserved_milli OR reserved_milli < 0"));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private long Number(string sql) => Read(sql, row => row.GetInt64(0)).Single();

    private List<T> Read<T>(string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
