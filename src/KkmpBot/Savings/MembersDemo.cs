using System.Globalization;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>
/// The people of the demo cooperative, Jatisari: officers, members with months of savings, one who still pays off the pokok, and two who
/// wait for a decision. All invented, with NIK sequences from 9901; booked through the same doors as real ones, the same at every load.
/// </summary>
public static class MembersDemo
{
    private const int DayOfMonth = 10;
    private static readonly TimeSpan CounterOpens = TimeSpan.FromHours(2);

    private static readonly DemoPerson[] People =
    [
        new("Haryono Prasetyo", "3374141203689901", DemoPeople.OfficerPhone, "RT 001/RW 004") { Role = OfficerRole.Chair, JoinedMonthsAgo = 14, PaidMonths = 15 },
        new("Endang Lestari", "3374145508729902", DemoPeople.TreasurerPhone, "RT 002/RW 004") { Role = OfficerRole.Treasurer, JoinedMonthsAgo = 14, PaidMonths = 15 },
        new("Agus Setiawan", "3374140107859903", DemoPeople.WarehousePhone, "RT 003/RW 002") { Role = OfficerRole.Warehouse, JoinedMonthsAgo = 13, PaidMonths = 14 },
        new("Bambang Sutrisno", "3374142011709904", DemoPeople.SupervisorPhone, "RT 001/RW 001") { Role = OfficerRole.Supervisor },
        new("Sri Wahyuni", "3374145506609905", DemoPeople.MemberPhone, "RT 003/RW 005") { JoinedMonthsAgo = 7, PaidMonths = 6 },
        new("Slamet Riyadi", "3374140402589906", DemoPeople.NeighbourPhone, "RT 004/RW 005") { JoinedMonthsAgo = 10, PaidMonths = 11 },
        new("Siti Aminah", "3374145201799907", "+6281200000007", "RT 001/RW 003") { JoinedMonthsAgo = 0, PaidMonths = 1 },
        new("Rina Hapsari", "3374146309889908", DemoPeople.CivilServantPhone, "RT 002/RW 006") { JoinedMonthsAgo = 4, PaidMonths = 2, Nip = "198809232014022001" },
        new("Slamet Hartono", "3374140512659909", "+6281200000009", "RT 005/RW 002") { JoinedMonthsAgo = 6, PaidMonths = 7 },
        new("Tumini", "3374144704559910", "+6281200000010", "RT 002/RW 003") { PokokPaid = 50_000 },
        new("Wawan Kurniawan", "3374141806909911", "+6281200000011", "RT 006/RW 001"),
        new("Yuliana Putri", "3374146512969912", "+6281200000012", "RT 004/RW 004"),
        new("Ratna Kusuma", "3374146003819913", DemoPeople.CityPhone, "RT 001/RW 001") { Role = OfficerRole.City },
        new("Joko Santoso", "3374140904799914", DemoPeople.MentorPhone, "RT 001/RW 001") { Role = OfficerRole.Mentor },
    ];

    /// <summary>Writes them, inside the caller's transaction.</summary>
    /// <param name="db">A context over an empty database with the reference data.</param>
    /// <param name="vault">Seals their values.</param>
    /// <param name="utcNow">The present; their savings lead up to it.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(KkmpDbContext db, Vault vault, DateTime utcNow, CancellationToken ct)
    {
        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Code == DemoPeople.CooperativeCode, ct);
        cooperative.OutletAddress = "Jl. Jatisari Raya 12, samping kantor kelurahan";
        cooperative.OpeningHours = "Senin–Sabtu 08.00–16.00, Minggu tutup";
        var members = new List<(DemoPerson Demo, Person Person, Member? Member)>();
        foreach (var demo in People)
            members.Add(await AddAsync(db, vault, demo, cooperative.Id, utcNow, ct));
        await db.SaveChangesAsync(ct);

        long chair = members.Single(row => row.Demo.Role == OfficerRole.Chair).Person.Id;
        int oldest = People.Max(demo => demo.JoinedMonthsAgo) ?? 0;
        for (int monthsAgo = oldest; monthsAgo >= 0; monthsAgo--)
        {
            foreach (var (demo, _, member) in members)
            {
                if (member is not null && demo.JoinedMonthsAgo is { } joined)
                    await LiveMonthAsync(db, member, demo, joined - monthsAgo, AtCounter(utcNow, monthsAgo), chair, ct);
            }
        }
        foreach (var (demo, _, member) in members)
        {
            if (member is not null && demo.PokokPaid is { } paid)
                await PayPokokAsync(db, member, paid, AtCounter(utcNow, 0), chair, ct);
        }
        await db.SaveChangesAsync(ct);
        await DuesReminder.RestartAsync(db, utcNow, ct);
    }

    private static async Task<(DemoPerson Demo, Person Person, Member? Member)> AddAsync(
        KkmpDbContext db, Vault vault, DemoPerson demo, int cooperativeId, DateTime utcNow, CancellationToken ct)
    {
        var applied = AtCounter(utcNow, demo.JoinedMonthsAgo ?? 0).AddDays(-2);
        string? nickname = Nickname.For(new PersonName(demo.FullName), new NikNumber(demo.Nik), Wib.Day(utcNow));
        var person = new Person
        {
            Nickname = nickname is null ? null : vault.Seal(nickname),
            Phone = vault.Seal(demo.Phone),
            PhoneIndex = vault.Index("phone", demo.Phone),
            CreatedUtc = applied,
        };
        db.Add(person);
        await db.SaveChangesAsync(ct);
        if (demo.Role is not null)
            db.Add(new Officer { PersonId = person.Id, CooperativeId = demo.IsOfTheCity ? Officer.OfTheCity : cooperativeId, Role = demo.Role });
        if (demo.Role == OfficerRole.Supervisor || demo.IsOfTheCity)
            return (demo, person, null);
        db.Add(new Consent
        {
            PersonId = person.Id,
            Purpose = ConsentPurpose.Membership,
            TextVersion = "demo",
            Given = true,
            AtUtc = applied,
            Channel = "console",
        });
        var member = new Member
        {
            PersonId = person.Id,
            CooperativeId = cooperativeId,
            FullName = vault.Seal(demo.FullName),
            Nik = vault.Seal(demo.Nik),
            NikIndex = vault.Index("nik", demo.Nik),
            Phone = vault.Seal(demo.Phone),
            Address = vault.Seal(demo.Address),
            IsCivilServant = demo.Nip is not null,
            Nip = demo.Nip is null ? null : vault.Seal(demo.Nip),
            NipIndex = demo.Nip is null ? null : vault.Index("nip", demo.Nip),
            AppliedUtc = applied,
        };
        db.Add(member);
        return (demo, person, member);
    }

    /// <summary>What happened in a member's n-th month: the first brings the pokok, each that was paid one month of wajib.</summary>
    private static async Task LiveMonthAsync(
        KkmpDbContext db, Member member, DemoPerson demo, int month, DateTime atUtc, long chair, CancellationToken ct)
    {
        if (month == 0)
            await PayPokokAsync(db, member, null, atUtc, chair, ct);
        if (month < 0 || month >= demo.PaidMonths)
            return;
        var dues = await Deposits.WajibDuesAsync(db, member, Wib.Day(atUtc), ct) ?? throw new InvalidOperationException("A demo member is none.");
        var wajib = new Deposit(SavingsRate.Wajib, dues.Cost(1), 1, dues.FirstUnpaid);
        await Deposits.BookAsync(db, member, wajib, Key(member, "wajib", month), atUtc, chair, ct);
    }

    private static async Task PayPokokAsync(KkmpDbContext db, Member member, long? rupiah, DateTime atUtc, long chair, CancellationToken ct)
    {
        ApproveApplication.Admit(member, chair, atUtc);
        long amount = rupiah ?? await Deposits.PokokOwedAsync(db, member, Wib.Day(atUtc), ct);
        await Deposits.BookAsync(db, member, new Deposit(SavingsRate.Pokok, amount, 0, default), Key(member, "pokok", 0), atUtc, chair, ct);
    }

    private static string Key(Member member, string kind, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"demo:{member.Id}:{kind}:{month}");

    // The tenth of the month at nine, or this very moment when that is still to come.
    private static DateTime AtCounter(DateTime utcNow, int monthsAgo)
    {
        var today = Wib.Day(utcNow);
        var day = new DateOnly(today.Year, today.Month, DayOfMonth).AddMonths(-monthsAgo);
        var at = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) + CounterOpens, DateTimeKind.Utc);
        return at < utcNow ? at : utcNow;
    }

    /// <summary>Somebody of the demo; without office, membership or pokok they wait for a decision.</summary>
    private sealed record DemoPerson(string FullName, string Nik, string Phone, string Address)
    {
        /// <summary>Never what they are called.</summary>
        public override string ToString() => nameof(DemoPerson);

        /// <summary>Their office, if any.</summary>
        public string? Role { get; init; }

        /// <summary>True for the city's own people.</summary>
        public bool IsOfTheCity => Role is OfficerRole.City or OfficerRole.Mentor;

        /// <summary>Membership began so many months ago; null for nobody's member yet.</summary>
        public int? JoinedMonthsAgo { get; init; }

        /// <summary>Months of wajib paid, from the first on.</summary>
        public int PaidMonths { get; init; }

        /// <summary>Approved, and this much of the pokok paid.</summary>
        public long? PokokPaid { get; init; }

        /// <summary>Of civil servants.</summary>
        public string? Nip { get; init; }
    }
}
