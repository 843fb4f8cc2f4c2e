using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Data;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Channels.WhatsApp;

/// <summary>Statuses come in any order, several times, and contradict each other; what is known only moves forward.</summary>
public sealed class DeliveryProgressTests
{
    private static readonly DeliveryProgress[] All = Enum.GetValues<DeliveryProgress>();

    [Fact]
    public void In_every_order_it_only_moves_forward_and_ends_at_the_furthest()
    {
        Prop.ForAll(Gen.Elements(All).ListOf().ToArbitrary(), told =>
        {
            DeliveryProgress? known = null;
            foreach (var status in told)
            {
                var next = DeliveryProgressRule.Next(known, status);
                if (next < known || (known == DeliveryProgress.Failed && next != known) || (known >= DeliveryProgress.Delivered && next == DeliveryProgress.Failed && known != DeliveryProgress.Failed))
                    return false;
                known = next;
            }
            return told.Contains(DeliveryProgress.Failed) || told.Count == 0 || known == told.Max();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Told_again_nothing_changes()
    {
        foreach (var known in All)
            foreach (var told in All)
                Assert.Equal(DeliveryProgressRule.Next(known, told), DeliveryProgressRule.Next(DeliveryProgressRule.Next(known, told), told));
    }

    [Fact]
    public async Task The_database_keeps_the_same_rule_for_every_order_of_up_to_four()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        var deliveries = new DeliveryLog(test.Database, async (write, ct) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await write(connection, transaction, ct);
            await transaction.CommitAsync(ct);
        }, TimeProvider.System, new RecordingLog().For<DeliveryLog>());
        var orders = Orders(4).ToList();
        var statuses = orders.SelectMany((order, i) => order.Select(progress => new MessageStatus(BitConverter.GetBytes(i), progress, null, IsBillable: true)));
        await deliveries.WriteAsync([.. statuses], CancellationToken.None);
        for (var i = 0; i < orders.Count; i++)
        {
            await using var query = connection.Command(null, "SELECT progress FROM deliveries WHERE message_key = @key", ("key", BitConverter.GetBytes(i)));
            var expected = orders[i].Aggregate((DeliveryProgress?)null, (known, told) => DeliveryProgressRule.Next(known, told));
            Assert.Equal((int)expected!, Convert.ToInt32(await query.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.Equal(340, orders.Count);
    }

    private static IEnumerable<DeliveryProgress[]> Orders(int most) =>
        most == 0 ? [] : Orders(most - 1).Concat(Exactly(most));

    private static IEnumerable<DeliveryProgress[]> Exactly(int length) =>
        length == 0 ? [[]] : Exactly(length - 1).SelectMany(shorter => All.Select(next => (DeliveryProgress[])[.. shorter, next]));
}
