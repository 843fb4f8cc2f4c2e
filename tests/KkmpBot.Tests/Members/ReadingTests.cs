using KkmpBot.Data;
using KkmpBot.Members;

namespace KkmpBot.Tests.Members;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("budi santoso", "Budi Santoso")]
    [InlineData("  SRI   WAHYUNI ", "Sri Wahyuni")]
    [InlineData("Dewi Anggraini, S.Pd., M.M.", "Dewi Anggraini, S.Pd., M.M.")]
    [InlineData("Ma'ruf", "Ma'ruf")]
    [InlineData("Nur-Aini", "Nur-Aini")]
    [InlineData("José", "José")]
    [InlineData("محمد", "محمد")]
    [InlineData("Tumini", "Tumini")]
    public void A_name(string typed, string name) => Assert.Equal(name, ReadName.Read(typed)?.Full);

    [Theory]
    [InlineData("12345")]
    [InlineData("Budi 2")]
    [InlineData("_*[]()~<>&")]
    [InlineData("😀😀")]
    [InlineData("B")]
    [InlineData("")]
    [InlineData("a@b.c")]
    [InlineData("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas")]
    public void No_name(string typed) => Assert.Null(ReadName.Read(typed));

    [Theory]
    [InlineData("003/005", "RT 003/RW 005")]
    [InlineData("3/5", "RT 003/RW 005")]
    [InlineData("RT 3 RW 5", "RT 003/RW 005")]
    [InlineData("rt03/rw05", "RT 003/RW 005")]
    [InlineData("RW 5 RT 3", "RT 003/RW 005")]
    [InlineData("rt.12, rw.1", "RT 012/RW 001")]
    public void An_address(string typed, string address) => Assert.Equal(address, ReadAddress.Read(typed));

    [Theory]
    [InlineData("3")]
    [InlineData("0/5")]
    [InlineData("3/1000")]
    [InlineData("99999999999999999999/5")]
    [InlineData("jalan jatisari raya")]
    [InlineData("jl jatisari no 4 rt 3 rw 5")]
    [InlineData("")]
    public void No_address(string typed) => Assert.Null(ReadAddress.Read(typed));

    [Theory]
    [InlineData("Sri Wahyuni", "3374145506609905", "Bu Sri")]
    [InlineData("H. Slamet Riyadi", "3374140402589906", "Pak Slamet")]
    [InlineData("M Nur", "3374140402589906", "Pak Nur")]
    [InlineData("Tumini, S.Pd.", "3374144704559910", "Bu Tumini")]
    [InlineData("Jo Al", "3374140402589906", null)]
    public void A_nickname(string name, string nik, string? nickname) =>
        Assert.Equal(nickname, Nickname.For(new PersonName(name), new NikNumber(nik), new DateOnly(2026, 11, 23)));
}
