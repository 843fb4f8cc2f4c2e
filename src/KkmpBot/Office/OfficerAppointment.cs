using KkmpBot.Auditing;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>An office to be given.</summary>
/// <param name="Phone">The person's mobile number in E.164.</param>
/// <param name="Role">One of <see cref="OfficerAppointment.Roles"/>.</param>
/// <param name="CooperativeCode">The kelurahan's code; null for the city's roles.</param>
/// <param name="Name">How they are called; null to leave it.</param>
public sealed record Appointment(string Phone, string Role, string? CooperativeCode, string? Name)
{
    /// <summary>Never whom.</summary>
    public override string ToString() => $"{Role} {CooperativeCode}";
}

/// <summary>Gives offices: an officer is found by phone number, and written in where they have not talked to the bot yet.</summary>
public static class OfficerAppointment
{
    private const int MaxNameLength = 24;
    private static readonly string[] OfCooperatives = [OfficerRole.Chair, OfficerRole.Treasurer, OfficerRole.Warehouse, OfficerRole.Supervisor];

    /// <summary>Every role that can be given.</summary>
    public static IReadOnlyList<string> Roles { get; } = [.. OfCooperatives, OfficerRole.City, OfficerRole.Mentor, OfficerRole.Administrator];

    /// <summary>Gives the office, in the caller's transaction; one that the person already holds is changed.</summary>
    /// <param name="db">A context inside a transaction.</param>
    /// <param name="vault">Finds the person by number.</param>
    /// <param name="given">What to whom.</param>
    /// <param name="byPersonId">Who gives it; 0 for the command line.</param>
    /// <param name="utcNow">When.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Why not, in words; null when it was given.</returns>
    public static async Task<string?> AppointAsync(KkmpDbContext db, Vault vault, Appointment given, long byPersonId, DateTime utcNow, CancellationToken ct)
    {
        if (!Roles.Contains(given.Role))
            return $"--role may be {string.Join(", ", Roles)}.";
        bool ofCity = !OfCooperatives.Contains(given.Role);
        var cooperative = given.CooperativeCode is null ? null : await db.Set<Cooperative>().AsNoTracking().SingleOrDefaultAsync(row => row.Code == given.CooperativeCode, ct);
        if (ofCity != given.CooperativeCode is null)
            return ofCity ? $"The role {given.Role} belongs to no cooperative." : $"Say of which kelurahan: the role {given.Role} belongs to a cooperative.";
        if (!ofCity && cooperative is null)
            return $"There is no kelurahan with the code {given.CooperativeCode}; it is like 33.74.14.1013.";
        var person = await PersonAsync(db, vault, given, utcNow, ct);
        await db.Set<Officer>().Where(row => row.PersonId == person.Id).ExecuteDeleteAsync(ct);
        db.Add(new Officer { PersonId = person.Id, CooperativeId = cooperative?.Id ?? Officer.OfTheCity, Role = given.Role });
        await db.SaveChangesAsync(ct);
        if (cooperative is not null)
            await Audit.RecordAsync(db, cooperative.Id, utcNow, byPersonId, "officers.add", $"person:{person.Id}:{given.Role}", ct);
        return null;
    }

    private static async Task<Person> PersonAsync(KkmpDbContext db, Vault vault, Appointment given, DateTime utcNow, CancellationToken ct)
    {
        byte[] index = vault.Index("phone", given.Phone);
        var indexes = vault.Indexes("phone", given.Phone);
        var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.PhoneIndex != null && indexes.Contains(row.PhoneIndex), ct);
        if (person is null)
        {
            person = new Person { Phone = vault.Seal(given.Phone), PhoneIndex = index, CreatedUtc = utcNow };
            db.Add(person);
        }
        if (given.Name is { Length: > 0 and <= MaxNameLength } name)
            person.Nickname = vault.Seal(name);
        await db.SaveChangesAsync(ct);
        return person;
    }
}
