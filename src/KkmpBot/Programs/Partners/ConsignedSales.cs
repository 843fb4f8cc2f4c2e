using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Partners;

/// <summary>The part of a sale that is not the cooperative's own: goods of partners among what was sold.</summary>
/// <param name="PriceRupiah">What the buyer pays for them; no sale of the cooperative.</param>
/// <param name="CommissionRupiah">The cooperative's income of it.</param>
public sealed record ConsignedPart(long PriceRupiah, long CommissionRupiah)
{
    /// <summary>Nothing of a partner's.</summary>
    public static ConsignedPart None { get; } = new(0, 0);

    /// <summary>What is the partners'.</summary>
    public long ShareRupiah => PriceRupiah - CommissionRupiah;

    /// <summary>The rows written for it.</summary>
    internal IReadOnlyList<PartnerEntry> Entries { get; init; } = [];

    /// <summary>Notes the entry of the books that has it, so that whoever takes that back takes this back too.</summary>
    /// <param name="entry">As booked.</param>
    /// <returns>The entry.</returns>
    public JournalEntry BookedAs(JournalEntry entry)
    {
        foreach (var row in Entries)
            row.EntryNumber = entry.Number;
        return entry;
    }
}

/// <summary>
/// What the shop's operations tell of every sale and return: goods on consignment never belong to the cooperative, so their price is a
/// commission and a debt to the partner, not a sale and its cost. Reads and writes only when a cooperative has such goods.
/// </summary>
public static class ConsignedSales
{
    /// <summary>Notes goods that go to a buyer, and says what of their price is whose.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="lines">The articles, with the amount and price of each.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task<ConsignedPart> SoldAsync(Turn turn, IReadOnlyList<(Product Product, long Milli, long PriceRupiah)> lines, CancellationToken ct) =>
        NoteAsync(turn, PartnerEntry.Sold, 1, lines, ct);

    /// <summary>Notes goods that a buyer brought back, and says what of the refund is whose.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">How much of it.</param>
    /// <param name="priceRupiah">What is paid back.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task<ConsignedPart> ReturnedAsync(Turn turn, Product product, long milli, long priceRupiah, CancellationToken ct) =>
        NoteAsync(turn, PartnerEntry.Returned, -1, [(product, milli, priceRupiah)], ct);

    /// <summary>An entry of the books was taken back: what it said of partners' goods is as if it had not been.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="entry">The entry that was reversed.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task TakeBackAsync(Turn turn, JournalEntry entry, CancellationToken ct)
    {
        var rows = await turn.Db.Set<PartnerEntry>().AsNoTracking()
            .Where(row => row.EntryNumber == entry.Number
                && turn.Db.Set<Partner>().Any(partner => partner.Id == row.PartnerId && partner.CooperativeId == entry.CooperativeId))
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            turn.Db.Add(new PartnerEntry
            {
                PartnerId = row.PartnerId,
                Kind = PartnerEntry.Undone,
                ConsignmentId = row.ConsignmentId,
                Milli = row.Milli,
                PriceRupiah = -row.PriceRupiah,
                CommissionRupiah = -row.CommissionRupiah,
                ShareRupiah = -row.ShareRupiah,
                AtUtc = turn.UtcNow,
            });
        }
    }

    /// <summary>True for goods that are sold for a partner: the cooperative buys none of them.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="productId">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task<bool> IsConsignedAsync(KkmpDbContext db, long productId, CancellationToken ct) =>
        db.Set<Consignment>().AnyAsync(row => row.ProductId == productId, ct);

    /// <summary>What a partner is owed now: sold less returned less paid.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="partnerId">Whose.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    internal static Task<long> OwedAsync(KkmpDbContext db, long partnerId, CancellationToken ct) =>
        db.Set<PartnerEntry>().Where(row => row.PartnerId == partnerId).SumAsync(row => row.ShareRupiah, ct);

    private static async Task<ConsignedPart> NoteAsync(
        Turn turn, string kind, int sign, IReadOnlyList<(Product Product, long Milli, long PriceRupiah)> lines, CancellationToken ct)
    {
        long?[] ids = [.. lines.Select(line => (long?)line.Product.Id)];
        var consignments = await turn.Db.Set<Consignment>().AsNoTracking().Where(row => ids.Contains(row.ProductId)).ToListAsync(ct);
        var (price, commission) = (0L, 0L);
        var entries = new List<PartnerEntry>();
        foreach (var consignment in consignments)
        {
            var line = lines.Single(sold => sold.Product.Id == consignment.ProductId);
            // Half a rupiah goes to the partner.
            var part = line.PriceRupiah * consignment.Percent / 100;
            (price, commission) = (price + line.PriceRupiah, commission + part);
            entries.Add(new PartnerEntry
            {
                PartnerId = consignment.PartnerId,
                Kind = kind,
                ConsignmentId = consignment.Id,
                Milli = line.Milli,
                PriceRupiah = sign * line.PriceRupiah,
                CommissionRupiah = sign * part,
                ShareRupiah = sign * (line.PriceRupiah - part),
                AtUtc = turn.UtcNow,
            });
        }
        turn.Db.AddRange(entries);
        return entries.Count == 0 ? ConsignedPart.None : new ConsignedPart(price, commission) { Entries = entries };
    }
}
