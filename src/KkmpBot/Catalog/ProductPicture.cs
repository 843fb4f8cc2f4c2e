using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Members;
using KkmpBot.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>What an article looks like: shown when somebody looks at it.</summary>
public sealed class ProductPicture
{
    /// <summary>Larger pictures are refused: older phones load them from a prepaid allowance.</summary>
    public const int MaxBytes = OutboundFile.MaxGivenPicture;

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary><c>image/png</c> or <c>image/jpeg</c>.</summary>
    public required string MimeType { get; set; }

    /// <summary>The picture.</summary>
    public required byte[] Bytes { get; set; }

    /// <summary>When it was set.</summary>
    public DateTime SetUtc { get; set; }

    /// <summary>Gives an article its picture, or another one; whoever moves goods may.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="bytes">A PNG or JPEG of at most <see cref="MaxBytes"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when the officer may not, the article is not theirs, or the file is no such picture.</returns>
    public static async Task<bool> SetAsync(Turn turn, long productId, byte[] bytes, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || bytes.Length > MaxBytes || OutboundFile.PictureKindOf(bytes) is not { } kind
            || !await turn.Db.Set<Product>().AnyAsync(row => row.Id == productId && row.CooperativeId == turn.Caller.CooperativeId, ct))
            return false;
        await SentPicture.DropAsync(turn.Db, SentPicture.OfProduct, productId, ct);
        var picture = await turn.Db.Set<ProductPicture>().SingleOrDefaultAsync(row => row.ProductId == productId, ct);
        if (picture is null)
            turn.Db.Add(picture = new ProductPicture { ProductId = productId, MimeType = kind, Bytes = bytes });
        (picture.MimeType, picture.Bytes, picture.SetUtc) = (kind, bytes, turn.UtcNow);
        await Audit.RecordAsync(turn, "catalog.picture", string.Create(CultureInfo.InvariantCulture, $"product:{productId}"), ct);
        return true;
    }

    private sealed class Table : IEntityTypeConfiguration<ProductPicture>
    {
        public void Configure(EntityTypeBuilder<ProductPicture> builder)
        {
            builder.ToTable("product_pictures");
            builder.HasKey(picture => picture.ProductId);
            builder.Property(picture => picture.ProductId).ValueGeneratedNever();
            builder.HasOne<Product>().WithOne().HasForeignKey<ProductPicture>(picture => picture.ProductId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
