using System.Data.Common;
using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Prices;

namespace KkmpBot.Office.City;

/// <summary>Writes the plan of the city's demo as rows: people, members, goods, and the books of each cooperative in their chain.</summary>
/// <param name="connection">Of either database.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="vault">Seals the invented people.</param>
/// <param name="utcNow">When it is brought in.</param>
/// <param name="ct">Gives up.</param>
internal sealed class CityHistoryRows(DbConnection connection, DbTransaction transaction, Vault vault, DateTime utcNow, CancellationToken ct)
{
    private static readonly TimeSpan CounterOpens = TimeSpan.FromHours(9);

    private static readonly (string Goods, string Name, string Unit, string BaseUnit, long BaseMilli, long Cost, long Price, long Delivered)[] Articles =
    [
        ("beras_sphp", "Beras SPHP", "pak", "kg", 5_000, 55_000, 60_000, 24),
        ("minyakita", "Minyakita", "botol", "l", 1_000, 14_600, 15_700, 48),
        ("gula", "Gula pasir", "kg", "kg", 1_000, 16_300, 17_300, 36),
    ];

    private readonly List<object?[]> people = [];
    private readonly List<object?[]> members = [];
    private readonly List<object?[]> entries = [];
    private readonly List<object?[]> lines = [];
    private readonly List<object?[]> products = [];
    private readonly List<object?[]> levels = [];
    private readonly List<object?[]> prices = [];
    private readonly List<object?[]> movements = [];
    private readonly List<object?[]> milestones = [];
    private readonly Dictionary<string, long> nextIds = [];
    private readonly Dictionary<(int CooperativeId, string Account, DateOnly Month), long> savings = [];

    /// <summary>Writes everything.</summary>
    /// <param name="plans">The plan.</param>
    public async Task WriteAsync(IReadOnlyList<CooperativePlan> plans)
    {
        foreach (var table in new[] { "people", "members", "journal_entries", "products", "prices", "stock_movements", "milestones" })
            nextIds[table] = await BulkRows.NextIdAsync(connection, transaction, table, ct);
        foreach (var plan in plans.OrderBy(plan => plan.Cooperative.Id))
            await AddAsync(plan);
        await PutAsync("people", ["id", "nickname", "created_utc"], people);
        await PutAsync("members",
            [
                "id", "person_id", "cooperative_id", "number", "status", "full_name", "nik", "nik_index", "phone", "address", "is_civil_servant",
                "applied_utc", "decided_utc", "active_utc",
            ],
            members);
        await PutAsync("products",
            [
                "id", "cooperative_id", "goods", "name", "unit", "step_milli", "base_unit", "base_milli", "supplier", "supplier_kind", "low_milli",
                "tracks_expiry", "active",
            ],
            products);
        await PutAsync("stock_levels", ["product_id", "on_hand_milli", "reserved_milli", "value_rupiah"], levels);
        await PutAsync("prices", ["id", "product_id", "tier", "rupiah", "from_utc", "source"], prices);
        await PutAsync("stock_movements", ["id", "product_id", "kind", "quantity_milli", "value_rupiah", "person_id", "at_utc", "act_key"], movements);
        await PutAsync("journal_entries",
            ["id", "cooperative_id", "number", "at_utc", "booked_on", "kind", "reference", "act_key", "previous_hash", "hash"], entries);
        await PutAsync("journal_lines", ["entry_id", "position", "cooperative_id", "account", "member_id", "debit_rupiah", "credit_rupiah"], lines);
        foreach (var ((cooperativeId, account, month), rupiah) in savings)
            await new SavingsMonth { CooperativeId = cooperativeId, Account = account, Month = month, Rupiah = rupiah }.AddAsync(connection, transaction, ct);
        await PutAsync("milestones", ["id", "cooperative_id", "kind", "day", "note", "at_utc"], milestones);
    }

    private Task PutAsync(string table, string[] columns, List<object?[]> rows) => BulkRows.WriteAsync(connection, table, columns, rows, ct);

    private async Task AddAsync(CooperativePlan plan)
    {
        int id = plan.Cooperative.Id;
        var drafts = new List<EntryDraft>();
        for (var n = 0; n < plan.Members.Count; n++)
            drafts.AddRange(AddMember(plan, plan.Members[n], n + 1));
        if (plan.OutletDay is { } opened)
            drafts.AddRange(AddGoods(plan, opened));
        await ChainAsync(id, drafts.OrderBy(draft => draft.AtUtc).ThenBy(draft => draft.ActKey, StringComparer.Ordinal));
        AddMilestones(plan);
    }

    private IEnumerable<EntryDraft> AddMember(CooperativePlan plan, PlannedMember planned, int number)
    {
        var (personId, memberId) = (Next("people"), Next("members"));
        var identity = InventedPerson.Of(planned.Index, plan.Cooperative.Code);
        var joinedUtc = At(planned.Joined);
        people.Add([personId, vault.SealBytes(System.Text.Encoding.UTF8.GetBytes(identity.Nickname)), joinedUtc]);
        members.Add(
        [
            memberId, personId, plan.Cooperative.Id, number, MemberStatus.Active, vault.Seal(identity.FullName).Cipher, vault.Seal(identity.Nik).Cipher,
            vault.Index("nik", identity.Nik), vault.Seal(identity.Phone).Cipher, vault.Seal(identity.Address).Cipher, CityPlan.Pick(planned.Index, 14, 12) == 0,
            joinedUtc.AddDays(-2), joinedUtc, joinedUtc,
        ]);
        yield return Draft(plan, "pokok_received", $"demo:city:{memberId}:pokok", planned.Joined, null)
            .Debit(Account.Cash, plan.PokokRupiah).Credit(Account.Pokok, plan.PokokRupiah, memberId);
        for (var month = 0; month < planned.Months; month++)
        {
            var first = new DateOnly(planned.Joined.Year, planned.Joined.Month, 1).AddMonths(month);
            var day = month == 0 ? planned.Joined : first.AddDays(4 + CityPlan.Pick(planned.Index, 20 + month, 20));
            var (key, months) = ($"demo:city:{memberId}:wajib:{month}", string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM}+1"));
            yield return Draft(plan, "wajib_received", key, day, months)
                .Debit(Account.Cash, plan.WajibRupiah).Credit(Account.Wajib, plan.WajibRupiah, memberId);
        }
    }

    private IEnumerable<EntryDraft> AddGoods(CooperativePlan plan, DateOnly opened)
    {
        long[] sold = new long[Articles.Length];
        var ids = Articles.Select(_ => Next("products")).ToArray();
        for (var i = 0; i < Articles.Length; i++)
            AddArticle(plan, i, ids[i], opened);
        long delivered = Articles.Sum(article => article.Delivered * article.Cost);
        yield return Draft(plan, "stock_in", $"demo:city:{plan.Cooperative.Id}:stock", opened, null)
            .Debit(Account.Stock, delivered).Credit(Account.Payables, delivered);
        for (var n = 0; n < plan.SaleDays.Count; n++)
        {
            var (total, cost) = (0L, 0L);
            for (var i = 0; i < Articles.Length; i++)
            {
                long units = i == 0 ? 1 : 1 + CityPlan.Pick((plan.Cooperative.Id * 100) + n, 30 + i, 2);
                sold[i] += units;
                total += units * Articles[i].Price;
                cost += units * Articles[i].Cost;
                Move(ids[i], MovementKind.Sale, -units, -units * Articles[i].Cost, plan.SaleDays[n], n);
            }
            var sales = n % 3 == 2 ? Account.OtherSales : Account.MemberSales;
            yield return Draft(plan, "sale", string.Create(CultureInfo.InvariantCulture, $"demo:city:{plan.Cooperative.Id}:sale:{n}"), plan.SaleDays[n], null)
                .Debit(Account.Cash, total).Credit(sales, total).Debit(Account.CostOfGoods, cost).Credit(Account.Stock, cost);
        }
        for (var i = 0; i < Articles.Length; i++)
            levels.Add([ids[i], (Articles[i].Delivered - sold[i]) * Quantities.Milli, 0L, (Articles[i].Delivered - sold[i]) * Articles[i].Cost]);
    }

    private void AddArticle(CooperativePlan plan, int i, long productId, DateOnly opened)
    {
        var article = Articles[i];
        products.Add(
        [
            productId, plan.Cooperative.Id, article.Goods, article.Name, article.Unit, Quantities.Milli, article.BaseUnit, article.BaseMilli, "Bulog",
            SupplierKind.Bulog, null, false, true,
        ]);
        prices.Add([Next("prices"), productId, PriceTier.Member, article.Price, At(opened), "pengurus koperasi"]);
        Move(productId, MovementKind.In, article.Delivered, article.Delivered * article.Cost, opened, -1);
    }

    private void Move(long productId, string kind, long units, long valueRupiah, DateOnly day, int n) => movements.Add(
    [
        Next("stock_movements"), productId, kind, units * Quantities.Milli, valueRupiah, 0L, At(day),
        string.Create(CultureInfo.InvariantCulture, $"demo:city:move:{productId}:{n}"),
    ]);

    private void AddMilestones(CooperativePlan plan)
    {
        int id = plan.Cooperative.Id;
        Add(MilestoneKind.LegalEntity, new DateOnly(2025, 6, 2).AddDays(CityPlan.Pick(id, 40, 49)), null);
        Add(MilestoneKind.Business, new DateOnly(2025, 7, 21), InventedPerson.BusinessOf(id));
        if ((plan.OutletDay ?? plan.OwnOutletDay) is { } opened)
            Add(MilestoneKind.Outlet, opened, null);
        if (plan.VerifiedDay is { } verified)
            Add(MilestoneKind.Verified, verified, null);
        for (var visit = 0; visit < CityPlan.Pick(id, 41, 4); visit++)
            Add(MilestoneKind.Mentoring, new DateOnly(2025, 8, 5).AddDays((visit * 25) + CityPlan.Pick(id, 42, 20)), null);
        if (CityPlan.Pick(id, 43, 3) > 0)
            Add(MilestoneKind.Training, new DateOnly(2025, 8, 20).AddDays(CityPlan.Pick(id, 44, 3) * 21), "Pembukuan dan pelayanan");
        if (plan.OutletDay is not null && CityPlan.Pick(id, 45, 3) == 0)
            Add(MilestoneKind.Replenishment, new DateOnly(2025, 10, 6).AddDays(CityPlan.Pick(id, 46, 20)), "Beras SPHP");
        if (CityPlan.Pick(id, 47, 9) == 0)
            Add(MilestoneKind.Assistance, new DateOnly(2025, 9, 15), "Timbangan dan rak");

        void Add(string kind, DateOnly day, string? note) => milestones.Add([Next("milestones"), id, kind, day, note, utcNow]);
    }

    // The hash chain goes on where the cooperative's books ended, and its head is moved once.
    private async Task ChainAsync(int cooperativeId, IEnumerable<EntryDraft> drafts)
    {
        var (number, hash) = await HeadAsync(cooperativeId);
        foreach (var draft in drafts)
        {
            draft.Check();
            var entry = new JournalEntry
            {
                CooperativeId = cooperativeId,
                Number = ++number,
                AtUtc = draft.AtUtc,
                BookedOn = draft.BookedOn,
                Kind = draft.Kind,
                Reference = draft.Reference,
                ActKey = draft.ActKey,
                PreviousHash = hash,
                Lines = [.. draft.Lines],
            };
            entry.Hash = hash = EntryHash.Of(entry);
            CountSavings(entry);
            long entryId = Next("journal_entries");
            entries.Add(
                [entryId, cooperativeId, number, entry.AtUtc, entry.BookedOn, entry.Kind, entry.Reference, entry.ActKey, entry.PreviousHash, entry.Hash]);
            foreach (var line in entry.Lines)
                lines.Add([entryId, line.Position, cooperativeId, line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah]);
        }
        await using var command = connection.Command(
            transaction, "UPDATE ledger_heads SET number = @number, hash = @hash WHERE cooperative_id = @id",
            ("number", number), ("hash", number == 0 ? null : hash), ("id", cooperativeId));
        await command.ExecuteNonQueryAsync(ct);
    }

    private void CountSavings(JournalEntry entry)
    {
        foreach (var line in entry.Lines.Where(line => SavingsMonth.Accounts.Contains(line.Account)))
        {
            var key = (entry.CooperativeId, line.Account, ClosedMonth.Of(entry.BookedOn));
            savings[key] = savings.GetValueOrDefault(key) + line.CreditRupiah - line.DebitRupiah;
        }
    }

    private async Task<(int Number, byte[] Hash)> HeadAsync(int cooperativeId)
    {
        await using var command = connection.Command(transaction, "SELECT number, hash FROM ledger_heads WHERE cooperative_id = @id", ("id", cooperativeId));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), await row.IsDBNullAsync(1, ct) ? EntryHash.Genesis : (byte[])row[1]);
    }

    private static EntryDraft Draft(CooperativePlan plan, string kind, string actKey, DateOnly day, string? reference) =>
        new(plan.Cooperative.Id, kind, actKey, At(day), null) { BookedOn = day, Reference = reference };

    private static DateTime At(DateOnly day) => Wib.StartUtc(day) + CounterOpens;

    private long Next(string table) => nextIds[table]++;
}

/// <summary>Names and numbers of people who do not exist.</summary>
/// <param name="FullName">As on a KTP.</param>
/// <param name="Nickname">How they are called.</param>
/// <param name="Nik">Reads as one; sequences from 4001, which no office has reached.</param>
/// <param name="Phone">In E.164.</param>
/// <param name="Address">Below the kelurahan.</param>
internal sealed record InventedPerson(string FullName, string Nickname, string Nik, string Phone, string Address)
{
    /// <summary>Never who, though nobody is.</summary>
    public override string ToString() => nameof(InventedPerson);

    private static readonly string[] Men =
    [
        "Agus", "Budi", "Slamet", "Joko", "Supriyadi", "Wahyu", "Hendro", "Sugeng", "Teguh", "Bambang", "Eko", "Dwi", "Sutrisno", "Mulyono", "Rudi",
        "Yanto", "Arif", "Sigit",
    ];

    private static readonly string[] Women =
    [
        "Sri", "Siti", "Endang", "Suparti", "Wahyuni", "Ningsih", "Tutik", "Lestari", "Yuni", "Retno", "Wulan", "Kartini", "Sumiyati", "Rahayu", "Dewi",
        "Ratna", "Nur", "Indah",
    ];

    private static readonly string[] Last =
    [
        "Santoso", "Wibowo", "Prasetyo", "Hidayat", "Nugroho", "Setiawan", "Purnomo", "Susanto", "Kurniawan", "Utomo", "Saputra", "Raharjo", "Haryanto",
        "Mulyani", "Handayani", "Astuti", "Widodo", "Sulistyo", "Pratiwi", "Suryani", "Hartono", "Rahmawati", "Budiman",
    ];

    private static readonly string[] Businesses =
    [
        "Sembako", "Sembako dan LPG 3 kg", "Sayur dan buah", "Olahan ikan", "Bank sampah", "Jajanan dan katering", "Pupuk dan alat tani",
        "Konveksi dan batik", "Apotek",
    ];

    /// <summary>The n-th.</summary>
    public static InventedPerson Of(int index, string code)
    {
        bool isWoman = CityPlan.Pick(index, 10, 100) < 56;
        string first = isWoman ? Women[CityPlan.Pick(index, 11, Women.Length)] : Men[CityPlan.Pick(index, 11, Men.Length)];
        int day = 1 + CityPlan.Pick(index, 15, 28) + (isWoman ? 40 : 0);
        var (month, year) = (1 + CityPlan.Pick(index, 16, 12), 50 + CityPlan.Pick(index, 17, 50));
        string district = code.Replace(".", "", StringComparison.Ordinal)[..6];
        string nik = string.Create(CultureInfo.InvariantCulture, $"{district}{day:00}{month:00}{year:00}{4001 + index:0000}");
        return new InventedPerson(
            $"{first} {Last[CityPlan.Pick(index, 12, Last.Length)]}",
            $"{(isWoman ? "Bu" : "Pak")} {first}",
            nik,
            string.Create(CultureInfo.InvariantCulture, $"+62899000{index:00000}"),
            string.Create(CultureInfo.InvariantCulture, $"RT {1 + CityPlan.Pick(index, 18, 9):000}/RW {1 + CityPlan.Pick(index, 19, 12):000}"));
    }

    /// <summary>A cooperative's line of business.</summary>
    public static string BusinessOf(int cooperativeId) => Businesses[CityPlan.Pick(cooperativeId, 48, Businesses.Length)];
}
