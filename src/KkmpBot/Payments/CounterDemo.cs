using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>The counter of the demo cooperative: Monday to Saturday from eight to four, two hours a pick-up time, and a QRIS code that pays nobody.</summary>
public static class CounterDemo
{
    private const string MadeUpCode =
        "00020101021126680016ID.CO.CONTOH.WWW011893600099000000001702150000000000000170303UMI51440014ID.CO.QRIS.WWW0215ID10999999999990303UMI"
        + "5204541153033605802ID5920KKMP CONTOH JATISARI6008SEMARANG61055027562070703A016304E021";

    private const int OpensMinute = 8 * 60;
    private const int ClosesMinute = 16 * 60;

    /// <summary>Writes it.</summary>
    /// <param name="db">A context over a database with the reference data, in the caller's transaction.</param>
    /// <param name="utcNow">The present.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(KkmpDbContext db, DateTime utcNow, CancellationToken ct)
    {
        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Code == DemoPeople.CooperativeCode, ct);
        for (var weekday = (int)DayOfWeek.Monday; weekday <= (int)DayOfWeek.Saturday; weekday++)
            db.Add(new OpeningHours { CooperativeId = cooperative.Id, Weekday = weekday, OpensMinute = OpensMinute, ClosesMinute = ClosesMinute });
        db.Add(new PickupPlan { CooperativeId = cooperative.Id, SlotMinutes = 120, Capacity = 12 });
        db.Add(new QrisCode { CooperativeId = cooperative.Id, Payload = MadeUpCode, SetUtc = utcNow });
        await db.SaveChangesAsync(ct);
    }
}
