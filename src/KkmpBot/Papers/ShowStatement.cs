using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Papers;

/// <summary>A movement of a member's own savings.</summary>
/// <param name="Day">The day it counts for.</param>
/// <param name="What">What it was.</param>
/// <param name="Code">Its receipt.</param>
/// <param name="Rupiah">Negative when paid out or taken back.</param>
internal sealed record Movement(DateOnly Day, string What, string Code, long Rupiah);

/// <summary>A member's own savings over a period: what there was, what moved, what there is.</summary>
/// <param name="OpeningRupiah">Before the first day.</param>
/// <param name="Movements">Oldest first.</param>
internal sealed record MemberStatement(long OpeningRupiah, IReadOnlyList<Movement> Movements)
{
    private static readonly string[] Accounts = [Account.Pokok.Code, Account.Wajib.Code, Account.Sukarela.Code];

    /// <summary>After the last day.</summary>
    public long ClosingRupiah => OpeningRupiah + Movements.Sum(movement => movement.Rupiah);

    /// <summary>Reads it from the ledger.</summary>
    public static async Task<MemberStatement> OfAsync(Turn turn, Member member, Period period, CancellationToken ct)
    {
        var rows = await turn.Db.Set<JournalEntry>().AsNoTracking()
            .Where(entry => entry.CooperativeId == member.CooperativeId && entry.BookedOn <= period.To)
            .Join(turn.Db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (entry, line) => new { entry, line })
            .Where(row => row.line.MemberId == member.Id && Accounts.Contains(row.line.Account))
            .OrderBy(row => row.entry.BookedOn).ThenBy(row => row.entry.Number).ThenBy(row => row.line.Position)
            .ToListAsync(ct);
        var movements = rows.Where(row => row.entry.BookedOn >= period.From).Select(row => new Movement(
            row.entry.BookedOn, ListEntries.What(row.line.Account, row.entry.Reference, row.entry.Reverses), ReceiptCode.Of(row.entry),
            row.line.CreditRupiah - row.line.DebitRupiah));
        return new MemberStatement(
            rows.Where(row => row.entry.BookedOn < period.From).Sum(row => row.line.CreditRupiah - row.line.DebitRupiah), [.. movements]);
    }
}

/// <summary>The movements of a period of one's own savings, with the balance before and after.</summary>
public sealed class ShowStatement : ICapability
{
    /// <summary>More than this are in the PDF; the chat shows the latest.</summary>
    public const int MaxListed = 15;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("papers.statement")
        .Takes("period", DialogType.Choice)
        .Gives("shown", Statement)
        .Gives("no_member");

    /// <summary>A movement.</summary>
    internal static DialogType Line { get; } = DialogType.Record(
        "statement_line", ("day", DialogType.Date), ("what", DialogType.TextOf(44)), ("amount", DialogType.Money));

    /// <summary>The latest of them.</summary>
    internal static DialogType Lines { get; } = DialogType.List("statement_lines", Line, MaxListed);

    /// <summary>The statement; <c>count</c> counts all movements of the period.</summary>
    internal static DialogType Statement { get; } = DialogType.Record(
        "savings_statement",
        ("from", DialogType.Date),
        ("to", DialogType.Date),
        ("opening", DialogType.Money),
        ("lines", Lines),
        ("count", DialogType.Whole),
        ("closing", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await QuoteDeposit.OwnAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        var period = Period.Of(call.Text("period"), Wib.Day(turn.UtcNow));
        var statement = await MemberStatement.OfAsync(turn, member, period, ct);
        return new Outcome("shown", RecordValue.Of(
            ("from", new DateValue(period.From)),
            ("to", new DateValue(period.To)),
            ("opening", new MoneyValue(statement.OpeningRupiah)),
            ("lines", new ListValue([.. statement.Movements.TakeLast(MaxListed).Select(movement => RecordValue.Of(
                ("day", new DateValue(movement.Day)), ("what", new TextValue(movement.What)), ("amount", new MoneyValue(movement.Rupiah))))])),
            ("count", new WholeValue(statement.Movements.Count)),
            ("closing", new MoneyValue(statement.ClosingRupiah))));
    }
}

/// <summary>The same as a PDF with the receipt's code of every movement; it goes with the reply.</summary>
public sealed class PrintStatement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("papers.statement_pdf")
        .Takes("period", DialogType.Choice)
        .Gives("printed")
        .Gives("no_member");

    /// <summary>The statement as a book of one page or more.</summary>
    internal static Book Paper(string owner, string member, Period period, MemberStatement statement)
    {
        long balance = statement.OpeningRupiah;
        var lines = new List<BookLine> { BookLine.Total("", "Saldo awal", "", null, null, balance) };
        foreach (var movement in statement.Movements)
        {
            balance += movement.Rupiah;
            lines.Add(BookLine.Of(
                Days.Short(movement.Day, "id"), movement.What, movement.Code,
                movement.Rupiah > 0 ? movement.Rupiah : null, movement.Rupiah < 0 ? -movement.Rupiah : null, balance));
        }
        lines.Add(BookLine.Total(
            "", "Jumlah dan saldo akhir", "",
            statement.Movements.Where(movement => movement.Rupiah > 0).Sum(movement => movement.Rupiah),
            -statement.Movements.Where(movement => movement.Rupiah < 0).Sum(movement => movement.Rupiah), balance));
        return new Book(
            "mutasi-simpanan", "Mutasi Simpanan", [owner, member, $"{Days.Short(period.From, "id")} sampai {Days.Short(period.To, "id")}"],
            [new("Tanggal", 13), new("Uraian", 28), new("Bukti", 14), new("Masuk", 15, true), new("Keluar", 15, true), new("Saldo", 15, true)], lines)
        {
            Notes = ["Setiap bukti bisa diperiksa siapa pun di chat: ketik cek bukti, lalu kodenya."],
        };
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await QuoteDeposit.OwnAsync(turn, ct) is not { } member)
            return new Outcome("no_member");
        var today = Wib.Day(turn.UtcNow);
        var period = Period.Of(call.Text("period"), today);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, ct);
        string name = $"{turn.Vault.Open(member.FullName)}, anggota nomor {(member.Number is null ? "-" : MemberRegister.Text(member.Number))}";
        var paper = Paper($"{cooperative.Name}, Kecamatan {cooperative.Kecamatan}", name, period, await MemberStatement.OfAsync(turn, member, period, ct));
        turn.Attach(new OutboundFile($"{paper.Name}.pdf", "application/pdf", Pdf.Print(paper, today)));
        return new Outcome("printed");
    }
}
