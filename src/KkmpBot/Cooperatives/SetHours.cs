using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Cooperatives;

/// <summary>The chair sets the opening hours of a day of the week: "08.00-16.00", or "tutup".</summary>
public sealed class SetHours : ICapability
{
    private const int MinutesInDay = 24 * 60;
    private static readonly string[] Weekdays = ["minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("hours.set")
        .Takes("weekday", DialogType.Choice)
        .Takes("hours", DialogType.Text)
        .Gives("set")
        .Gives("unclear");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cooperativeId = OpeningRecord.OfChair(turn);
        var weekday = Array.IndexOf(Weekdays, call.Text("weekday"));
        var said = call.Text("hours");
        var isClosed = TypedText.Fold(said).Contains("tutup", StringComparison.Ordinal);
        if (!isClosed && Read(said) is not { } || weekday < 0)
            return new Outcome("unclear");
        var row = await turn.Db.Set<OpeningHours>().SingleOrDefaultAsync(hours => hours.CooperativeId == cooperativeId && hours.Weekday == weekday, ct);
        if (isClosed && row is not null)
            turn.Db.Remove(row);
        if (!isClosed)
        {
            if (row is null)
                turn.Db.Add(row = new OpeningHours { CooperativeId = cooperativeId, Weekday = weekday });
            (row.OpensMinute, row.ClosesMinute) = Read(said)!.Value;
        }

        await turn.Db.SaveChangesAsync(ct);
        await OpeningRecord.WriteTextAsync(turn.Db, cooperativeId, ct);
        await Audit.RecordAsync(turn, Description.Name, $"weekday:{weekday.ToString(CultureInfo.InvariantCulture)}", ct);
        return new Outcome("set");
    }

    /// <summary>Reads hours as people write them: "8-16", "08.00-16.00", "08:00 sampai 15:30"; null when they are none.</summary>
    /// <param name="said">As typed.</param>
    internal static (int Opens, int Closes)? Read(string said)
    {
        var times = new List<int>();
        foreach (var part in said.Split([' ', '-', '–', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(part => char.IsAsciiDigit(part[0])))
        {
            var digits = part.Split([':', '.'], 2);
            if (!int.TryParse(digits[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
                return null;
            var minute = 0;
            if (digits.Length == 2 && !int.TryParse(digits[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute))
                return null;
            times.Add(minute < 60 ? (hour * 60) + minute : MinutesInDay + 1);
        }

        return times.Count == 2 && times[0] < times[1] && times[1] <= MinutesInDay ? (times[0], times[1]) : null;
    }
}

/// <summary>The chair enters a day on which the outlet stays closed.</summary>
public sealed class CloseDay : ICapability
{
    private const int MaxNameLength = 60;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("hours.close_day")
        .Takes("day", DialogType.Date)
        .Takes("name", DialogType.Text)
        .Gives("closed")
        .Gives("past");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cooperativeId = OpeningRecord.OfChair(turn);
        var day = ((DateValue)call.Arguments["day"]).Day;
        if (day < Wib.Day(turn.UtcNow))
            return new Outcome("past");
        var name = call.Text("name");
        turn.Db.Add(new ClosedDay { CooperativeId = cooperativeId, Day = day, Name = name.Length <= MaxNameLength ? name : name[..MaxNameLength] });
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ct);
        return new Outcome("closed");
    }
}

/// <summary>Who may set hours, and how they are written for people.</summary>
internal static class OpeningRecord
{
    private static readonly string[] Names = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];

    /// <summary>The chair's cooperative; the dialog lets nobody else in, and anybody else throws.</summary>
    /// <param name="turn">The turn.</param>
    public static int OfChair(Turn turn) => turn.Caller is { OfficerRole: "chair", CooperativeId: { } cooperativeId }
        ? cooperativeId
        : throw new InvalidOperationException("Opening hours are set by the chair.");

    /// <summary>Writes the hours as people read them: "Senin-Sabtu 08.00-16.00, Minggu tutup".</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task WriteTextAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct)
    {
        var hours = await db.Set<OpeningHours>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId).ToDictionaryAsync(row => row.Weekday, ct);
        var days = Enumerable.Range(1, 7).Select(day => (Weekday: day % 7, Text: Text(hours.GetValueOrDefault(day % 7)))).ToList();
        var parts = new List<string>();
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && days[last + 1].Text == days[first].Text)
                last++;
            parts.Add($"{Names[days[first].Weekday]}{(last > first ? $"-{Names[days[last].Weekday]}" : "")} {days[first].Text}");
            first = last + 1;
        }

        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Id == cooperativeId, ct);
        cooperative.OpeningHours = hours.Count == 0 ? null : string.Join(", ", parts);
        await db.SaveChangesAsync(ct);
    }

    private static string Text(OpeningHours? hours) => hours is null ? "tutup" : $"{Wib.Clock(hours.OpensMinute)}-{Wib.Clock(hours.ClosesMinute)}";
}
