using System.CommandLine;
using System.Globalization;
using System.Text;
using KkmpBot.Data;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Members;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>
/// <c>breach affected</c>: whom a breach concerns, for the letter that UU 27/2022 art. 46 asks for within three times twenty-four hours. The README's
/// runbook says when to use it.
/// </summary>
public static class BreachCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var since = new Option<DateTime>("--since") { Description = "when it began, UTC: 2026-11-22T08:00", Required = true };
        var until = new Option<DateTime>("--until") { Description = "when it was closed, UTC", Required = true };
        var cooperative = new Option<string?>("--cooperative") { Description = "only one, by its code (33.74.14.1013); all without it" };
        var officer = new Option<long?>("--by") { Description = "only whom this person's acts and looks concern, by person id: a stolen officer's account" };
        var affected = new Command("affected", "list whom a breach concerns, as CSV: cooperative, member, name, phone, what was held") { since, until, cooperative, officer };
        affected.SetAction((result, ct) => ListAsync(
            new Breach(Utc(result.GetValue(since)), Utc(result.GetValue(until)), result.GetValue(cooperative), result.GetValue(officer)), ct));
        return new Command("breach", "after a breach of personal data") { affected };
    }

    private static async Task<int> ListAsync(Breach breach, CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var db = database.Context(connection);
        var list = await breach.ListAsync(db, host.Services.GetRequiredService<Vault>(), ct);
        await Console.Out.WriteAsync(Encoding.UTF8.GetString(list.ToCsv()).TrimStart('\uFEFF').AsMemory(), ct);
        return 0;
    }

    private static DateTime Utc(DateTime given) => DateTime.SpecifyKind(given, DateTimeKind.Utc);
}

/// <summary>A breach, as far as it is known.</summary>
/// <param name="SinceUtc">When it began.</param>
/// <param name="UntilUtc">When it was closed: whoever came later is not concerned.</param>
/// <param name="CooperativeCode">The one cooperative that it is about; null for all.</param>
/// <param name="ByPersonId">The one officer whose account it was; null when the data itself was open.</param>
public sealed record Breach(DateTime SinceUtc, DateTime UntilUtc, string? CooperativeCode, long? ByPersonId)
{
    /// <summary>Whom it concerns, a line each.</summary>
    /// <param name="db">The database.</param>
    /// <param name="vault">Opens names and numbers, for those who write the letters.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Book> ListAsync(KkmpDbContext db, Vault vault, CancellationToken ct)
    {
        var subjects = ByPersonId is { } officer ? await SubjectsAsync(db, officer, ct) : null;
        var rows = await db.Set<Member>().AsNoTracking().Where(member => member.AppliedUtc <= UntilUtc)
            .Join(db.Set<Cooperatives.Cooperative>(), member => member.CooperativeId, cooperative => cooperative.Id, (member, cooperative) => new { member, cooperative })
            .Where(row => CooperativeCode == null || row.cooperative.Code == CooperativeCode)
            .OrderBy(row => row.cooperative.Code).ThenBy(row => row.member.Id).ToListAsync(ct);
        var lines = new List<BookLine>();
        foreach (var row in rows.Where(row => subjects is null || subjects.Contains(MemberRegister.Subject(row.member.Id))))
        {
            string name = vault.Open(row.member.FullName);
            // Who was erased before has nothing left that could be told of.
            if (name.Length == 0)
                continue;
            string held = row.member.Nip is null ? "name NIK phone address savings" : "name NIK NIP phone address savings";
            string id = row.member.Id.ToString(CultureInfo.InvariantCulture);
            lines.Add(BookLine.Of(row.cooperative.Code, id, name, Masks.PhoneInFull(vault.Open(row.member.Phone)), held));
        }
        return new Book("affected", "Affected", [], [new("cooperative", 1), new("member", 1), new("name", 1), new("phone", 1), new("held", 1)], lines);
    }

    // What the account looked at or acted on, as the audit log has it; a printed register is everybody in it.
    private async Task<HashSet<string>> SubjectsAsync(KkmpDbContext db, long officer, CancellationToken ct)
    {
        var entries = await db.Set<Auditing.AuditEntry>().AsNoTracking()
            .Where(entry => entry.ByPersonId == officer && entry.AtUtc >= SinceUtc && entry.AtUtc <= UntilUtc)
            .Select(entry => new { entry.CooperativeId, entry.Act, entry.Subject }).ToListAsync(ct);
        var subjects = entries.SelectMany(entry => entry.Subject.Split(' ')).ToHashSet(StringComparer.Ordinal);
        foreach (int cooperativeId in entries.Where(entry => entry.Act == "papers.print").Select(entry => entry.CooperativeId).Distinct())
        {
            var everybody = await db.Set<Member>().Where(member => member.CooperativeId == cooperativeId).Select(member => member.Id).ToListAsync(ct);
            subjects.UnionWith(everybody.Select(MemberRegister.Subject));
        }
        var orders = await db.Set<Orders.Order>().AsNoTracking().Where(order => order.MemberId != null).Select(order => new { order.Id, order.MemberId }).ToListAsync(ct);
        subjects.UnionWith(orders.Where(order => subjects.Contains(string.Create(CultureInfo.InvariantCulture, $"order:{order.Id}")))
            .Select(order => MemberRegister.Subject(order.MemberId!.Value)).ToList());
        return subjects;
    }
}
