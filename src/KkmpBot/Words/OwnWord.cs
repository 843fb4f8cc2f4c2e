using System.Data.Common;
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
    /// <param name="connection">Where to read. By hand: the first turn of a process reads this, before any model is built.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<int, IReadOnlyList<WordEntry>>> AllAsync(
        DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        var all = new List<(int CooperativeId, WordEntry Word)>();
        await using var command = connection.Command(transaction, "SELECT id, cooperative_id, goods, word FROM own_words ORDER BY id");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            all.Add((rows.GetInt32(1), new WordEntry("own words", (int)rows.GetInt64(0), "products", rows.GetString(2), rows.GetString(3))));
        return all.GroupBy(own => own.CooperativeId).ToDictionary(
            own => own.Key, own => (IReadOnlyList<WordEntry>)[.. own.Take(MaxPerCooperative).Select(word => word.Word)]);
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
