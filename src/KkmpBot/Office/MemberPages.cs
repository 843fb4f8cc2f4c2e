using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace KkmpBot.Office;

/// <summary>A line of the register.</summary>
/// <param name="Id">The member.</param>
/// <param name="Number">In the register.</param>
/// <param name="Name">Full name.</param>
/// <param name="Since">When membership began.</param>
/// <param name="SavingsRupiah">Pokok and wajib.</param>
public sealed record RegisterLine(long Id, string Number, string Name, DateOnly Since, long SavingsRupiah)
{
    /// <summary>Never who.</summary>
    public override string ToString() => MemberRegister.Subject(Id);
}

/// <summary>A page of the register.</summary>
/// <param name="Lines">In the order of the numbers.</param>
/// <param name="Next">The page goes on behind this number; null at the end.</param>
/// <param name="Search">What was searched for; empty for the whole register.</param>
/// <param name="Count">All members.</param>
/// <param name="IsLater">True on any page but the first.</param>
public sealed record RegisterModel(IReadOnlyList<RegisterLine> Lines, int? Next, string Search, int Count, bool IsLater)
{
    /// <summary>Never whom was looked for.</summary>
    public override string ToString() => nameof(RegisterModel);
}

/// <summary>A member's card.</summary>
/// <param name="Member">The register's line; sealed values stay sealed.</param>
/// <param name="Name">Full name.</param>
/// <param name="Phone">Masked.</param>
/// <param name="Nik">Masked.</param>
/// <param name="Address">Below the kelurahan.</param>
/// <param name="CooperativeName">The cooperative.</param>
/// <param name="Balances">By kind of savings.</param>
/// <param name="Dues">What is owed; null before membership.</param>
/// <param name="Entries">The last movements: day, words, rupiah.</param>
/// <param name="Qr">The card's QR code as SVG.</param>
/// <param name="MayTakeMoney">True where the deposit button belongs.</param>
public sealed record CardModel(
    Member Member, string Name, string Phone, string Nik, string Address, string CooperativeName, IReadOnlyList<(string Name, long Rupiah)> Balances,
    WajibDues? Dues, IReadOnlyList<(DateOnly Day, string What, long Rupiah)> Entries, string Qr, bool MayTakeMoney)
{
    /// <summary>Never who.</summary>
    public override string ToString() => nameof(CardModel);
}

/// <summary>The register of members: paged by number, searched by number, phone, NIK or name.</summary>
internal static class MemberPages
{
    /// <summary>Lines on a page.</summary>
    public const int PageLength = 50;

    private const int MostEntries = 12;

    /// <summary>Names are sealed and compared one by one, so many at most; a kelurahan's register is shorter.</summary>
    public const int MostCompared = 10_000;
    private static readonly string[] SavingsAccounts = [Account.Pokok.Code, Account.Wajib.Code];

    /// <summary>A page of the register, or what a search found.</summary>
    public static async Task ListAsync(OfficeCall call)
    {
        string search = TypedText.Clean(call.Query("cari"));
        int after = int.TryParse(call.Query("sesudah"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        var own = call.Db.Set<Member>().AsNoTracking().Where(row => row.CooperativeId == call.CooperativeId && row.Status == MemberStatus.Active);
        var rows = search.Length == 0
            ? await own.Where(row => row.Number > after).OrderBy(row => row.Number).Take(PageLength + 1).ToListAsync(call.Gone)
            : await FindAsync(call, own, search);
        var shown = rows.Take(PageLength).ToList();
        await call.InTurnAsync(async (turn, ct) =>
        {
            await Audit.RecordAsync(turn, search.Length == 0 ? "members.register" : "members.search", string.Create(CultureInfo.InvariantCulture, $"members:{shown.Count}:{after}"), ct);
            return true;
        });
        long[] ids = [.. shown.Select(row => row.Id)];
        var savings = await call.Db.Set<JournalLine>()
            .Where(line => line.CooperativeId == call.CooperativeId && SavingsAccounts.Contains(line.Account) && line.MemberId != null && ids.Contains(line.MemberId.Value))
            .GroupBy(line => line.MemberId!.Value).Select(group => new { group.Key, Rupiah = group.Sum(line => line.CreditRupiah - line.DebitRupiah) })
            .ToDictionaryAsync(row => row.Key, row => row.Rupiah, call.Gone);
        var lines = shown.Select(row => new RegisterLine(
            row.Id, MemberRegister.Text(row.Number), call.Vault.Open(row.FullName), Wib.Day(row.ActiveUtc ?? row.AppliedUtc), savings.GetValueOrDefault(row.Id)));
        int? next = search.Length == 0 && rows.Count > PageLength ? shown[^1].Number : null;
        int count = await own.CountAsync(call.Gone);
        await call.PageAsync<RegisterView, RegisterModel>("Anggota", new RegisterModel([.. lines], next, search, count, after > 0));
    }

    /// <summary>A member's card.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        var member = await call.Db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == call.Id && row.CooperativeId == call.CooperativeId && (row.Status == MemberStatus.Active || row.Status == MemberStatus.Approved), call.Gone);
        if (member is null)
        {
            call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            await call.PageAsync<RefusedView, string>("Tidak ada", "Anggota ini tidak ada di koperasi Bapak/Ibu.");
            return;
        }
        await call.InTurnAsync(async (turn, ct) =>
        {
            await Audit.RecordAsync(turn, "members.card", MemberRegister.Subject(member.Id), ct);
            return true;
        });
        await call.PageAsync<CardView, CardModel>("Kartu anggota", await CardAsync(call, member));
    }

    private static async Task<CardModel> CardAsync(OfficeCall call, Member member)
    {
        var cooperative = await call.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, call.Gone);
        string[] all = [.. SavingsAccounts, Account.Sukarela.Code];
        var moves = await (
            from line in call.Db.Set<JournalLine>().AsNoTracking()
            join entry in call.Db.Set<JournalEntry>().AsNoTracking() on line.EntryId equals entry.Id
            where line.CooperativeId == member.CooperativeId && line.MemberId == member.Id && all.Contains(line.Account)
            orderby entry.Number descending
            select new { entry.BookedOn, entry.Reference, entry.Reverses, line.Account, Rupiah = line.CreditRupiah - line.DebitRupiah }).ToListAsync(call.Gone);
        var dues = await Deposits.WajibDuesAsync(call.Db, member, call.Today, call.Gone);
        return new CardModel(
            member, call.Vault.Open(member.FullName), Masks.Phone(call.Vault.Open(member.Phone)), Masks.Nik(call.Vault.Open(member.Nik)), call.Vault.Open(member.Address),
            cooperative.Name, [.. all.Select(code => (Account.Chart[code].Name, moves.Where(row => row.Account == code).Sum(row => row.Rupiah)))],
            dues, [.. moves.Take(MostEntries).Select(row => (row.BookedOn, ListEntries.What(row.Account, row.Reference, row.Reverses), row.Rupiah))],
            Draw($"KKMP {cooperative.Code} {MemberRegister.Text(member.Number)}"), call.Who.May(Right.TakeMoney));
    }

    private static async Task<List<Member>> FindAsync(OfficeCall call, IQueryable<Member> own, string search)
    {
        if (int.TryParse(search, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && search.Length <= 5)
            return await own.Where(row => row.Number == number).ToListAsync(call.Gone);
        if (Nik.Read(search, call.Today).Nik is { } nik)
        {
            var indexes = call.Vault.Indexes("nik", nik.Digits);
            return await own.Where(row => indexes.Contains(row.NikIndex)).ToListAsync(call.Gone);
        }
        if (PhoneReader.Read(search).E164 is { } phone)
        {
            var indexes = call.Vault.Indexes("phone", phone);
            var known = call.Db.Set<Person>().Where(person => person.PhoneIndex != null && indexes.Contains(person.PhoneIndex));
            return await own.Join(known, row => row.PersonId, person => person.Id, (row, _) => row).ToListAsync(call.Gone);
        }
        string[] words = TypedText.Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var compared = await own.OrderBy(row => row.Number).Take(MostCompared).Select(row => new { row.Id, row.FullName }).ToListAsync(call.Gone);
        long[] found = [.. compared.Where(row => IsNamed(TypedText.Fold(call.Vault.Open(row.FullName)).Split(' '), words)).Take(PageLength).Select(row => row.Id)];
        return await own.Where(row => found.Contains(row.Id)).OrderBy(row => row.Number).ToListAsync(call.Gone);
    }

    private static bool IsNamed(string[] name, string[] words) => words.All(word => name.Any(part => part.StartsWith(word, StringComparison.Ordinal)));

    private static string Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        int size = data.ModuleMatrix.Count;
        var path = new System.Text.StringBuilder();
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                if (data.ModuleMatrix[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        return string.Create(CultureInfo.InvariantCulture, $"{size} {path}");
    }
}
