using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Trainings;

/// <summary>The trainings that the caller may come to, and the past ones they were at.</summary>
public sealed class ListTrainings : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.list").Gives("listed", TrainingRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member)
            return new Outcome("listed", new ListValue([]));
        var today = Wib.Day(turn.UtcNow);
        var oldest = today.AddDays(-TrainingRecord.DaysShown);
        var trainings = await turn.Db.Set<Training>().AsNoTracking()
            .Where(row => (row.CooperativeId == null || row.CooperativeId == member.CooperativeId)
                && (row.Day >= today || (row.Day >= oldest && turn.Db.Set<TrainingSeat>().Any(
                    seat => seat.TrainingId == row.Id && seat.MemberId == member.Id && seat.AttendedUtc != null))))
            .OrderBy(row => row.Day).ThenBy(row => row.Id).Take(TrainingRecord.MaxListed).ToListAsync(ct);
        var records = new List<RecordValue>();
        foreach (var training in trainings)
            records.Add(await TrainingRecord.OfAsync(turn, training, member.Id, ct));
        return new Outcome("listed", new ListValue(records));
    }
}

/// <summary>The caller takes a seat, or a turn on the waiting list when all are taken; and is reminded the day before.</summary>
public sealed class SignUp : ICapability
{
    /// <summary>The timed act of the day before; its subject is the seat.</summary>
    internal const string Reminding = "trainings.remind";

    /// <summary>Tells who has a seat.</summary>
    internal const string ReminderNotice = "training_reminder";

    private static readonly TimeSpan BeforeTheDay = TimeSpan.FromHours(15);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.sign")
        .Takes("training", DialogType.Text)
        .Gives("signed", TrainingRecord.Type)
        .Gives("waiting", TrainingRecord.Type)
        .Gives("gone");

    /// <summary>Reminds whoever still has a seat.</summary>
    /// <param name="act">Its subject is the seat's id.</param>
    /// <param name="turn">The turn's scope.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask RemindAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var seat = await turn.Db.Set<TrainingSeat>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        if (seat.Status != TrainingSeat.Signed)
            return;
        var training = await turn.Db.Set<Training>().AsNoTracking().SingleAsync(row => row.Id == seat.TrainingId, ct);
        turn.Notify(act.PersonId, ReminderNotice, TrainingRecord.NewsOf(training));
    }

    /// <summary>Puts the reminder off until nine in the morning of the day before, unless that is past.</summary>
    internal static void Remind(Turn turn, Training training, TrainingSeat seat, long personId)
    {
        var due = Wib.StartUtc(training.Day) - BeforeTheDay;
        if (due > turn.UtcNow)
            turn.Schedule(new TimedAct(Reminding, due, personId, seat.Id.ToString(CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member
            || await TrainingRecord.FindAsync(turn, call.Text("training"), ct) is not { } training
            || training.Day < Wib.Day(turn.UtcNow) || (training.CooperativeId is { } id && id != member.CooperativeId))
            return new Outcome("gone");
        var seats = turn.Db.Set<TrainingSeat>().Where(row => row.TrainingId == training.Id);
        var seat = await seats.SingleOrDefaultAsync(row => row.MemberId == member.Id && row.Status != TrainingSeat.Cancelled, ct);
        if (seat is null)
        {
            bool isFree = await seats.CountAsync(row => row.Status == TrainingSeat.Signed, ct) < training.Capacity;
            seat = new TrainingSeat { TrainingId = training.Id, MemberId = member.Id, Status = isFree ? TrainingSeat.Signed : TrainingSeat.Waiting };
            turn.Db.Add(seat);
            await turn.Db.SaveChangesAsync(ct);
            if (isFree)
                Remind(turn, training, seat, member.PersonId);
        }
        return new Outcome(seat.Status, await TrainingRecord.OfAsync(turn, training, member.Id, ct));
    }
}

/// <summary>The caller does not come after all: the first of the waiting list has the seat, and is told.</summary>
public sealed class LeaveTraining : ICapability
{
    /// <summary>Tells who moves up.</summary>
    internal const string Notice = "training_seat_free";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.leave")
        .Takes("training", DialogType.Text)
        .Gives("left")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member || await TrainingRecord.FindAsync(turn, call.Text("training"), ct) is not { } training)
            return new Outcome("gone");
        var seats = turn.Db.Set<TrainingSeat>().Where(row => row.TrainingId == training.Id);
        var seat = await seats.SingleOrDefaultAsync(row => row.MemberId == member.Id && row.Status != TrainingSeat.Cancelled && row.AttendedUtc == null, ct);
        if (seat is null)
            return new Outcome("gone");
        bool hadSeat = seat.Status == TrainingSeat.Signed;
        seat.Status = TrainingSeat.Cancelled;
        var next = hadSeat ? await seats.Where(row => row.Status == TrainingSeat.Waiting).OrderBy(row => row.Id).FirstOrDefaultAsync(ct) : null;
        if (next is not null && training.Day >= Wib.Day(turn.UtcNow))
        {
            next.Status = TrainingSeat.Signed;
            var person = await turn.Db.Set<Member>().Where(row => row.Id == next.MemberId).Select(row => row.PersonId).SingleAsync(ct);
            turn.Notify(person, Notice, TrainingRecord.NewsOf(training));
            SignUp.Remind(turn, training, next, person);
        }
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("left");
    }
}
