using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Imports;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Instructed;

/// <summary>
/// A civil servant whom circular B/4102/500.3.2/VII/2025 of 24 August 2025 instructs to join. Known by the blind index of the NIP alone: no name, no
/// number. Membership stays a voluntary act (UU 25/1992 art. 5); nobody is enrolled by this list.
/// </summary>
public sealed class InstructedPerson
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Blind index of the NIP (kind <c>nip</c>).</summary>
    public required byte[] NipIndex { get; set; }

    /// <summary>Whose kelurahan they live in; null when the list does not say, or they live outside the city.</summary>
    public int? CooperativeId { get; set; }

    /// <summary>True for those living outside the city, whom the circular does not mean.</summary>
    public bool LivesOutside { get; set; }

    /// <summary>The longest name of an office.</summary>
    public const int MaxOfficeLength = 60;

    /// <summary>Where they work, as the list names it; null when it does not say.</summary>
    public string? Office { get; set; }

    private sealed class Table : IEntityTypeConfiguration<InstructedPerson>
    {
        public void Configure(EntityTypeBuilder<InstructedPerson> builder)
        {
            builder.ToTable("instructed_people");
            builder.HasIndex(row => row.NipIndex).IsUnique();
            builder.HasIndex(row => row.CooperativeId);
        }
    }
}

/// <summary>How far the instructed have joined: yes or no, counted; never a person, never a balance.</summary>
/// <param name="Inside">Instructed and living in the city.</param>
/// <param name="Joined">Of these, active members of some cooperative.</param>
/// <param name="Outside">On the list, but living outside the city.</param>
public sealed record InstructedCount(int Inside, int Joined, int Outside)
{
    /// <summary>Counts them.</summary>
    /// <param name="db">A database.</param>
    /// <param name="cooperativeId">Only those of one kelurahan; null for the whole city.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<InstructedCount> OfAsync(KkmpDbContext db, int? cooperativeId, CancellationToken ct)
    {
        var people = db.Set<InstructedPerson>().Where(row => cooperativeId == null || row.CooperativeId == cooperativeId);
        var inside = people.Where(row => !row.LivesOutside);
        return new InstructedCount(
            await inside.CountAsync(ct),
            await inside.CountAsync(row => db.Set<Member>().Any(member => member.NipIndex == row.NipIndex && member.Status == MemberStatus.Active), ct),
            await people.CountAsync(row => row.LivesOutside, ct));
    }
}

/// <summary>
/// The city's list of the instructed, read from CSV: nip, kelurahan (its code, or empty), luar_kota (ya or tidak), and where it is there instansi
/// (the office). The same list again changes nothing.
/// </summary>
public static class InstructedList
{
    private static readonly string[] Headings = ["nip", "kelurahan", "luar_kota"];

    /// <summary>Reads the list and writes it. With any problem, roll back.</summary>
    /// <param name="db">A context inside a transaction.</param>
    /// <param name="vault">Indexes the NIPs; the numbers themselves are kept nowhere.</param>
    /// <param name="content">The file.</param>
    /// <param name="today">Today, WIB.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many are new, and every line that cannot be taken over.</returns>
    public static async Task<(int New, IReadOnlyList<ImportProblem> Problems)> ReadAsync(
        KkmpDbContext db, Vault vault, string content, DateOnly today, CancellationToken ct)
    {
        var problems = new List<ImportProblem>();
        var lines = CsvLine.Read(content, Headings, problems);
        var codes = await db.Set<Cooperative>().AsNoTracking().ToDictionaryAsync(row => row.Code, row => row.Id, ct);
        var known = await db.Set<InstructedPerson>().ToDictionaryAsync(row => Convert.ToHexString(row.NipIndex), ct);
        var before = known.Count;
        foreach (var line in lines)
        {
            int cooperativeId = 0;
            if (Nip.Read(line["nip"], today).Nip is not { } nip)
                problems.Add(new ImportProblem(line.Number, "NIP tidak terdiri dari 18 angka yang benar"));
            else if (line["kelurahan"].Length > 0 && !codes.TryGetValue(line["kelurahan"], out cooperativeId))
                problems.Add(new ImportProblem(line.Number, "kode kelurahan tidak dikenal; seperti 33.74.14.1013"));
            else if (line["luar_kota"].ToLowerInvariant() is not ("ya" or "tidak" or ""))
                problems.Add(new ImportProblem(line.Number, "luar_kota diisi ya atau tidak"));
            else if (line["instansi"].Length > InstructedPerson.MaxOfficeLength)
                problems.Add(new ImportProblem(line.Number, $"instansi paling panjang {InstructedPerson.MaxOfficeLength} huruf"));
            else
                Take(db, known, vault.Index("nip", nip.Digits), cooperativeId == 0 ? null : cooperativeId, line);
        }
        await db.SaveChangesAsync(ct);
        return (known.Count - before, problems);
    }

    private static void Take(KkmpDbContext db, Dictionary<string, InstructedPerson> known, byte[] index, int? cooperativeId, CsvLine line)
    {
        bool livesOutside = line["luar_kota"].Equals("ya", StringComparison.OrdinalIgnoreCase);
        var key = Convert.ToHexString(index);
        if (!known.TryGetValue(key, out var person))
        {
            known[key] = person = new InstructedPerson { NipIndex = index };
            db.Add(person);
        }
        (person.CooperativeId, person.LivesOutside) = (livesOutside ? null : cooperativeId, livesOutside);
        person.Office = line["instansi"] is { Length: > 0 } office ? office : null;
    }
}
