using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs.Answers;

public sealed class AnswerReaderTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("RT 03", 3)]
    [InlineData("telulas", 13)]
    [InlineData("dua puluh lima", 25)]
    [InlineData("duapuluh tiga", 23)]
    [InlineData("kalih dasa", 20)]
    [InlineData("gangsal welas", 15)]
    [InlineData("seket lima", 55)]
    [InlineData("satus rong puluh", 120)]
    [InlineData("rong ewu nem likur", 2026)]
    [InlineData("kosong", 0)]
    [InlineData("٣", 3)]
    [InlineData("rt 3 rw 5", null)]
    [InlineData("2,5", null)]
    [InlineData("-3", null)]
    [InlineData("mboten", null)]
    public void Whole_numbers(string text, int? expected) => Assert.Equal(expected, WholeReader.Read(text));

    [Theory]
    [InlineData("2 kilo 3 ons", 2.3, "kg")]
    [InlineData("1 1/2 kg", 1.5, "kg")]
    [InlineData("1½ kg", 1.5, "kg")]
    [InlineData("tiga perempat kilo", 0.75, "kg")]
    [InlineData("telung prapat kilo", 0.75, "kg")]
    [InlineData("sak kilo", 1, "kg")]
    [InlineData("sakliter", 1, "l")]
    [InlineData("2 sak", 2, "sak")]
    [InlineData("satus gram", 0.1, "kg")]
    [InlineData("1.000 kg", 1000, "kg")]
    [InlineData("1.5 kg", 1.5, "kg")]
    [InlineData("0,25kg aja ya bu", 0.25, "kg")]
    [InlineData("limang bungkus", 5, "bungkus")]
    [InlineData("2 literan", 2, "l")]
    public void Quantities(string text, double amount, string unit) => Assert.Equal(((decimal)amount, unit), QuantityReader.Read(text));

    [Theory]
    [InlineData("0 kg")]
    [InlineData("-2 kg")]
    [InlineData("2 kg 3 liter")]
    [InlineData("bukan 2 kg")]
    [InlineData("beras")]
    [InlineData("1.2.3 kg")]
    [InlineData("999999999999999999999999 kg")]
    public void Unclear_quantities(string text) => Assert.Null(QuantityReader.Read(text));

    [Theory]
    [InlineData("50rb aja ya", 50000)]
    [InlineData("1 juta 500 ribu", 1500000)]
    [InlineData("12 ribu 500", 12500)]
    [InlineData("satu setengah juta", 1500000)]
    [InlineData("dua setengah ribu", 2500)]
    [InlineData("Rp500", 500)]
    [InlineData("500 rupiah", 500)]
    [InlineData("12.500rb", 12500)]
    [InlineData("12.500/kg", 12500)]
    [InlineData("limaratus ewu", 500000)]
    [InlineData("Rp 1.250.000,00", 1250000)]
    [InlineData("setor 75.000", 75000)]
    [InlineData("1,500.00", 1500)]
    public void Money(string text, long expected) => Assert.Equal(expected, RupiahReader.Read(text));

    [Theory]
    [InlineData("500")]
    [InlineData("lima ratus")]
    [InlineData("bukan 50rb")]
    [InlineData("50rb atau 60rb")]
    [InlineData("-50rb")]
    [InlineData("Rp0")]
    [InlineData("1.500.00")]
    [InlineData("sejuta setengah ribu lima")]
    [InlineData("RT 1200")]
    public void Unclear_money(string text) => Assert.Null(RupiahReader.Read(text));

    [Theory]
    [InlineData("iyaaa pak", true)]
    [InlineData("nggih leres", true)]
    [InlineData("ok siap", true)]
    [InlineData("sampun", true)]
    [InlineData("👍", true)]
    [InlineData("Setuju.", true)]
    [InlineData("ya, saya setuju data disimpan", true)]
    [InlineData("tidak setuju", false)]
    [InlineData("ora sido", false)]
    [InlineData("sampun mboten usah", false)]
    [InlineData("bukan, salah", false)]
    [InlineData("mboten pak, matur nuwun", false)]
    [InlineData("belum", false)]
    [InlineData("ga jadi", false)]
    [InlineData("tidak salah", null)]
    [InlineData("ya tidak", null)]
    [InlineData("iya tapi mahal", null)]
    [InlineData("jadi 2 kg aja", null)]
    [InlineData("ya 3 kg", null)]
    [InlineData("mau ubah", null)]
    [InlineData("ok besok sore", null)]
    [InlineData("bisa diantar", null)]
    [InlineData("siap diambil kapan", null)]
    [InlineData("apa?", null)]
    [InlineData("", null)]
    [InlineData("beras", null)]
    public void Yes_and_no(string text, bool? expected) => Assert.Equal(expected, YesNoReader.Read(text));

    [Theory]
    [InlineData("17-8-1990", "1990-08-17")]
    [InlineData("17 agustus 1990", "1990-08-17")]
    [InlineData("17/08/90", "1990-08-17")]
    [InlineData("17.08.1990", "1990-08-17")]
    [InlineData("17081990", "1990-08-17")]
    [InlineData("1990-08-17", "1990-08-17")]
    [InlineData("Jum'at, 17 Agt 1990", "1990-08-17")]
    [InlineData("lahir tgl 1 nopember 1955", "1955-11-01")]
    [InlineData("29/2/1984", "1984-02-29")]
    [InlineData("besok", "2026-11-23")]
    [InlineData("sesuk", "2026-11-23")]
    [InlineData("lusa", "2026-11-24")]
    [InlineData("hari ini", "2026-11-22")]
    [InlineData("3 hari lagi", "2026-11-25")]
    [InlineData("jumat", "2026-11-27")]
    [InlineData("hari senin depan", "2026-11-23")]
    [InlineData("31/2/1990", "date_unclear")]
    [InlineData("29/2/1985", "date_unclear")]
    [InlineData("17 agustus", "date_year")]
    [InlineData("17/08/1790", "date_range")]
    [InlineData("1/1/2090", "date_range")]
    [InlineData("kapan-kapan", "date_unclear")]
    public void Dates(string text, string expected)
    {
        var (day, problem) = DateReader.Read(text, Today);
        Assert.Equal(expected, problem ?? day!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Names_lose_control_and_direction_characters()
    {
        Assert.Equal("Siti Aminah", FreeTextReader.Read("  Siti\u202E \u0007\t Ami\u200Bnah\uD800 "));
        Assert.Equal(200, FreeTextReader.Read(new string('a', 5000))!.Length);
        Assert.IsType<Reading.Unreadable>(AnswerReader.Read(DialogType.Text, " \u202E\u200B ", Today));
    }

    [Fact]
    public void A_child_and_an_old_district_are_warnings()
    {
        Assert.True(Nik.Read("3374141708129920", Today).Nik!.UnderKtpAge);
        Assert.True(Nik.Read("3374991708909913", Today).Nik!.RegionUnknown);
        Assert.False(Nik.Read("3201011708909914", Today).Nik!.RegionUnknown);
        Assert.Equal(36, Nik.Read("3374141708909902", Today).Nik!.Age);
        Assert.Equal("nik_characters", Nik.Read("3374141708909902a", Today).Problem);
        Assert.Equal("3374141708909902", Nik.Read("NIK saya: 3374141708909902.", Today).Nik!.Digits);
    }

    [Fact]
    public void Personal_values_never_print_themselves()
    {
        Assert.DoesNotContain("3374", Nik.Read("3374141708909902", Today).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("3374", Nik.Read("3374141708909902", Today).Nik!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("812", PhoneReader.Read("081234567890").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1986", Nip.Read("198609262015051001", Today).Nip!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_typed_ever_throws()
    {
        var pieces = Gen.Elements("12", "1/2", "½", "rb", ".", ",", "-", " ", "kilo", "setengah", "juta", "rong", "puluh", "\n", "\uD800",
            "👍", "se", "+62", "0", "agustus",
            "ribu", "000", "/", "satus", "belas", "'", "masing2", "\u202E", "ora", "999999999999999999999");
        var sentences = Gen.ListOf(pieces).Select(list => string.Concat(list));
        var texts = Gen.OneOf(sentences, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(texts.ToArbitrary(), ReadsAsEverything));
        Assert.True(ReadsAsEverything(string.Concat(Enumerable.Repeat("12 rb setengah 0 ", 10_000))));
        Assert.True(ReadsAsEverything(new string('1', 100_000)));
    }

    private static bool ReadsAsEverything(string text) =>
        DialogType.Scalars.Values.All(type => AnswerReader.Read(type, text, Today) switch
        {
            Reading.Unreadable unreadable => AnswerReader.Problems.Contains(unreadable.Problem),
            Reading.Read { Value: QuantityValue quantity } => quantity.Amount > 0,
            Reading.Read { Value: MoneyValue money } => money.Rupiah > 0,
            _ => true,
        });
}
