using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Trainings;

/// <summary>Trainings as the dialogs see them.</summary>
internal static class TrainingRecord
{
    /// <summary>So many are listed, the next first.</summary>
    public const int MaxListed = 20;

    /// <summary>Past ones stay for so many days, for attendance and certificates.</summary>
    public const int DaysShown = 60;

    /// <summary>A training; <c>mine</c> is none, signed, waiting or attended; <c>ahead</c> counts who waits before.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "training",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(24)),
        ("title", DialogType.TextOf(Training.MaxTitleLength)),
        ("day", DialogType.Date),
        ("place", DialogType.TextOf(Training.MaxPlaceLength)),
        ("capacity", DialogType.Whole),
        ("free", DialogType.Whole),
        ("waiting", DialogType.Whole),
        ("mine", DialogType.Choice),
        ("words", DialogType.TextOf(20)));

    /// <summary>Trainings, the next first.</summary>
    public static DialogType ListType { get; } = DialogType.List("trainings", Type, MaxListed);

    /// <summary>What news about a training say of it.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "training_news", ("title", DialogType.TextOf(Training.MaxTitleLength)), ("day", DialogType.Date), ("place", DialogType.TextOf(Training.MaxPlaceLength)));

    /// <summary>A training that a dialog's key names; null when there is none. Its row is held until the turn ends, so that seats are given one by one.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="key">The id as text.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Training?> FindAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        await turn.Db.LockAsync<Training>(id, ct);
        return await turn.Db.Set<Training>().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    /// <summary>True for who may set trainings up and note who came: the city its own, a chair those of the cooperative.</summary>
    /// <param name="caller">Who is talking.</param>
    /// <param name="training">Which.</param>
    public static bool MayHold(Caller caller, Training training) => training.CooperativeId is { } id
        ? caller is { OfficerRole: OfficerRole.Chair } && caller.CooperativeId == id
        : OfficerRole.MayServeCity(caller);

    /// <summary>What news say of a training.</summary>
    /// <param name="training">Which.</param>
    public static RecordValue NewsOf(Training training) => RecordValue.Of(
        ("title", new TextValue(training.Title)), ("day", new DateValue(training.Day)), ("place", new TextValue(training.Place)));

    /// <summary>The record of a training, as a member sees it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="training">Which.</param>
    /// <param name="memberId">Who looks; null for an organiser.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RecordValue> OfAsync(Turn turn, Training training, long? memberId, CancellationToken ct)
    {
        var seats = await turn.Db.Set<TrainingSeat>().AsNoTracking()
            .Where(row => row.TrainingId == training.Id && row.Status != TrainingSeat.Cancelled).ToListAsync(ct);
        var signed = seats.Count(seat => seat.Status == TrainingSeat.Signed);
        var own = seats.Find(seat => seat.MemberId == memberId);
        var mine = own is null ? "none" : own.AttendedUtc is not null ? "attended" : own.Status;
        return RecordValue.Of(
            ("key", new TextValue(training.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(training.Title.Length <= 24 ? training.Title : $"{training.Title[..23].TrimEnd()}…")),
            ("title", new TextValue(training.Title)),
            ("day", new DateValue(training.Day)),
            ("place", new TextValue(training.Place)),
            ("capacity", new WholeValue(training.Capacity)),
            ("free", new WholeValue(Math.Max(0, training.Capacity - signed))),
            ("waiting", new WholeValue(seats.Count - signed)),
            ("mine", new TextValue(mine)),
            ("words", new TextValue(mine switch { "signed" => "terdaftar", "waiting" => "dalam antrean", "attended" => "sudah ikut", _ => "belum daftar" })));
    }
}
