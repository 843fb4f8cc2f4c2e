using System.Globalization;
using System.Text;

namespace KkmpBot.Load;

/// <summary>One message of a person and words that its answer has to hold.</summary>
/// <param name="Say">What the person with a number writes.</param>
/// <param name="Answer">ASCII words of the reply.</param>
internal sealed record DialogStep(Func<long, string> Say, byte[] Answer);

/// <summary>
/// The dialog that is measured: a resident applies for membership, eleven messages and eleven replies. Three of its steps read or write the
/// register (consent, the check of the NIK, the application); in the others only the conversation moves.
/// </summary>
internal static class Registration
{
    private static readonly string[] Wards = ["jatisari", "bulusan", "sendangmulyo", "gunungpati", "tlogosari kulon", "karangayu"];
    private static readonly string[] Names = ["Sri Wahyuni", "Budi Santoso", "Murtini Handayani", "Agus Prasetyo", "Siti Aminah"];

    public static IReadOnlyList<DialogStep> Steps { get; } =
    [
        Step(_ => "/start", "Ada yang bisa saya bantu"),
        Step(_ => "daftar", "Setuju data disimpan"),
        Step(_ => "setuju", "nama lengkap"),
        Step(person => Names[person % Names.Length], "Berapa NIK"),
        Step(Nik, "Kelurahan apa"),
        Step(person => Wards[person % Wards.Length], "Benar?"),
        Step(_ => "ya", "RT dan RW berapa"),
        Step(_ => "RT 3 RW 5", "Nomor HP yang bisa"),
        Step(Phone, "(PNS atau PPPK)"),
        Step(_ => "bukan", "Mohon diperiksa"),
        Step(_ => "ya, kirim", "Pendaftaran di"),
    ];

    // Well formed and one of its own for every person: kecamatan, birth date and sequence count up.
    private static string Nik(long person) => string.Create(
        CultureInfo.InvariantCulture,
        $"3374{1 + (person % 16):00}{1 + (person / 16 % 28):00}{1 + (person / 448 % 12):00}{60 + (person / 5376 % 30)}{1 + (person / 161_280):0000}");

    private static string Phone(long person) => string.Create(CultureInfo.InvariantCulture, $"0812{person:00000000}");

    private static DialogStep Step(Func<long, string> say, string answer) => new(say, Encoding.ASCII.GetBytes(answer));
}
