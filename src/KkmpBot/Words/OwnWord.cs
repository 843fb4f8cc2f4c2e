using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Words;

/// <summary>A word of a cooperative's own for goods of its shelf, beside those of <c>dialogs/lexicon</c>.</summary>
public sealed class OwnWord
{
    /// <summary>More words a cooperative does not need, and more would not be read.</summary>
    public const int MaxPerCooperative = 500;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The goods it names, as the article does.</summary>
    public required string Goods { get; set; }

    /// <summary>As typed, folded.</summary>
    public required string Word { get; set; }

    /// <summary>The officer who said so.</summary>
    public long AddedBy { get; set; }

    /// <summary>When.</summary>
    public DateTime AddedUtc { get; set; }

    /// <summary>The words of every cooperative that has some, as entries of a lexicon.</summary>
    /// <param name="db">A context.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<int, IReadOnlyList<WordEntry>>> AllAsync(KkmpDbContext db, CancellationToken ct)
    {
        var words = await db.Set<OwnWord>().AsNoTracking().OrderBy(word => word.Id).ToListAsync(ct);
        return words.GroupBy(word => word.CooperativeId).ToDictionary(
            own => own.Key,
            own => (IReadOnlyList<WordEntry>)[.. own.Take(MaxPerCooperative).Select(word => new WordEntry("own words", (int)word.Id, "products", word.Goods, word.Word))]);
    }

    private sealed class Table : IEntityTypeConfiguration<OwnWord>
    {
        public void Configure(EntityTypeBuilder<OwnWord> builder)
        {
            builder.ToTable("own_words");
            builder.HasIndex(word => new { word.CooperativeId, word.Word }).IsUnique();
        }
    }
}
