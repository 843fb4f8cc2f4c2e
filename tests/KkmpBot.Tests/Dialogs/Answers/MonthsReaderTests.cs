using System.Globalization;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Tests.Dialogs.Answers;

public sealed class MonthsReaderTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3 bulan", 3)]
    [InlineData("tiga bulan", 3)]
    [InlineData("dua belas bulan", 12)]
    [InlineData("setunggal wulan", 1)]
    public void Counts(string text, int count) => Assert.Equal(new SaidMonths(count, null, null), MonthsReader.Read(text, Today));

    [Theory]
    [InlineData("jan-mar", "2027-01", "2027-03")]
    [InlineData("wajib jan-mar", "2027-01", "2027-03")]
    [InlineData("Januari s/d Maret 2027", "2027-01", "2027-03")]
    [InlineData("okt, nov dan des", "2026-10", "2026-12")]
    [InlineData("nov-jan 2027", "2026-11", "2027-01")]
    [InlineData("des 2026 sampai feb 2027", "2026-12", "2027-02")]
    [InlineData("agustus kemarin", "2026-08", "2026-08")]
    [InlineData("agt kmrn", "2026-08", "2026-08")]
    [InlineData("desember lalu", "2025-12", "2025-12")]
    [InlineData("bulan ini", "2026-11", "2026-11")]
    [InlineData("bulan depan", "2026-12", "2026-12")]
    [InlineData("bulan kemarin", "2026-10", "2026-10")]
    [InlineData("sudah bayar iuran september", "2026-09", "2026-09")]
    public void Names(string text, string first, string last) =>
        Assert.Equal(new SaidMonths(0, Month(first), Month(last)), MonthsReader.Read(text, Today));

    [Fact]
    public void All_of_it() => Assert.Equal(new SaidMonths(0, null, null, All: true), MonthsReader.Read("semua, lunas", Today));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("1,5")]
    [InlineData("banyak")]
    [InlineData("12345678901234567890")]
    [InlineData("3 jan")]
    [InlineData("semua 3")]
    [InlineData("50rb")]
    [InlineData("😀")]
    public void What_is_none_is_none(string text) => Assert.Null(MonthsReader.Read(text, Today));

    [Fact]
    public void Anything_typed_is_read_or_not_and_never_throws()
    {
        var random = new Random(5);
        string[] words = ["jan", "desember", "sampai", "-", "2027", "3", "semua", "kemarin", "dua", "puluh", "'", "\ud83d", "99999999999", ",", "bulan", "ini"];
        for (int i = 0; i < 5_000; i++)
            MonthsReader.Read(string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : ""))), Today);
    }

    private static DateOnly Month(string text) => DateOnly.ParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
