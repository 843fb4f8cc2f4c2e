using KkmpBot.Data;
using KkmpBot.Members;

namespace KkmpBot.Office;

/// <summary>The demo's person of the city's office.</summary>
public static class CityDemo
{
    /// <summary>Adds them; the caller saves.</summary>
    /// <param name="db">A context inside the demo's transaction.</param>
    /// <param name="vault">Seals their values.</param>
    /// <param name="utcNow">When.</param>
    public static void AddOfficer(KkmpDbContext db, Vault vault, DateTime utcNow)
    {
        var person = new Person
        {
            Nickname = vault.Seal("Bu Dewi"),
            Phone = vault.Seal(DemoPeople.CityPhone),
            PhoneIndex = vault.Index("phone", DemoPeople.CityPhone),
            CreatedUtc = utcNow,
        };
        db.Add(person);
        db.SaveChanges();
        db.Add(new CityOfficer { PersonId = person.Id, Role = CityOfficer.City });
    }
}
