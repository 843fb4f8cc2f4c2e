using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Cooperatives;
using KkmpBot.Office.Pages;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>The books that the law asks for, as PDF and CSV.</summary>
internal static class BookPages
{
    /// <summary>The books in words.</summary>
    public static IReadOnlyList<(string Name, string Label)> Books { get; } =
    [
        ("register", "Daftar anggota"), ("officers", "Daftar pengurus dan pengawas"), ("savings", "Buku simpanan"), ("cash", "Buku kas"),
        ("journal", "Jurnal"), ("trial", "Neraca saldo"), ("balance", "Neraca"), ("result", "Perhitungan hasil usaha"),
    ];

    /// <summary>Which there are.</summary>
    public static Task ListAsync(OfficeCall call) => call.PageAsync<BooksView, DateOnly>("Buku koperasi", call.Today);

    /// <summary>One of them: <c>/office/buku/register.pdf?dari=2025-01-01&amp;sampai=2025-12-31</c>.</summary>
    public static async Task GiveAsync(OfficeCall call)
    {
        var parts = call.Route("book").Split('.');
        if (parts is not [var name, "pdf" or "csv"] || !LawBooks.Names.Contains(name))
        {
            call.GoTo("/office/buku", "salah");
            return;
        }
        var to = Day(call.Query("sampai")) ?? call.Today;
        var from = Day(call.Query("dari")) ?? new DateOnly(to.Year, 1, 1);
        // The look is recorded before anything is read.
        await call.InTurnAsync(async (turn, ct) =>
        {
            await Audit.RecordAsync(turn, "papers.print", $"{name}:{Written.Iso(from)}:{Written.Iso(to)}", ct);
            return true;
        });
        var cooperative = await call.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == call.CooperativeId, call.Gone);
        var book = await new LawBooks(call.Db, call.Vault, cooperative, call.Today, call.Gone).FillAsync(name, from, to);
        bool isCsv = parts[1] == "csv";
        byte[] content = isCsv ? book.ToCsv() : Pdf.Print(book.Shortened(PrintBook.MaxLines), call.Today);
        await call.FileAsync($"{book.Name}.{parts[1]}", isCsv ? "text/csv; charset=utf-8" : "application/pdf", content);
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
