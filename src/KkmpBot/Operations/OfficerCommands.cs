using System.CommandLine;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Office;

namespace KkmpBot.Operations;

/// <summary><c>officer add</c>: gives somebody an office by their phone number, the first one of a cooperative and the city's.</summary>
public static class OfficerCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var phone = new Option<string>("--phone") { Description = "their mobile number, as they use it in the chat", Required = true };
        var role = new Option<string>("--role") { Description = string.Join(", ", OfficerAppointment.Roles), Required = true };
        var code = new Option<string?>("--cooperative") { Description = "the kelurahan's code, e.g. 33.74.14.1013; none for city and administrator" };
        var name = new Option<string?>("--name") { Description = "how the bot calls them" };
        var add = new Command("add", "give somebody an office; again with another role changes it") { phone, role, code, name };
        add.SetAction((parsed, ct) => AddAsync(
            parsed.GetValue(phone)!, parsed.GetValue(role)!, parsed.GetValue(code), parsed.GetValue(name), ct));
        return new Command("officer", "the officers of the cooperatives and the city") { add };
    }

    private static async Task<int> AddAsync(string phone, string role, string? code, string? name, CancellationToken ct)
    {
        if (PhoneReader.Read(phone).E164 is not { } number)
            throw new StartRefusedException("--phone wants a mobile number such as 0812 3456 7890.");
        using var host = CommandHost.Build();
        await Composition.PrepareDatabaseAsync(host.Services, ct);
        var database = host.Services.GetRequiredService<Database>();
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var db = database.Context(connection, transaction);
        var utcNow = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var result = await OfficerAppointment.AppointAsync(
            db, host.Services.GetRequiredService<Vault>(), new Appointment(number, role, code, name), byPersonId: 0, utcNow, ct);
        if (result is not null)
            throw new StartRefusedException(result);
        await transaction.CommitAsync(ct);
        var pages = host.Services.GetRequiredService<TurnSettings>().PagesUrl;
        await Console.Out.WriteLineAsync(
            $"{role}{(code is null ? "" : $" of {code}")} was given. They write 'kantor' to the bot from that number and get a link to {pages}/office.");
        return 0;
    }
}
