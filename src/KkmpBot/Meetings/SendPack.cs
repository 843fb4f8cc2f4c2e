using KkmpBot.Channels;
using KkmpBot.Closing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Members;
using KkmpBot.Papers;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Meetings;

/// <summary>
/// The meeting's pack, filled from the ledger: balance sheet, result, and how SHU would be shared or was. Of the last closed year; before
/// one is closed, of the running year up to today and called preliminary.
/// </summary>
public sealed class SendPack : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("meetings.pack").Gives("sent");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        bool isMember = turn.Caller.MemberId is { } id && await turn.Db.Set<Member>().AnyAsync(row => row.Id == id && row.Status == MemberStatus.Active, ct);
        if (turn.Caller.CooperativeId is not { } cooperativeId || !(isMember || OfficerRole.MayLook(turn.Caller)))
            throw new InvalidOperationException("The meeting's papers were asked for by no member; their dialog has to see to that.");
        var today = Wib.Day(turn.UtcNow);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == cooperativeId, ct);
        var closed = await turn.Db.Set<ClosedYear>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId)
            .OrderByDescending(row => row.Year).FirstOrDefaultAsync(ct);
        var period = closed is null ? new Period(new DateOnly(today.Year, 1, 1), today) : new Period(new DateOnly(closed.Year, 1, 1), new DateOnly(closed.Year, 12, 31));
        var books = new LawBooks(turn.Db, turn.Vault, cooperative, today, ct);
        var pack = new List<Book> { await books.FillAsync("balance", period.From, period.To), await books.FillAsync("result", period.From, period.To) };
        if (closed is { ResultRupiah: > 0 })
            pack.Add(ShuPaper(cooperative, closed, await QuoteShu.ShareAsync(turn.Db, closed, today, ct)));
        if (closed is null)
            pack[0] = pack[0] with { Notes = ["Sementara: tahun buku ini belum ditutup."] };
        turn.Attach(new OutboundFile($"bahan-rat-{period.To.Year}.pdf", "application/pdf", Pdf.PrintAll(pack, today)));
        return new Outcome("sent");
    }

    private static Book ShuPaper(Cooperative cooperative, ClosedYear year, Shu shu) => new(
        "shu", "Pembagian SHU", [cooperative.Name, $"Tahun buku {year.Year}"], [new Column("Bagian", 60), new Column("Jumlah", 40, IsMoney: true)],
        [
            BookLine.Of("Dana cadangan", shu.ReservesRupiah),
            BookLine.Of("Jasa usaha anggota", shu.Members.Sum(part => part.BusinessRupiah)),
            BookLine.Of("Jasa modal anggota", shu.Members.Sum(part => part.CapitalRupiah)),
            BookLine.Of("Dana pendidikan", shu.EducationRupiah),
            BookLine.Of("Dana pengurus dan karyawan", shu.IncentivesRupiah),
            BookLine.Of("Dana sosial dan lain-lain", shu.SocialRupiah),
            BookLine.Total("Jumlah SHU", shu.SurplusRupiah),
        ])
    {
        Notes =
        [
            year.SharedUtc is null ? "Rancangan: bagiannya diputuskan rapat anggota." : $"Diputuskan dan dibukukan {Days.Short(Wib.Day(year.SharedUtc.Value), "id")}.",
            "Bagian tiap anggota dibulatkan ke bawah; sisa pembulatan masuk dana cadangan.",
        ],
        Signatures = ["Ketua", "Bendahara", "Pengawas"],
    };
}
