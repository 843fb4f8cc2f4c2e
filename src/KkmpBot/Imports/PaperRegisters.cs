using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Prices;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Imports;

/// <summary>What a cooperative kept on paper, as it was typed into files; a file that is not given is null.</summary>
/// <param name="Members">nomor, nama, nik, hp, rt, rw, masuk; also nip.</param>
/// <param name="Savings">nomor, pokok, wajib, sukarela.</param>
/// <param name="Stock">barang, satuan, jumlah, nilai, harga.</param>
/// <param name="Balances">akun, jumlah: what else there was, e.g. 1101 cash; positive on the account's usual side.</param>
public sealed record RegisterFiles(string? Members, string? Savings, string? Stock, string? Balances);

/// <summary>What an import would do, or did.</summary>
/// <param name="Members">Members new in the register.</param>
/// <param name="Savings">Members whose savings were brought in.</param>
/// <param name="Articles">Articles new on the shelf.</param>
/// <param name="Balances">Accounts brought in.</param>
/// <param name="OpenRupiah">What stands on the account between the old books and the new; 0 when everything was brought in.</param>
/// <param name="Problems">By file ("anggota", "simpanan", "stok", "saldo"), every line that cannot be taken over; then nothing was.</param>
public sealed record ImportReport(
    int Members, int Savings, int Articles, int Balances, long OpenRupiah, IReadOnlyList<(string File, ImportProblem Problem)> Problems);

/// <summary>
/// Brings a cooperative's paper registers in, all or nothing, in the caller's transaction. Every row has its own act key: the same files a second
/// time find everything there and change nothing; other values for the same member are a problem and not a second booking.
/// </summary>
/// <param name="db">A context inside a transaction.</param>
/// <param name="vault">Seals what is personal.</param>
/// <param name="cooperative">Whose registers.</param>
/// <param name="utcNow">When.</param>
/// <param name="ct">Gives up.</param>
public sealed class PaperRegisters(KkmpDbContext db, Vault vault, Cooperative cooperative, DateTime utcNow, CancellationToken ct)
{
    private const int MaxNumber = 99_999;
    private const int ThousandthsAUnit = 1000;
    private const string OldBooks = "Buku lama koperasi";
    private readonly List<(string File, ImportProblem Problem)> problems = [];
    private readonly Dictionary<int, Member> byNumber = [];

    /// <summary>Reads the files and writes what they say. With any problem, roll back.</summary>
    /// <param name="files">The files' contents.</param>
    public async Task<ImportReport> ReadAsync(RegisterFiles files)
    {
        foreach (var member in await db.Set<Member>().Where(row => row.CooperativeId == cooperative.Id && row.Number != null).ToListAsync(ct))
            byNumber[member.Number!.Value] = member;
        int members = await EachAsync("anggota", files.Members, ["nomor", "nama", "nik", "hp", "rt", "rw", "masuk"], MemberAsync);
        await db.SaveChangesAsync(ct);
        int savings = await EachAsync("simpanan", files.Savings, ["nomor", "pokok", "wajib", "sukarela"], SavingsAsync);
        int articles = await EachAsync("stok", files.Stock, ["barang", "satuan", "jumlah", "nilai", "harga"], StockAsync);
        int balances = await EachAsync("saldo", files.Balances, ["akun", "jumlah"], BalanceAsync);
        await db.SaveChangesAsync(ct);
        if (members + savings + articles + balances > 0)
            await Audit.RecordAsync(db, cooperative.Id, utcNow, 0, "import", string.Create(CultureInfo.InvariantCulture, $"rows:{members + savings + articles + balances}"), ct);
        long open = await Books.BalanceAsync(db, cooperative.Id, Account.Opening, ct);
        return new ImportReport(members, savings, articles, balances, open, problems);
    }

    private async Task<int> EachAsync(string file, string? content, string[] headings, Func<CsvLine, Task<(bool IsNew, string? Problem)>> take)
    {
        if (content is null)
            return 0;
        var found = new List<ImportProblem>();
        int taken = 0;
        foreach (var line in CsvLine.Read(content, headings, found))
        {
            var (isNew, problem) = await take(line);
            // What was written is not looked at again; tracked, every line would cost a look at all before it.
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            taken += isNew ? 1 : 0;
            if (problem is not null)
                found.Add(new ImportProblem(line.Number, problem));
        }
        problems.AddRange(found.Select(problem => (file, problem)));
        return taken;
    }

    private async Task<(bool IsNew, string? Problem)> MemberAsync(CsvLine line)
    {
        var today = Wib.Day(utcNow);
        if (Number(line["nomor"]) is not { } number)
            return (false, "nomor anggota bukan angka 1 sampai 99999");
        if (ReadName.Read(line["nama"])?.Full is not { } name)
            return (false, "nama tidak terbaca sebagai nama");
        if (Nik.Read(line["nik"], today).Nik is not { } nik)
            return (false, "NIK tidak benar");
        if (PhoneReader.Read(line["hp"]) is not { Problem: null, E164: { } phone })
            return (false, "nomor HP tidak benar");
        if (DateReader.Read(line["masuk"], today).Day is not { } joined || joined > today)
            return (false, "tanggal masuk tidak terbaca, atau belum datang");
        byte[] nikIndex = vault.Index("nik", nik.Digits);
        if (byNumber.TryGetValue(number, out var known))
            return known.NikIndex.AsSpan().SequenceEqual(nikIndex) ? (false, null) : (false, "nomor anggota ini sudah dipakai orang lain");
        if (byNumber.Values.Any(member => member.NikIndex.AsSpan().SequenceEqual(nikIndex)) || await ApplicationRows.IsNikTakenAsync(db.Statements(), nikIndex, ct))
            return (false, "NIK ini sudah terdaftar");
        var phoneIndex = vault.Index("phone", phone);
        var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.PhoneIndex == phoneIndex, ct);
        if (person is not null && await db.Set<Member>().AnyAsync(row => row.PersonId == person.Id && row.Status != MemberStatus.Left && row.Status != MemberStatus.Rejected, ct))
            return (false, "nomor HP ini milik anggota lain");
        person ??= NewPerson(name, nik.Digits, phone, phoneIndex, today);
        await db.SaveChangesAsync(ct);
        byNumber[number] = NewMember(line, person, number, name, nik.Digits, phone, joined);
        await db.SaveChangesAsync(ct);
        DuesReminder.Begin(db, byNumber[number], utcNow);
        return (true, null);
    }

    private Person NewPerson(string name, string nik, string phone, byte[] phoneIndex, DateOnly today)
    {
        string? nickname = Nickname.For(new PersonName(name), new NikNumber(nik), today);
        var person = new Person
        {
            Nickname = nickname is null ? null : vault.Seal(nickname),
            Phone = vault.Seal(phone),
            PhoneIndex = phoneIndex,
            CreatedUtc = utcNow,
        };
        db.Add(person);
        return person;
    }

    private Member NewMember(CsvLine line, Person person, int number, string name, string nik, string phone, DateOnly joined)
    {
        string? nip = line["nip"] is { Length: > 0 } given ? given : null;
        var member = new Member
        {
            PersonId = person.Id,
            CooperativeId = cooperative.Id,
            Number = number,
            Status = MemberStatus.Active,
            FullName = vault.Seal(name),
            Nik = vault.Seal(nik),
            NikIndex = vault.Index("nik", nik),
            Phone = vault.Seal(phone),
            Address = vault.Seal($"RT {line["rt"].PadLeft(3, '0')}/RW {line["rw"].PadLeft(3, '0')}"),
            IsCivilServant = nip is not null,
            Nip = nip is null ? null : vault.Seal(nip),
            NipIndex = nip is null ? null : vault.Index("nip", nip),
            AppliedUtc = Wib.StartUtc(joined),
            DecidedUtc = Wib.StartUtc(joined),
            ActiveUtc = Wib.StartUtc(joined),
        };
        db.Add(member);
        return member;
    }

    private async Task<(bool IsNew, string? Problem)> SavingsAsync(CsvLine line)
    {
        if (Number(line["nomor"]) is not { } number || !byNumber.TryGetValue(number, out var member))
            return (false, "nomor anggota ini tidak ada di daftar");
        if (Amount(line["pokok"]) is not { } pokok || Amount(line["wajib"]) is not { } wajib || Amount(line["sukarela"]) is not { } sukarela)
            return (false, "jumlah bukan rupiah bulat, nol atau lebih");
        if (pokok + wajib + sukarela == 0)
            return (false, null);
        var draft = Draft($"simpanan:{number}");
        foreach (var (account, rupiah) in new[] { (Account.Pokok, pokok), (Account.Wajib, wajib), (Account.Sukarela, sukarela) })
        {
            if (rupiah > 0)
                draft.Credit(account, rupiah, member.Id);
        }
        return await PostAsync(draft.Debit(Account.Opening, pokok + wajib + sukarela));
    }

    private async Task<(bool IsNew, string? Problem)> StockAsync(CsvLine line)
    {
        string name = line["barang"];
        if (name.Length is 0 or > Product.MaxNameLength || line["satuan"].Length is 0 or > 10)
            return (false, "nama barang 1 sampai 24 huruf, satuan 1 sampai 10 huruf");
        if (Amount(line["nilai"]) is not { } value || Amount(line["harga"]) is not { } price || price is 0 or > Price.MaxRupiah)
            return (false, "nilai atau harga bukan rupiah bulat");
        if (NumberReader.Quantity(line["jumlah"]) is not { } quantity || quantity < 0 || quantity * ThousandthsAUnit % 1 != 0)
            return (false, "jumlah bukan angka");
        long milli = (long)(quantity * ThousandthsAUnit);
        if (await db.Set<Product>().AsNoTracking().SingleOrDefaultAsync(row => row.CooperativeId == cooperative.Id && row.Name == name, ct) is { } known)
            return (false, await DiffersAsync(known, milli, value, price));
        var product = new Product
        {
            CooperativeId = cooperative.Id,
            Goods = name.ToLowerInvariant(),
            Name = name,
            Unit = line["satuan"],
            StepMilli = ThousandthsAUnit,
            BaseUnit = line["satuan"],
            BaseMilli = ThousandthsAUnit,
            Active = true,
        };
        db.Add(product);
        await db.SaveChangesAsync(ct);
        db.Add(new StockLevel { ProductId = product.Id, OnHandMilli = milli, ValueRupiah = value });
        db.Add(new Price { ProductId = product.Id, Rupiah = price, FromUtc = utcNow, Source = OldBooks });
        if (milli > 0)
        {
            db.Add(new StockMovement
            {
                ProductId = product.Id,
                Kind = MovementKind.In,
                QuantityMilli = milli,
                ValueRupiah = value,
                AtUtc = utcNow,
                ActKey = StockKey(product),
            });
        }
        return value == 0 ? (true, null) : await PostAsync(Draft($"stok:{name}").Debit(Account.Stock, value).Credit(Account.Opening, value));
    }

    private async Task<(bool IsNew, string? Problem)> BalanceAsync(CsvLine line)
    {
        if (!Account.Chart.TryGetValue(line["akun"], out var account) || account.Kind is AccountKind.Income or AccountKind.Expense || account == Account.Opening)
            return (false, "akun tidak ada di neraca");
        if (account == Account.Stock || account == Account.Pokok || account == Account.Wajib || account == Account.Sukarela)
            return (false, "akun ini dibawa oleh berkas stok atau simpanan");
        if (Amount(line["jumlah"]) is not { } rupiah)
            return (false, "jumlah bukan rupiah bulat, nol atau lebih");
        if (rupiah == 0)
            return (false, null);
        var draft = Draft($"saldo:{account.Code}");
        return await PostAsync(account.Kind == AccountKind.Asset && account != Account.AccumulatedDepreciation
            ? draft.Debit(account, rupiah).Credit(Account.Opening, rupiah)
            : draft.Credit(account, rupiah).Debit(Account.Opening, rupiah));
    }

    private EntryDraft Draft(string what) => new(cooperative.Id, "opening", Key(what), utcNow, null);

    private string Key(string what) => string.Create(CultureInfo.InvariantCulture, $"import:{cooperative.Id}:{what}");

    private string StockKey(Product product) => Key(string.Create(CultureInfo.InvariantCulture, $"stok:{product.Id}"));

    // An article that is there already came from the same line of the same file, or the line is a mistake.
    private async Task<string?> DiffersAsync(Product known, long milli, long value, long price)
    {
        var opening = await db.Set<Price>().AsNoTracking().SingleOrDefaultAsync(row => row.ProductId == known.Id && row.Source == OldBooks, ct);
        if (opening is null)
            return "barang ini sudah ada di toko";
        string key = StockKey(known);
        var came = await db.Set<StockMovement>().AsNoTracking().SingleOrDefaultAsync(row => row.ActKey == key, ct);
        return opening.Rupiah == price && (came?.QuantityMilli ?? 0) == milli && (came?.ValueRupiah ?? 0) == value
            ? null
            : "barang ini sudah dibawa dengan jumlah, nilai atau harga lain; ubah lewat chat";
    }

    private async Task<(bool IsNew, string? Problem)> PostAsync(EntryDraft draft)
    {
        var before = await db.Set<JournalEntry>().AsNoTracking().Include(row => row.Lines).SingleOrDefaultAsync(row => row.ActKey == draft.ActKey, ct);
        if (before is null)
        {
            await Books.PostAsync(db, draft, ct);
            return (true, null);
        }
        bool isSame = before.Lines.OrderBy(line => line.Position).Select(line => (line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah))
            .SequenceEqual(draft.Lines.Select(line => (line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah)));
        return isSame ? (false, null) : (false, "saldo awal yang lain sudah dibawa; koreksi lewat chat");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= MaxNumber ? number : null;

    // Spreadsheets write 100000, people 100.000 or Rp100.000; a cell left empty is nothing.
    private static long? Amount(string text) => text.Length == 0 || text == "0" ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long plain) && plain <= EntryDraft.MaxRupiah ? plain
        : RupiahReader.Read(text) is { } rupiah && rupiah <= EntryDraft.MaxRupiah ? rupiah : null;
}
