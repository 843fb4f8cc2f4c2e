using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Trainings;

/// <summary>The city sets a training up for everybody's members, or a chair for those of the cooperative.</summary>
public sealed class SetUpTraining : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.set_up")
        .Takes("title", DialogType.Text)
        .Takes("day", DialogType.Text)
        .Takes("place", DialogType.Text)
        .Takes("capacity", DialogType.Whole)
        .Gives("set_up", TrainingRecord.Type)
        .Gives("unclear")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        bool isCity = OfficerRole.MayServeCity(turn.Caller);
        if (!isCity && turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: not null })
            return new Outcome("not_allowed");
        var today = Wib.Day(turn.UtcNow);
        var (title, place) = (call.Text("title").Trim(), call.Text("place").Trim());
        if (DateReader.Read(call.Text("day"), today).Day is not { } day || day < today || call.Whole("capacity") is < 1 or > Training.MaxCapacity
            || title.Length is 0 or > Training.MaxTitleLength || place.Length is 0 or > Training.MaxPlaceLength)
            return new Outcome("unclear");
        var training = new Training
        {
            CooperativeId = isCity ? null : turn.Caller.CooperativeId,
            Title = title,
            Day = day,
            Place = place,
            Capacity = (int)call.Whole("capacity"),
            CreatedBy = turn.Caller.PersonId,
        };
        turn.Db.Add(training);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("set_up", await TrainingRecord.OfAsync(turn, training, null, ct));
    }
}

/// <summary>The trainings that the caller holds, the latest first.</summary>
public sealed class ListOwnTrainings : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.own").Gives("listed", TrainingRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var own = turn.Db.Set<Training>().AsNoTracking();
        own = OfficerRole.MayServeCity(turn.Caller) ? own.Where(row => row.CooperativeId == null)
            : turn.Caller is { OfficerRole: OfficerRole.Chair, CooperativeId: { } id } ? own.Where(row => row.CooperativeId == id)
            : own.Where(row => false);
        var records = new List<RecordValue>();
        foreach (var training in await own.OrderByDescending(row => row.Day).ThenBy(row => row.Id).Take(TrainingRecord.MaxListed).ToListAsync(ct))
            records.Add(await TrainingRecord.OfAsync(turn, training, null, ct));
        return new Outcome("listed", new ListValue(records));
    }
}

/// <summary>Who has a seat in a training, with who was noted as present.</summary>
public sealed class ListSeats : ICapability
{
    private const int NameLength = 24;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.seats")
        .Takes("training", DialogType.Text)
        .Gives("listed", ListType);

    /// <summary>Somebody with a seat.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "training_seat", ("key", DialogType.TextOf(20)), ("name", DialogType.TextOf(NameLength)), ("words", DialogType.TextOf(12)));

    /// <summary>All of them, in the order of signing up.</summary>
    internal static DialogType ListType { get; } = DialogType.List("training_seats", Type, Training.MaxCapacity);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await TrainingRecord.FindAsync(turn, call.Text("training"), ct) is not { } training || !TrainingRecord.MayHold(turn.Caller, training))
            return new Outcome("listed", new ListValue([]));
        var seats = await turn.Db.Set<TrainingSeat>().AsNoTracking()
            .Where(row => row.TrainingId == training.Id && row.Status == TrainingSeat.Signed)
            .Join(turn.Db.Set<Member>(), row => row.MemberId, member => member.Id, (row, member) => new { row, member.FullName })
            .OrderBy(pair => pair.row.Id).Take(Training.MaxCapacity).ToListAsync(ct);
        return new Outcome("listed", new ListValue([.. seats.Select(pair => RecordValue.Of(
            ("key", new TextValue(pair.row.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(Short(turn.Vault.Open(pair.FullName)))),
            ("words", new TextValue(pair.row.AttendedUtc is null ? "belum hadir" : "hadir"))))]));
    }

    private static string Short(string name) => name.Length <= NameLength ? name : $"{name[..(NameLength - 1)].TrimEnd()}…";
}

/// <summary>The organiser notes that somebody is there, from the day of the training on; a second time takes it back.</summary>
public sealed class MarkPresent : ICapability
{
    /// <summary>Tells the member that their certificate is ready.</summary>
    internal const string Notice = "training_attended";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.mark")
        .Takes("training", DialogType.Text)
        .Takes("seat", DialogType.Text)
        .Gives("present")
        .Gives("absent")
        .Gives("too_early")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await TrainingRecord.FindAsync(turn, call.Text("training"), ct) is not { } training || !TrainingRecord.MayHold(turn.Caller, training)
            || !long.TryParse(call.Text("seat"), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            || await turn.Db.Set<TrainingSeat>().SingleOrDefaultAsync(
                row => row.Id == id && row.TrainingId == training.Id && row.Status == TrainingSeat.Signed, ct) is not { } seat)
            return new Outcome("gone");
        if (training.Day > Wib.Day(turn.UtcNow))
            return new Outcome("too_early");
        seat.AttendedUtc = seat.AttendedUtc is null ? turn.UtcNow : null;
        await turn.Db.SaveChangesAsync(ct);
        if (seat.AttendedUtc is null)
            return new Outcome("absent");
        var person = await turn.Db.Set<Member>().Where(row => row.Id == seat.MemberId).Select(row => row.PersonId).SingleAsync(ct);
        turn.Notify(person, Notice, TrainingRecord.NewsOf(training));
        return new Outcome("present");
    }
}

/// <summary>The caller's certificate of a training they were at, as PDF.</summary>
public sealed class PrintCertificate : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("trainings.certificate")
        .Takes("training", DialogType.Text)
        .Gives("printed")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member || await TrainingRecord.FindAsync(turn, call.Text("training"), ct) is not { } training
            || await turn.Db.Set<TrainingSeat>().SingleOrDefaultAsync(
                row => row.TrainingId == training.Id && row.MemberId == member.Id && row.AttendedUtc != null, ct) is not { } seat)
            return new Outcome("gone");
        var name = await turn.Db.Set<Cooperatives.Cooperative>().Where(row => row.Id == member.CooperativeId).Select(row => row.Name).SingleAsync(ct);
        var certificate = Certificate.Of(training, seat, turn.Vault.Open(member.FullName), name);
        turn.Attach(new OutboundFile($"{certificate.Name}.pdf", "application/pdf", Pdf.Print(certificate, Wib.Day(turn.UtcNow))));
        return new Outcome("printed");
    }
}
