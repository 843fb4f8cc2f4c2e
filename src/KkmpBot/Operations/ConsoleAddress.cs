using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>The address of somebody at the terminal: their phone number, which whoever can start the program is trusted with.</summary>
internal static class ConsoleAddress
{
    /// <summary>Points the console's address to the person with that number; somebody new becomes a person with it.</summary>
    public static async Task LinkAsync(IServiceProvider services, string phone, CancellationToken ct)
    {
        var vault = services.GetRequiredService<Vault>();
        var database = services.GetRequiredService<Database>();
        var utcNow = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await services.GetRequiredService<WriteRows>()(async (connection, transaction, inner) =>
        {
            await using var context = database.Context(connection, transaction);
            var phoneIndex = vault.Index("phone", phone);
            var known = vault.Indexes("phone", phone);
            var person = await context.Set<Person>().SingleOrDefaultAsync(row => row.PhoneIndex != null && known.Contains(row.PhoneIndex), inner);
            if (person is null)
            {
                person = new Person { Phone = vault.Seal(phone), PhoneIndex = phoneIndex, CreatedUtc = utcNow };
                context.Add(person);
                await context.SaveChangesAsync(inner);
            }
            var addressIndex = vault.Index("address:console", phone);
            var addresses = vault.Indexes("address:console", phone);
            var address = await context.Set<ChannelAddress>().SingleOrDefaultAsync(row => row.Channel == "console" && addresses.Contains(row.AddressIndex), inner);
            if (address is null)
            {
                address = new ChannelAddress { Channel = "console", AddressIndex = addressIndex, Address = vault.Seal(phone) };
                context.Add(address);
            }
            address.PersonId = person.Id;
            address.LastSeenUtc = utcNow;
            await context.SaveChangesAsync(inner);
        }, ct);
    }

    /// <summary>True while something of this person is due before a moment.</summary>
    public static async Task<bool> HasTimerAsync(IServiceProvider services, string address, DateTime beforeUtc, CancellationToken ct)
    {
        var index = services.GetRequiredService<Vault>().Index("address:console", address);
        var database = services.GetRequiredService<Database>();
        await using var connection = await database.OpenAsync(ct);
        await using var context = database.Context(connection);
        return await context.Set<Data.Timer>().AnyAsync(
            timer => timer.DueUtc <= beforeUtc
                && context.Set<ChannelAddress>().Any(row => row.Channel == "console" && row.AddressIndex == index && row.PersonId == timer.PersonId), ct);
    }
}
