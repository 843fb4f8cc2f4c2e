using System.Text;
using KkmpBot.Papers;

namespace KkmpBot.Tests.Papers;

public sealed class PdfTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void A_long_book_has_numbered_pages()
    {
        var book = Sample(200);
        string pdf = Encoding.Latin1.GetString(Pdf.Print(book, Today));
        Assert.StartsWith("%PDF", pdf, StringComparison.Ordinal);
        WriteForTheEye("buku.pdf", Pdf.Print(book, Today));
        Assert.Matches("/Type /Pages /Count [56] ", pdf);
    }

    [Fact]
    public void Names_with_any_letters_print()
    {
        string[] names = ["Ñoño Øystein Şükran", "Дмитрий Ξένια", "ꦱꦿꦶꦮꦲꦾꦸꦤꦶ", "محمد", "Nguyễn Thị Ánh", "😀 emoji \ud83d", new string('W', 300), ""];
        var book = new Book("nama", "Nama", ["Uji huruf"], [new("Nama", 70), new("Jumlah", 30, true)], [.. names.Select(name => BookLine.Of(name, 1_000_000L))]);
        WriteForTheEye("nama.pdf", Pdf.Print(book, Today));
    }

    [Fact]
    public void A_spreadsheet_gets_bare_numbers_and_no_formula()
    {
        string csv = Encoding.UTF8.GetString(new Book("x", "X", [], [new("Nama", 1), new("Jumlah", 1, true)],
            [BookLine.Of("=1+1", 12_500L), BookLine.Of("Sri, \"Bu\"", null), BookLine.Total("Jumlah", 12_500L)]).ToCsv()).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        Assert.Equal("Nama,Jumlah\n'=1+1,12500\n\"Sri, \"\"Bu\"\"\",\n", csv);
    }

    private static Book Sample(int lines) => new(
        "buku-kas", "Buku Kas", ["KKMP Jatisari, Kecamatan Mijen", "1 Jan 2026 sampai 23 Nov 2026"],
        [new("Tanggal", 12), new("No.", 7), new("Uraian", 29), new("Masuk", 17, true), new("Keluar", 17, true), new("Saldo", 18, true)],
        [
            .. Enumerable.Range(1, lines).Select(i => BookLine.Of(
                "01-02-2026", $"{i}", i % 9 == 0 ? "Pengembalian simpanan anggota keluar menurut keputusan rapat" : "Setoran simpanan wajib",
                10_000L * i, null, 999_999_999_999L)),
            BookLine.Total("", "", "Jumlah dan saldo akhir", 201_000_000L, 0L, 999_999_999_999L),
        ])
    {
        Notes = ["Setiap bukti bisa diperiksa siapa pun di chat."],
        Signatures = ["Ketua", "Bendahara"],
    };

    // KKMP_PAPERS names a folder to look at them in.
    private static void WriteForTheEye(string name, byte[] pdf)
    {
        if (Environment.GetEnvironmentVariable("KKMP_PAPERS") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, name), pdf);
        Assert.True(pdf.Length > 1000);
    }
}
