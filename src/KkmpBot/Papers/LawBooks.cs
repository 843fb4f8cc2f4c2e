using System.Globalization;
using KkmpBot.Closing;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Papers;

/// <summary>
/// The books that the law and the model articles ask a cooperative to keep, filled from the register and the ledger: members and officers (UU
/// 25/1992 art. 30), savings, cash, journal, trial balance, balance sheet and result.
/// </summary>
/// <param name="db">A context.</param>
/// <param name="vault">Opens what is sealed.</param>
/// <param name="cooperative">Whose books.</param>
/// <param name="today">Today, WIB.</param>
/// <param name="ct">Gives up.</param>
internal sealed class LawBooks(KkmpDbContext db, Vault vault, Cooperative cooperative, DateOnly today, CancellationToken ct)
{
    /// <summary>The books by the name that dialogs and commands use.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["register", "officers", "savings", "cash", "journal", "trial", "balance", "result"];

    private readonly string owner = $"{cooperative.Name}, Kecamatan {cooperative.Kecamatan}, Kota Semarang";

    /// <summary>Fills a book.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="from">The first day, where the book is of a period.</param>
    /// <param name="to">The last day.</param>
    public Task<Book> FillAsync(string name, DateOnly from, DateOnly to) => name switch
    {
        "register" => RegisterAsync(),
        "officers" => OfficersAsync(),
        "savings" => SavingsAsync(to),
        "cash" => CashAsync(from, to),
        "journal" => JournalAsync(from, to),
        "trial" => TrialAsync(to),
        "balance" => BalanceAsync(to),
        "result" => ResultAsync(from, to),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such book."),
    };

    private async Task<Book> RegisterAsync()
    {
        var members = await db.Set<Member>().AsNoTracking()
            .Where(row => row.CooperativeId == cooperative.Id && row.Number != null).OrderBy(row => row.Number).ToListAsync(ct);
        var left = await db.Set<Departure>().AsNoTracking()
            .Where(row => row.CooperativeId == cooperative.Id && row.Status == Departure.Settled).ToDictionaryAsync(row => row.MemberId, ct);
        var lines = members.Select(member =>
        {
            var nik = Nik.Read(vault.Open(member.Nik), today).Nik;
            var departure = left.GetValueOrDefault(member.Id);
            return BookLine.Of(
                MemberRegister.Text(member.Number), vault.Open(member.FullName), Masks.Nik(vault.Open(member.Nik)), nik?.Sex == Sex.Female ? "P" : "L",
                nik is null ? "" : Day(nik.BirthDate), vault.Open(member.Address), member.ActiveUtc is { } since ? Day(Wib.Day(since)) : "",
                departure?.SettledUtc is { } until ? Day(Wib.Day(until)) : "", departure is null ? "" : Reason(departure.Reason));
        }).ToList();
        return Paper("daftar-anggota", "Daftar Anggota", $"Keadaan {Days.Long(today, "id")}; {lines.Count} orang",
            [
                new("No.", 5), new("Nama lengkap", 22), new("NIK", 15), new("L/P", 4), new("Tgl. lahir", 10), new("Alamat", 14), new("Masuk", 10),
                new("Keluar", 10), new("Sebab keluar", 10),
            ],
            lines) with
        { Signatures = ["Ketua", "Sekretaris"] };
    }

    private async Task<Book> OfficersAsync()
    {
        var officers = await db.Set<Officer>().AsNoTracking().Where(row => row.CooperativeId == cooperative.Id)
            .OrderBy(row => row.Id).ToListAsync(ct);
        var people = officers.ConvertAll(row => row.PersonId);
        var names = await db.Set<Member>().AsNoTracking()
            .Where(row => people.Contains(row.PersonId) && row.CooperativeId == cooperative.Id).ToListAsync(ct);
        var lines = officers.ConvertAll(officer => BookLine.Of(
            Office(officer.Role), names.Find(member => member.PersonId == officer.PersonId) is { } member ? vault.Open(member.FullName) : "(bukan anggota)"));
        return Paper("daftar-pengurus", "Daftar Pengurus dan Pengawas", $"Keadaan {Days.Long(today, "id")}",
            [new("Jabatan", 30), new("Nama", 70)], lines) with
        { Signatures = ["Ketua"] };
    }

    private async Task<Book> SavingsAsync(DateOnly to)
    {
        string[] codes = [Account.Pokok.Code, Account.Wajib.Code, Account.Sukarela.Code];
        var sums = await db.Set<JournalEntry>().Where(entry => entry.CooperativeId == cooperative.Id && entry.BookedOn <= to)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (_, line) => line)
            .Where(line => line.MemberId != null && codes.Contains(line.Account))
            .GroupBy(line => new { line.MemberId, line.Account })
            .Select(lines => new { lines.Key.MemberId, lines.Key.Account, Sum = lines.Sum(line => line.CreditRupiah - line.DebitRupiah) })
            .ToListAsync(ct);
        var ids = sums.Where(sum => sum.Sum != 0).Select(sum => sum.MemberId!.Value).Distinct().ToList();
        var members = await db.Set<Member>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Number).ToListAsync(ct);
        var lines = members.ConvertAll(member =>
        {
            long[] own = [.. codes.Select(code => sums.Find(sum => sum.MemberId == member.Id && sum.Account == code)?.Sum ?? 0)];
            return BookLine.Of(MemberRegister.Text(member.Number), vault.Open(member.FullName), own[0], own[1], own[2], own.Sum());
        });
        lines.Add(BookLine.Total("", "Jumlah", Sum(lines, 2), Sum(lines, 3), Sum(lines, 4), Sum(lines, 5)));
        return Paper("daftar-simpanan", "Daftar Simpanan Anggota", $"Per {Days.Long(to, "id")}",
            [new("No.", 7), new("Nama", 25), new("Pokok", 17, true), new("Wajib", 17, true), new("Sukarela", 17, true), new("Jumlah", 17, true)],
            lines) with
        { Signatures = ["Ketua", "Bendahara"] };
    }

    private async Task<Book> CashAsync(DateOnly from, DateOnly to)
    {
        var before = await Books.SumsUpToAsync(db, cooperative.Id, from.AddDays(-1), ct);
        long balance = before.FirstOrDefault(sum => sum.Account == Account.Cash)?.BalanceRupiah ?? 0;
        var rows = await Entries(from, to)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (entry, line) => new
            {
                entry.BookedOn,
                entry.Number,
                entry.Kind,
                line.Account,
                line.DebitRupiah,
                line.CreditRupiah,
            })
            .Where(row => row.Account == Account.Cash.Code).OrderBy(row => row.BookedOn).ThenBy(row => row.Number).ToListAsync(ct);
        var lines = new List<BookLine> { BookLine.Total("", "", "Saldo awal", null, null, balance) };
        foreach (var row in rows)
        {
            balance += row.DebitRupiah - row.CreditRupiah;
            lines.Add(BookLine.Of(Day(row.BookedOn), Text(row.Number), EntryWords.Of(row.Kind), Side(row.DebitRupiah), Side(row.CreditRupiah), balance));
        }
        lines.Add(BookLine.Total("", "", "Jumlah dan saldo akhir", rows.Sum(row => row.DebitRupiah), rows.Sum(row => row.CreditRupiah), balance));
        return Paper("buku-kas", "Buku Kas", Period(from, to),
            [new("Tanggal", 12), new("No.", 7), new("Uraian", 29), new("Masuk", 17, true), new("Keluar", 17, true), new("Saldo", 18, true)],
            lines) with
        { Signatures = ["Ketua", "Bendahara"] };
    }

    private async Task<Book> JournalAsync(DateOnly from, DateOnly to)
    {
        var rows = await Entries(from, to)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (entry, line) => new
            {
                entry.BookedOn,
                entry.Number,
                entry.Kind,
                line.Position,
                line.Account,
                line.DebitRupiah,
                line.CreditRupiah,
            })
            .OrderBy(row => row.Number).ThenBy(row => row.Position).ToListAsync(ct);
        var lines = rows.ConvertAll(row => BookLine.Of(
            Day(row.BookedOn), Text(row.Number), EntryWords.Of(row.Kind), Account.Chart[row.Account].ToString(), Side(row.DebitRupiah), Side(row.CreditRupiah)));
        lines.Add(BookLine.Total("", "", "Jumlah", "", rows.Sum(row => row.DebitRupiah), rows.Sum(row => row.CreditRupiah)));
        return Paper("jurnal", "Jurnal Umum", Period(from, to),
            [new("Tanggal", 11), new("No.", 6), new("Uraian", 27), new("Akun", 28), new("Debit", 14, true), new("Kredit", 14, true)], lines);
    }

    private async Task<Book> TrialAsync(DateOnly to)
    {
        var sums = await Books.SumsUpToAsync(db, cooperative.Id, to, ct);
        var lines = sums.Select(sum => BookLine.Of(sum.Account.Code, sum.Account.Name, sum.DebitRupiah, sum.CreditRupiah, sum.BalanceRupiah)).ToList();
        lines.Add(BookLine.Total("", "Jumlah", sums.Sum(sum => sum.DebitRupiah), sums.Sum(sum => sum.CreditRupiah), null));
        return Paper("neraca-saldo", "Neraca Saldo", $"Per {Days.Long(to, "id")}",
            [new("Akun", 8), new("Nama", 38), new("Debit", 18, true), new("Kredit", 18, true), new("Saldo", 18, true)], lines);
    }

    private async Task<Book> BalanceAsync(DateOnly to)
    {
        var sheet = await BalanceSheet.OnAsync(db, cooperative.Id, to, ct);
        var lines = new List<BookLine> { BookLine.Total("", "ASET", null) };
        lines.AddRange(sheet.Assets.Select(Line));
        lines.Add(BookLine.Total("", "Jumlah aset", sheet.TotalAssets));
        lines.Add(BookLine.Total("", "KEWAJIBAN", null));
        lines.AddRange(sheet.Liabilities.Select(Line));
        lines.Add(BookLine.Total("", "Jumlah kewajiban", sheet.TotalLiabilities));
        lines.Add(BookLine.Total("", "EKUITAS", null));
        lines.AddRange(sheet.Equity.Select(Line));
        if (sheet.RunningResult != 0)
            lines.Add(BookLine.Of("", "SHU tahun berjalan", sheet.RunningResult));
        lines.Add(BookLine.Total("", "Jumlah ekuitas", sheet.TotalEquity));
        lines.Add(BookLine.Total("", "Jumlah kewajiban dan ekuitas", sheet.TotalLiabilities + sheet.TotalEquity));
        return Paper("neraca", "Neraca", $"Per {Days.Long(to, "id")}", Statement, lines) with { Signatures = ["Ketua", "Bendahara", "Pengawas"] };
    }

    private async Task<Book> ResultAsync(DateOnly from, DateOnly to)
    {
        var statement = await IncomeStatement.OfAsync(db, cooperative.Id, from, to, ct);
        var lines = new List<BookLine> { BookLine.Total("", "PENDAPATAN", null) };
        lines.AddRange(statement.Income.Select(Line));
        lines.Add(BookLine.Total("", "Jumlah pendapatan", statement.Income.Sum(line => line.Rupiah)));
        lines.Add(BookLine.Total("", "BEBAN", null));
        lines.AddRange(statement.Expenses.Select(Line));
        lines.Add(BookLine.Total("", "Jumlah beban", statement.Expenses.Sum(line => line.Rupiah)));
        lines.Add(BookLine.Total("", "Sisa hasil usaha", statement.ResultRupiah));
        return Paper("phu", "Perhitungan Hasil Usaha", Period(from, to), Statement, lines) with { Signatures = ["Ketua", "Bendahara", "Pengawas"] };
    }

    private static Column[] Statement => [new("Akun", 10), new("Uraian", 60), new("Jumlah", 30, true)];

    private IQueryable<JournalEntry> Entries(DateOnly from, DateOnly to) =>
        db.Set<JournalEntry>().AsNoTracking().Where(entry => entry.CooperativeId == cooperative.Id && entry.BookedOn >= from && entry.BookedOn <= to);

    private Book Paper(string name, string title, string of, IReadOnlyList<Column> columns, IReadOnlyList<BookLine> lines) =>
        new(name, title, [owner, of], columns, lines);

    private static BookLine Line(StatementLine line) => BookLine.Of(line.Account.Code, line.Account.Name, line.Rupiah);

    // An entry stands on one side; the other stays empty.
    private static object? Side(long rupiah) => rupiah == 0 ? null : rupiah;

    private static long Sum(IEnumerable<BookLine> lines, int column) => lines.Sum(line => line.Cells[column] as long? ?? 0);

    private static string Period(DateOnly from, DateOnly to) => $"{Days.Short(from, "id")} sampai {Days.Short(to, "id")}";

    private static string Day(DateOnly day) => day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Office(string role) => role switch
    {
        OfficerRole.Chair => "Ketua",
        OfficerRole.Treasurer => "Bendahara",
        OfficerRole.Warehouse => "Petugas gudang",
        OfficerRole.Supervisor => "Pengawas",
        _ => role,
    };

    private static string Reason(string reason) => reason switch
    {
        DepartureReason.Died => "Meninggal",
        DepartureReason.Moved => "Pindah",
        DepartureReason.Dismissed => "Diberhentikan",
        _ => "Permintaan sendiri",
    };
}
