using System.Globalization;
using KkmpBot.Papers;

namespace KkmpBot.Programs.Trainings;

/// <summary>The certificate of somebody who was at a training: the same paper from the chat and from the office.</summary>
internal static class Certificate
{
    /// <summary>The paper.</summary>
    /// <param name="training">Which training.</param>
    /// <param name="seat">Whose seat; they were there.</param>
    /// <param name="name">Their full name.</param>
    /// <param name="cooperative">The name of their cooperative.</param>
    public static Book Of(Training training, TrainingSeat seat, string name, string cooperative)
    {
        if (seat.AttendedUtc is null || seat.TrainingId != training.Id)
            throw new InvalidOperationException("A certificate says that somebody was there.");
        var number = string.Create(CultureInfo.InvariantCulture, $"{training.Day:yyyy}/{training.Id}/{seat.Id}");
        return new Book(
            string.Create(CultureInfo.InvariantCulture, $"sertifikat-{training.Id}"),
            "Sertifikat Pelatihan",
            [$"Nomor {number}", $"Diberikan kepada anggota {cooperative} yang telah mengikuti pelatihan ini."],
            [new Column("Nama", 30), new Column("Pelatihan", 40), new Column("Tanggal", 30)],
            [BookLine.Of(name, training.Title, Dialogs.Texts.Days.Long(training.Day, "id"))])
        {
            Notes = [training.Place],
            Signatures = ["Penyelenggara"],
        };
    }
}
