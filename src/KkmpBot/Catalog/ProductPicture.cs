using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>What an article looks like: shown when somebody looks at it.</summary>
public sealed class ProductPicture
{
    /// <summary>Larger pictures are refused: older phones load them from a prepaid allowance.</summary>
    public const int MaxBytes = 200 * 1024;

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary><c>image/png</c> or <c>image/jpeg</c>.</summary>
    public required string MimeType { get; set; }

    /// <summary>The picture.</summary>
    public required byte[] Bytes { get; set; }

    /// <summary>When it was set.</summary>
    public DateTime SetUtc { get; set; }

    /// <summary>The kind of a picture by its first bytes; null when it is none that a chat can show.</summary>
    /// <param name="bytes">A file's content.</param>
    public static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : null;

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
