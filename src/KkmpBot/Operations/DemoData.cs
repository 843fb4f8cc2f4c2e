using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Payments;
using KkmpBot.Programs;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>The people, goods and officers of the demo cooperative, Jatisari: the same at every load.</summary>
public static class DemoData
{
    /// <summary>What the start prints: whom one can be.</summary>
    public const string Greeting =
        "This is a demo. Talk as a demo member: chat --as 081200000001; as a demo officer: chat --as 081200000002; as a newcomer: chat";

    /// <summary>Who one can be: members first, then officers (officer is the chair).</summary>
    public static IReadOnlyList<string> Roles { get; } = ["member", "neighbour", "civil_servant", "officer", "treasurer", "warehouse", "supervisor", "city", "mentor"];

    /// <summary>The phone of a demo person in E.164.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    public static string PhoneOf(string role) => role switch
    {
        "member" => DemoPeople.MemberPhone,
        "neighbour" => DemoPeople.NeighbourPhone,
        "civil_servant" => DemoPeople.CivilServantPhone,
        "officer" => DemoPeople.OfficerPhone,
        "treasurer" => DemoPeople.TreasurerPhone,
        "warehouse" => DemoPeople.WarehousePhone,
        "supervisor" => DemoPeople.SupervisorPhone,
        "city" => DemoPeople.CityPhone,
        "mentor" => DemoPeople.MentorPhone,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such demo person."),
    };

    /// <summary>True when the demo people are in the database.</summary>
    /// <param name="db">The database.</param>
    /// <param name="vault">Indexes the demo officer's number.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> IsPresentAsync(KkmpDbContext db, Vault vault, CancellationToken ct)
    {
        var indexes = vault.Indexes("phone", DemoPeople.OfficerPhone);
        return db.Set<Person>().AnyAsync(person => person.PhoneIndex != null && indexes.Contains(person.PhoneIndex), ct);
    }

    /// <summary>Writes the demo in one transaction, unless it is there.</summary>
    /// <param name="db">The database.</param>
    /// <param name="vault">Seals the demo people.</param>
    /// <param name="utcNow">Their past is counted back from here.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(KkmpDbContext db, Vault vault, DateTime utcNow, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockNameAsync("demo", ct);
        if (await IsPresentAsync(db, vault, ct))
            return;
        await MembersDemo.LoadAsync(db, vault, utcNow, ct);
        await db.SaveChangesAsync(ct);
        await GoodsDemo.LoadAsync(db, utcNow, ct);
        await CounterDemo.LoadAsync(db, utcNow, ct);
        await ProgramsDemo.LoadAsync(db, utcNow, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
